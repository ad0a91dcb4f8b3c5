"""The conversation: one request in one transaction, a button pressed once, a refusal put into words."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import Card, Field, Form, Posted, Request
from bot.errors import Refusal
from bot.parties import Business
from bot.workdays import local, local_day
from handlers import router
from handlers.desk import Desk, Read, TryMail
from messages.voice import Voice
from storage.books import Books
from storage.engine import Database

log = logging.getLogger(__name__)
SHORT = 40
"""How long an answer may be to be repeated under its form."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a platform's inbox is made of. `server`: whether there is a mail server to send through."""

    database: Database
    now: Callable[[], datetime]
    read: Read
    server: bool = False
    try_mail: TryMail = lambda server: "smtp_unreachable"

    def __call__(self, request: Request) -> tuple[Posted, ...]:
        """Take a request and give the lines that are new or changed."""
        try:
            with self.database.books(request.business, self.now()) as books:
                return told(self._receive(request, books), books.business)
        except Refusal as refusal:
            return self._say(request, refusal)
        except Exception:
            ident = secrets.token_hex(3)
            log.exception("request failed: %s %s", ident, request.action.verb or request.press[:6])
            return self._say(request, Refusal("bug", id=ident))

    def desk(self, books: Books) -> Desk:
        """The desk for one piece of work."""
        business = books.business
        today = local_day(books.now, business.zone)
        voice = Voice(business.language, country=business.country, today=today)
        return Desk(books, voice, books.now, today, self.read, self.server, self.try_mail)

    def post(self, books: Books, card: Card) -> tuple[Posted, ...]:
        """Add a card, and those that follow it, to the conversation."""
        return tuple(books.lines.add(each) for each in (card, *card.more))

    def _receive(self, request: Request, books: Books) -> tuple[Posted, ...]:
        request = replace(_clean(request), who=request.who or books.business.owner or books.business.name)
        desk = self.desk(books)
        if request.press:
            return self._press(request, desk)
        heard = self._heard(request, books)
        return (*heard, *self.post(books, router.answer(request, desk)))

    def _heard(self, request: Request, books: Books) -> tuple[Posted, ...]:
        """The owner's own words or files, kept as a line of theirs."""
        said = "\n".join([request.text, *(f.name for f in request.files)]).strip()
        return (books.lines.add(Card(said), mine=True),) if said else ()

    def _press(self, request: Request, desk: Desk) -> tuple[Posted, ...]:
        press = desk.books.lines.press(request.press)
        if press is None:
            raise Refusal("button_unknown")
        if press.spent:
            raise Refusal("button_spent", outcome=press.line.outcome)
        form = press.line.card.form
        if form and form.token == request.press:
            request = replace(request, values=_chosen(form, request.values))
            if again := _asked_again(form, request.values, desk.word("errors.required")):
                return (desk.books.lines.replace(press.line.id, replace(press.line.card, form=again)),)
        label = _answered(press.line.card, request)
        closed = None if press.look else desk.books.lines.close(press.line.id, label)
        if not press.look and closed is None:
            raise Refusal("button_spent", outcome=desk.books.lines.get(press.line.id).outcome)
        card = router.answer(replace(request, action=press.action), desk)
        if card.in_place:
            return (desk.books.lines.replace(press.line.id, card), *map(desk.books.lines.add, card.more))
        return (*((closed,) if closed else ()), *self.post(desk.books, card))

    def _say(self, request: Request, refusal: Refusal) -> tuple[Posted, ...]:
        """Put a refusal into the owner's words; what was asked for has not happened."""
        with self.database.books(request.business, self.now()) as books:
            desk = self.desk(books)
            heard = self._heard(request, books) if not request.press else ()
            return told((*heard, *self.post(books, refused(refusal, desk))), books.business)


def _clean(request: Request) -> Request:
    """What the owner wrote without the characters that no text has."""
    values = {name: value.replace("\0", "") for name, value in request.values.items()}
    return replace(request, text=request.text.replace("\0", ""), values=values)


def _chosen(form: Form, values: Mapping[str, str]) -> dict[str, str]:
    """What the owner filled in; a choice that was not offered counts as none."""
    offered = {f.name: {value for value, _ in f.options} for f in form.fields if f.kind == "choice"}
    return {name: value for name, value in values.items() if not value or value in offered.get(name, {value})}


def _asked_again(form: Form, values: Mapping[str, str], error: str) -> Form | None:
    """The form as it was filled in, with a word at each question left empty; None when nothing is missing."""
    empty = {f.name for f in form.fields if f.required and not values.get(f.name, f.value).strip()}
    known = {f.name: values.get(f.name, f.value) if f.kind != "password" else "" for f in form.fields}
    fields = (replace(f, value=known[f.name], error=error if f.name in empty else "") for f in form.fields)
    return replace(form, fields=tuple(fields)) if empty else None


def refused(refusal: Refusal, desk: Desk) -> Card:
    """The card that explains a refusal."""
    buttons = (desk.button("today", "today.show", style="quiet", look=True),) if desk.business.name else ()
    return Card(desk.word(f"refusals.{refusal.key}", **refusal.facts), buttons=buttons)


def told(lines: Iterable[Posted], business: Business) -> tuple[Posted, ...]:
    """Lines with their times on the business's own clocks."""
    return tuple(replace(line, at=local(line.at, business.zone)) for line in lines)


def _answered(card: Card, request: Request) -> str:
    """What the owner chose or wrote, for the line under a spent card."""
    buttons = (*card.buttons, *(i.button for i in card.items if i.button))
    if card.form and card.form.token == request.press:
        written = (_written(field, request.values.get(field.name, "")) for field in card.form.fields)
        return " · ".join(filter(None, written)) or card.form.submit
    return next((b.label for b in buttons if b.token == request.press), "")


def _written(field: Field, value: str) -> str:
    """One answer of a form on one short line; long texts and secrets are not repeated."""
    if field.kind == "choice":
        return dict(field.options).get(value, "")
    return value if field.kind not in ("area", "password") and len(value) <= SHORT else ""
