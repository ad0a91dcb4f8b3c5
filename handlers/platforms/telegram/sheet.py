"""A form as a message: its questions with what was answered, a button for each, and one that hands it in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.chat import Action, Field, Form
from handlers.platforms.telegram import keys
from handlers.platforms.telegram.cards import PRIMARY, Message
from handlers.platforms.telegram.keys import Key
from handlers.platforms.telegram.rich import Block, Page, Span, block, pages, seen, shortened
from handlers.platforms.telegram.words import Tongue, tongue

LONG = 2500
SHORT = 200
NONE = -1
SUBMIT, BACK = "s", "b"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form being filled in: what stands above it, the answers so far, the message that shows it.

    `choosing` is the question whose options are on the buttons just now; after `until` it is forgotten.
    `person` is who asked for it in a group, by id; once it is `handed` in, its answers go with no other.
    """

    form: Form
    language: str
    head: Page = ()
    above: tuple[Key, ...] = ()
    below: tuple[Key, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    choosing: int = NONE
    message: int = 0
    until: datetime | None = None
    person: str = ""
    handed: bool = False

    @property
    def tongue(self) -> Tongue:
        """The words of its reader."""
        return tongue(self.language)

    @property
    def values(self) -> dict[str, str]:
        """What would be handed in: every question with its answer, or what stood there before."""
        return {f.name: self.answers.get(f.name, f.value) for f in self.form.fields}

    @property
    def only(self) -> bool:
        """Whether one answer is all that it asks for, so that it can hand itself in."""
        return len(self.form.fields) == 1

    def wanting(self) -> int:
        """The first question to be asked by itself: one with an error, or a required empty one."""
        open_ones = (at for at, f in enumerate(self.form.fields) if self._wants(f))
        return next(open_ones, NONE)

    def answered(self, at: int, value: str) -> Sheet:
        """With an answer to a question."""
        name = self.form.fields[at].name
        return replace(self, answers={**self.answers, name: value}, choosing=NONE, handed=False)

    def closed(self) -> Sheet:
        """With its questions on the buttons again."""
        return replace(self, choosing=NONE)

    def messages(self) -> tuple[Message, ...]:
        """The form as it stands; its buttons are under the last message."""
        filled = pages((*self.head, *self._lines()))
        return (*(Message(page) for page in filled[:-1]), Message(filled[-1], keys.rows(self._keys())))

    def data(self) -> str:
        """As text, to be kept."""
        return json.dumps(asdict(self), ensure_ascii=False, default=datetime.isoformat)

    def _wants(self, question: Field) -> bool:
        given = question.name in self.answers
        empty = question.required and not self.values[question.name].strip()
        return empty or (bool(question.error) and not given)

    def _lines(self) -> Iterator[Block]:
        for at, question in enumerate(self.form.fields):
            yield from self._line(question, tight=at > 0)
        if self.choosing != NONE and not self.only:
            yield block(Span(self.tongue["choose"].format(label=self.form.fields[self.choosing].label), "b"))

    def _line(self, question: Field, tight: bool) -> Iterator[Block]:
        value = self.values[question.name]
        hint = Span(f"\n{question.hint}", "i") if question.hint and not seen(value) else Span("")
        wrong = question.error if question.name not in self.answers else ""
        error = Span(f"\n! {wrong}") if wrong else Span("")
        if question.kind == "area" and seen(value):
            yield block(f"{question.label}:", error, tight=tight)
            yield block(shortened_lines(value, LONG), wrap="blockquote expandable", tight=True)
        else:
            yield block(f"{question.label}: ", self._value(question, value), hint, error, tight=tight)

    def _value(self, question: Field, value: str) -> Span:
        if question.kind == "password" and value:
            return Span(self.tongue["hidden"])
        if not seen(value):
            return Span("…" if question.required else self.tongue["optional"], "i")
        return Span(shortened(dict(question.options).get(value, value), SHORT), "b")

    def _keys(self) -> Iterator[Key]:
        if self.choosing != NONE:
            yield from self._options(self.choosing)
        else:
            yield from self.above
        if self.choosing == NONE and not (self.only and not seen(self.values[self.form.fields[0].name])):
            yield from (Key(f"✎ {f.label}", self.part(at)) for at, f in enumerate(self.form.fields))
        yield Key(self.form.submit, self.part(SUBMIT), style=PRIMARY, alone=True)
        yield from self.below

    def _options(self, at: int) -> Iterator[Key]:
        question = self.form.fields[at]
        for number, (value, label) in enumerate(question.options[: keys.MOST - 10]):
            chosen = "● " if value == self.values[question.name] else ""
            yield Key(chosen + label, f"{self.part(at)}.{number}")
        if not self.only:
            yield Key(self.tongue["back"], self.part(BACK), alone=True)

    def part(self, at: int | str) -> str:
        """What the button of a question, or of the form as a whole, sends back."""
        return f"{self.form.token}.{at}"


def new_sheet(form: Form, language: str, head: Page, above: tuple[Key, ...], below: tuple[Key, ...]) -> Sheet:
    """A form nobody has touched; where a choice is all it asks for, its options are there at once."""
    sheet = Sheet(form, language, head, above, below)
    at_once = sheet.only and form.fields[0].kind == "choice" and not above
    return replace(sheet, choosing=0) if at_once else sheet


def read(data: str) -> Sheet:
    """A sheet as it was kept."""
    raw = json.loads(data)
    form = raw["form"]
    fields = tuple(Field(**{**f, "options": _pairs(f["options"])}) for f in form["fields"])
    head = tuple(Block(tuple(Span(**s) for s in b["spans"]), b["wrap"], b["tight"]) for b in raw["head"])
    known: dict[str, Any] = {
        "form": Form(Action(**form["action"]), fields, form["submit"], form["token"]),
        "head": head,
        "above": tuple(Key(**key) for key in raw["above"]),
        "below": tuple(Key(**key) for key in raw["below"]),
        "until": datetime.fromisoformat(raw["until"]) if raw["until"] else None,
    }
    return Sheet(**(raw | known))


def shortened_lines(text: str, room: int) -> str:
    """A text of several lines, cut where it gets long."""
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def _pairs(options: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((value, label) for value, label in options)
