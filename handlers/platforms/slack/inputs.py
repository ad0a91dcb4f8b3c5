"""The boxes of a form: writing, days, addresses, choices and files, each as Slack has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.chat import Field, Form
from handlers.platforms.slack.text import MOST, Json, cut, parted, plain, units
from handlers.platforms.slack.words import Words

FEW = 5
LABEL = 75
VALUE = 149
GROUP = 100
KEPT = 2400
"""Characters of long values that a window can carry with it."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The values of choices as Slack carries them: `=value`, or a number that stands for a long one."""

    long: Mapping[str, str]

    @classmethod
    def of(cls, form: Form) -> Codes:
        """The codes of all choices of a form; what is too long to be carried has none."""
        long: dict[str, str] = {}
        for value in (value for field in form.fields for value, _ in field.options):
            more = {**long, f"#{len(long)}": value}
            if units(value) > VALUE and len(json.dumps(more, ensure_ascii=False)) <= KEPT:
                long = more
        return cls(long)

    def code(self, value: str) -> str | None:
        """What stands for a value."""
        if units(value) <= VALUE:
            return f"={value}"
        return next((code for code, long in self.long.items() if long == value), None)

    def text(self, state: Json) -> str:
        """What was written or chosen in a box; nothing is an empty text."""
        chosen = state.get("selected_option")
        if chosen is None:
            return str(state.get("value") or state.get("selected_date") or "")
        code = str(chosen["value"])
        return code[1:] if code.startswith("=") else self.long.get(code, "")


def element(field: Field, value: str, codes: Codes, words: Words) -> Json:
    """The box for an answer, with what it holds at first."""
    if field.kind == "choice" and field.options:
        return _choice(field, codes, words)
    if field.kind == "file":
        return {"type": "file_input", "max_files": 10}
    if field.kind == "date" and _is_day(value):
        return {"type": "datepicker"} | ({"initial_date": value} if value else {})
    if field.kind == "email" and (not value or "@" in value):
        return {"type": "email_text_input"} | ({"initial_value": value} if value else {})
    return _writing(field, value)


def _is_day(value: str) -> bool:
    try:
        return not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _writing(field: Field, value: str) -> Json:
    lines = field.kind == "area" or "\n" in value or units(field.value) > MOST
    drawn: Json = {"type": "plain_text_input", "multiline": lines, "max_length": MOST}
    return drawn | ({"initial_value": value} if value and field.kind != "password" else {})


def _choice(field: Field, codes: Codes, words: Words) -> Json:
    """Few choices are all in sight; many are a list, very many a list in groups."""
    named = field.options if field.required else (("", words["unchosen"]), *field.options)
    coded = [(value, label, codes.code(value)) for value, label in dict.fromkeys(named)]
    options = {value: _option(label, code) for value, label, code in coded if code}
    first = {"initial_option": options[field.value]} if field.value in options else {}
    shown = list(options.values())
    if len(shown) <= FEW:
        return {"type": "radio_buttons", "options": shown} | first
    if len(shown) <= GROUP:
        return {"type": "static_select", "options": shown} | first
    groups = [_group(shown[at : at + GROUP]) for at in range(0, len(shown), GROUP)]
    return {"type": "static_select", "option_groups": groups[:GROUP]} | first


def _option(label: str, code: str) -> Json:
    """A choice; a label too long for one line goes on in a second."""
    (_, name), *rest = parted(label.strip() or code[1:] or "–", LABEL)
    if not rest:
        return {"text": plain(name), "value": code}
    more = label.strip().removeprefix(name).strip()
    return {"text": plain(name), "description": plain(more, LABEL), "value": code}


def _group(options: list[Json]) -> Json:
    first, last = options[0]["text"]["text"], options[-1]["text"]["text"]
    return {"label": plain(f"{cut(first, 36)} – {cut(last, 36)}", LABEL), "options": options}
