"""Which language customers read who came without one: asked about all of them at once."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat import Action, Button, Card
from bot.parties import LANGUAGES, Customer
from handlers.desk import Desk


def asked(newcomers: Iterable[Customer], desk: Desk) -> tuple[Card, ...]:
    """The question which language they read, where several are new of whom it is not known."""
    if sum(not c.language for c in newcomers) < 2:
        return ()
    count = len(desk.books.customers.of_no_language())
    return (desk.card("which_language_all", {"count": count}, buttons=tuple(_buttons(desk))),)


def _buttons(desk: Desk) -> Iterable[Button]:
    """A button a language, the owner's own first."""
    for each in sorted(LANGUAGES, key=lambda code: code != desk.business.language):
        yield Button(named(each, desk), Action("customer.languages", value=each))


def named(language: str, desk: Desk) -> str:
    """A language in the owner's own, as a button has it."""
    name = desk.word(f"languages.{language}")
    return f"{name[:1].upper()}{name[1:]}"
