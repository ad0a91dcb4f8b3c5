"""What Purr sends to Slack, drawn in Slack's look; a kind of block that is not known here is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from tests.pictures.sheet import Said, data, page

Json = dict[str, Any]
DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
BOLD, SLANTED = re.compile(r"\*([^*\n]+)\*"), re.compile(r"(?<!\w)_([^_\n]+)_(?!\w)")


class Unknown(ValueError):
    """Something that this drawing has no look for."""


def drawn(chat: Iterable[Said], width: int = 680) -> str:
    """A chat as a page: what a person wrote, and messages of Purr's."""
    return page("slack", "".join(map(_line, chat)), width)


def window(view: Json, width: int = 520) -> str:
    """A window over Slack, or Purr's Home, as a page."""
    ends = "".join(_ends(view[end], end) for end in ("close", "submit") if end in view)
    title = f"<h1>{_text(view['title'])}</h1>" if "title" in view else ""
    return page(
        "slack", f"<div class='view'>{title}{blocks(view['blocks'])}<footer>{ends}</footer></div>", width
    )


def blocks(given: Iterable[Json]) -> str:
    """Blocks, one below the other."""
    return "".join(_known(BLOCKS, block)(block) for block in given)


def _line(said: Said) -> str:
    badge = "" if said.mine else "<small>APP</small>"
    inside = blocks(said.sent["blocks"]) if said.sent else f"<p>{escape(said.text)}</p>"
    inside += "".join(f"<img class='file' src='{data(each)}'>" for each in said.pictures)
    head = f"<h2>{escape(said.who)}{badge}<time>{said.at}</time></h2>"
    return f"<div class='line'>{said.face}<div class='said'>{head}{inside}</div></div>"


def _known(of: Mapping[str, Callable[[Json], str]], part: Json) -> Callable[[Json], str]:
    if part["type"] not in of:
        raise Unknown(part["type"])
    return of[part["type"]]


def _text(of: Json) -> str:
    """A text object: plain, or Slack's own markup."""
    if of["type"] == "plain_text":
        return escape(of["text"]).replace("\n", "<br>")
    if of["type"] != "mrkdwn":
        raise Unknown(of["type"])
    told = DATE.sub(r"\1", of["text"])
    if found := re.search(r"<[^>]*>", told):
        raise Unknown(found[0])
    marked = SLANTED.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", told))
    return marked.replace("\n", "<br>")


def _header(of: Json) -> str:
    return f"<h3>{_text(of['text'])}</h3>"


def _section(of: Json) -> str:
    beside = _known({"button": _button}, of["accessory"])(of["accessory"]) if "accessory" in of else ""
    return f"<div class='section'><p>{_text(of['text'])}</p>{beside}</div>"


def _context(of: Json) -> str:
    return f"<div class='context'>{''.join(map(_text, of['elements']))}</div>"


def _actions(of: Json) -> str:
    return f"<div class='actions'>{''.join(_known({'button': _button}, e)(e) for e in of['elements'])}</div>"


def _button(of: Json) -> str:
    return f"<span class='button {of.get('style', '')}'>{_text(of['text'])}</span>"


def _rich(of: Json) -> str:
    return "".join(_known(RICH, each)(each) for each in of["elements"])


def _runs(of: Json) -> str:
    return "".join(_known(RUNS, each)(each) for each in of["elements"])


def _run(of: Json) -> str:
    text = escape(of["text"] if of["type"] == "text" else of["fallback"])
    for style, on in of.get("style", {}).items():
        tag = {"bold": "b", "italic": "i", "code": "code"}[style]
        text = f"<{tag}>{text}</{tag}>" if on else text
    return text


def _list(of: Json) -> str:
    return f"<ul>{''.join(f'<li>{_runs(each)}</li>' for each in of['elements'])}</ul>"


def _input(of: Json) -> str:
    optional = " <small>(optional)</small>" if of.get("optional") else ""
    hint = f"<p class='hint'>{_text(of['hint'])}</p>" if "hint" in of else ""
    box = _known(BOXES, of["element"])(of["element"])
    return f"<label>{_text(of['label'])}{optional}</label>{box}{hint}"


def _writing(of: Json) -> str:
    held = escape(of.get("initial_value") or of.get("initial_date") or "")
    return f"<div class='box{' tall' if of.get('multiline') else ''}'>{held}</div>"


def _select(of: Json) -> str:
    first = of.get("initial_option")
    return f"<div class='box select'>{_text(first['text']) if first else ''}</div>"


def _radio(of: Json) -> str:
    first = of.get("initial_option", {}).get("value")
    each = (("●" if o["value"] == first else "○", _option(o)) for o in of["options"])
    return "".join(f"<p class='radio'>{sign} {words}</p>" for sign, words in each)


def _option(of: Json) -> str:
    more = f"<br><small>{_text(of['description'])}</small>" if "description" in of else ""
    return _text(of["text"]) + more


def _ends(text: Json, end: str) -> str:
    return f"<span class='button {'primary' if end == 'submit' else ''}'>{_text(text)}</span>"


RUNS = {"text": _run, "date": _run}
RICH = {
    "rich_text_section": lambda of: f"<p class='rich'>{_runs(of)}</p>",
    "rich_text_preformatted": lambda of: f"<pre>{_runs(of)}</pre>",
    "rich_text_list": _list,
}
BOXES = {
    "plain_text_input": _writing,
    "email_text_input": _writing,
    "datepicker": _writing,
    "static_select": _select,
    "radio_buttons": _radio,
    "file_input": lambda of: "<div class='box file'>↑</div>",
}
BLOCKS: Mapping[str, Callable[[Json], str]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": lambda of: "<hr>",
    "rich_text": _rich,
    "input": _input,
}
