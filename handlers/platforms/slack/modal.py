"""A form as a window over Slack: drawn from a card, and read when it is handed in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat import Card, Field, Form, Posted
from handlers.platforms.slack.cards import asked_again
from handlers.platforms.slack.inputs import Codes, element
from handlers.platforms.slack.rich import block, said, section
from handlers.platforms.slack.text import Json, cut, label, parted, plain
from handlers.platforms.slack.words import Words

FORM = "form"
"""The callback id of every form."""
TITLE = 24
NOTE = 2000
TEXT = 2500
BLOCKS = 100
WHOLE = ("choice", "file", "password")
JOINTS = {"\n\n": "¶", "\n": "/", " ": "·", "": "+"}
"""How a part of a long text hangs on the part before: a sign in its block's name."""
PART = re.compile(r"(.+)([¶/·+])(\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a window was opened for: a line, the token of its form, and where it was asked."""

    line: str
    token: str
    where: str = ""


def modal(line: Posted, words: Words, where: str = "") -> Json:
    """The window for a line's form."""
    card, form = line.card, line.card.form
    assert form is not None, "only a card with a form opens a window"
    codes = Codes.of(form)
    inputs = [drawn for field in form.fields for drawn in _question(field, form, codes, words)]
    about = {"line": line.id, "token": form.token, "where": where, "values": codes.long}
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": label(card.title or "Purr", TITLE),
        "submit": label(form.submit, TITLE),
        "close": plain(words["close"], TITLE),
        "private_metadata": json.dumps(about, ensure_ascii=False),
        "blocks": [*_opening(card), *inputs][:BLOCKS],
    }


def working(words: Words, view: Mapping[str, Any]) -> Json:
    """What a window shows while an answer is worked on; it still knows what it was opened for."""
    return _told(words["working"], words) | {"private_metadata": view["private_metadata"]}


def done(words: Words) -> Json:
    """What a window shows when there is nothing more to ask in it."""
    return _told(words["done"], words)


def origin(view: Mapping[str, Any]) -> Origin:
    """What a window was opened for."""
    about = json.loads(view["private_metadata"])
    return Origin(about["line"], about["token"], about["where"])


def values(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by the names of the fields; files are apart."""
    codes = Codes(json.loads(view["private_metadata"])["values"])
    written: dict[str, str] = {}
    for key, state in sorted(_states(view), key=lambda pair: _place(pair[0])):
        if state.get("type") != "file_input":
            name, joint = _hung(key)
            text = codes.text(state)
            written[name] = written.get(name, "") + (joint + text if text else "")
    return written


def files(view: Mapping[str, Any]) -> list[Json]:
    """The files that were handed in, as Slack describes them."""
    return [file for _, state in _states(view) for file in state.get("files") or ()]


def errors(line: Posted) -> dict[str, str] | None:
    """What is to be mended, by question, when a line asks for the same again."""
    return {field.name: cut(field.error, NOTE) for field in asked_again(line.card)} or None


def _states(view: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, actions in view["state"]["values"].items():
        yield key, next(iter(actions.values()), {})


def _place(key: str) -> int:
    part = PART.fullmatch(key)
    return int(part[3]) if part else 0


def _hung(key: str) -> tuple[str, str]:
    part = PART.fullmatch(key)
    return (part[1], next(j for j, sign in JOINTS.items() if sign == part[2])) if part else (key, "")


def _told(text: str, words: Words) -> Json:
    close = plain(words["close"], TITLE)
    return {"type": "modal", "title": plain("Purr"), "close": close, "blocks": [block(section(said(text)))]}


def _opening(card: Card) -> list[Json]:
    """What the card says above its questions, and its title where the window has no room for it."""
    title = card.title.strip() if cut(card.title.strip(), TITLE) != card.title.strip() else ""
    text = [part for _, part in parted(card.text.strip(), TEXT)][:1]
    rows = [
        *([said(cut(title, TEXT), bold=True)] if title else []),
        *(said(t, card.moments) for t in text if t),
    ]
    return [block(section(*rows))] if rows else []


def _question(field: Field, form: Form, codes: Codes, words: Words) -> Iterator[Json]:
    """A question; an answer too long for one of Slack's boxes stands in several, joined again later."""
    if field.error:
        yield block(section(said(f"! {cut(field.error, NOTE)}", bold=True)))
    parts = parted(field.value) if field.kind not in WHOLE else [("", field.value)]
    for at, (between, value) in enumerate(parts):
        name = field.label or field.name
        if len(parts) > 1:
            name = words["part"].format(label=name, part=at + 1, parts=len(parts))
        drawn: Json = {
            "type": "input",
            "block_id": f"{field.name}{JOINTS[between]}{at + 1}" if at else field.name,
            "label": label(name, NOTE),
            "optional": not field.required or at > 0,
            # Slack keeps what was typed for a block and an action of the same names, even in another form.
            "element": element(field, value, codes, words) | {"action_id": form.token or FORM},
        }
        note = _note(field, codes, words) if at == len(parts) - 1 else ""
        yield drawn | ({"hint": plain(note, NOTE)} if note else {})


def _note(field: Field, codes: Codes, words: Words) -> str:
    """The hint, with what Slack cannot do."""
    missing = sum(1 for value, _ in field.options if codes.code(value) is None)
    more = words["more"].format(count=missing) if missing else ""
    seen = words["seen"] if field.kind == "password" else ""
    return "\n".join(filter(None, (field.hint.strip(), seen, more)))
