"""The conversation: one request in one transaction, a button pressed once, a refusal put into words."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import Card, Field, Form, Posted, Request
from bot.errors import BooksShut, Refusal
from bot.identity import masked
from bot.ledgers import Fetch, out_of_reach
from bot.links import Link
from bot.model import NO_MODEL, Ask, Model, nobody
from bot.parties import Business
from bot.platforms import Door
from bot.registers import LookUp, no_register
from bot.sign_ins import SignIn, no_sign_in
from bot.workdays import local, local_day
from handlers import router
from handlers.desk import Common, Desk, Read, TryMail, no_mailbox
from handlers.desk.outside import Errands, Outside, put_off
from handlers.running.traces import Work, traced
from messages.voice import Voice
from storage.books import Books
from storage.conversations import HOME
from storage.engine import Database

log = logging.getLogger(__name__)
SHORT = 40
"""How long an answer may be to be repeated under its form."""
PERSONAL = frozenset({"button_unknown", "button_spent", "not_allowed"})
"""Refusals that concern only the person who pressed."""
EXACT = frozenset({"account", "number", "reference", "phone", "swish", "mail_password"})
"""The questions whose answers are numbers of another kind, or secrets, and stay as they were written."""
LETS_IN = "ledger_"
"""How the questions begin whose answers let Purr into an accounting system, and stay as they were written."""
Also = Callable[[Books], None]
"""What is written down in the same transaction as an answer."""


def _nothing(_books: Books) -> None:
    """Write nothing more down."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a platform's inbox is made of. `server`: whether there is a mail server to send through.

    `doors` are the ways in for people with a code, on the platforms that run.
    """

    database: Database
    now: Callable[[], datetime]
    read: Read
    server: bool = False
    try_mail: TryMail = lambda server: "smtp_unreachable"
    doors: Callable[[], tuple[Door, ...]] = tuple
    fetch: Fetch = out_of_reach
    look_up: LookUp = no_register
    model: Model = NO_MODEL
    ask: Ask = nobody
    try_mailbox: TryMail = lambda server: "imap_unreachable"
    common_mailbox: Common = no_mailbox
    link: Link | None = None
    sign_in: SignIn = no_sign_in

    def __call__(self, request: Request, also: Also = _nothing) -> tuple[Posted, ...]:
        """Take a request and give the lines that are new or changed; `also` is kept with them."""
        request = clean(request)
        with traced("request", _kind(request)) as work:
            return self._tried(request, also, work)

    def _tried(self, request: Request, also: Also, work: Work) -> tuple[Posted, ...]:
        try:
            return self._answered(request, also)
        except Refusal as refusal:
            work.outcome = "refused"
            return self._say(request, refusal, also)
        except BooksShut:
            raise
        except Exception:
            work.outcome = "failed"
            ident = secrets.token_hex(3)
            log.exception("request failed: %s %s", ident, request.action.verb or request.press[:6])
            return self._say(request, Refusal("bug", id=ident), also)

    def _answered(self, request: Request, also: Also) -> tuple[Posted, ...]:
        """Try the answer; what takes long is done between two tries, so that the books wait for nothing."""
        errands = Errands()
        while True:
            try:
                with self.database.books(request.business, self.now()) as books:
                    books.lines.asked_in = request.where
                    said = self._receive(request, books, errands)
                    also(books)
                    return told((*said, *self._renewed(said, books)), books.business)
            except Outside as errand:
                errands.run(errand)

    def desk(self, books: Books, errands: Errands | None = None) -> Desk:
        """The desk for one piece of work; with `errands`, what takes long is done outside it."""
        business = books.business
        today = local_day(books.now, business.zone)
        voice = Voice(business.language, country=business.country, today=today)
        desk = Desk(
            books,
            voice,
            books.now,
            today,
            self.read,
            self.server,
            self.try_mail,
            self.doors(),
            fetch=self.fetch,
            look_up=self.look_up,
            model=self.model,
            ask=self.ask,
            try_mailbox=self.try_mailbox,
            common_mailbox=self.common_mailbox,
            link=self.link,
            sign_in=self.sign_in,
        )
        return put_off(desk, errands) if errands else desk

    def post(self, books: Books, card: Card) -> tuple[Posted, ...]:
        """Add a card, and those that follow it, to the conversation; a list retires an earlier one."""
        if card.whisper:
            return (Posted("", self.now(), card),)
        over = books.lines.retire(card, self.desk(books).word("newer_list")) if card.topic else ()
        return (*over, *(books.lines.add(each) for each in (card, *card.more)))

    def renewed(self, books: Books, said: Iterable[Posted] = ()) -> tuple[Posted, ...]:
        """The lists that are no longer as they were, brought up to date, but for those just `said`."""
        desk, known = self.desk(books), {line.id for line in said}
        others = (line for line in books.lines.topical() if line.id not in known)
        fresh = ((line, router.renewed(line.card, desk)) for line in others)
        changed = (books.lines.renew(line, card) for line, card in fresh if card is not None)
        return tuple(line for line in changed if line is not None)

    def _renewed(self, said: tuple[Posted, ...], books: Books) -> tuple[Posted, ...]:
        """The lists after an answer that changed something, except those that it has just given."""
        if not books.changed:
            return ()
        return tuple(line for line in self.renewed(books, said) if line.card.topic != HOME)

    def _receive(self, request: Request, books: Books, errands: Errands) -> tuple[Posted, ...]:
        request = replace(request, who=request.who or books.business.owner or books.business.name)
        desk = self.desk(books, errands)
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
        router.check(request, press.action)
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

    def _say(self, request: Request, refusal: Refusal, also: Also) -> tuple[Posted, ...]:
        """Put a refusal into the owner's words; what was asked for has not happened."""
        with self.database.books(request.business, self.now()) as books:
            desk = self.desk(books)
            books.lines.asked_in = request.where
            also(books)
            if request.private and refusal.key in PERSONAL:
                return (Posted("", self.now(), refused(refusal, desk, plain=True)),)
            heard = self._heard(request, books) if not request.press else ()
            return told((*heard, *self.post(books, refused(refusal, desk))), books.business)


def _kind(request: Request) -> str:
    """How something was asked for."""
    return request.action.verb or ("press" if request.press else "files" if request.files else "words")


def clean(request: Request) -> Request:
    """What the owner said and handed in, without characters that no text has and identity numbers."""
    return replace(
        request,
        text=_kept(request.text),
        action=replace(request.action, value=_kept(request.action.value)),
        values={
            name: _kept(value, exact=name in EXACT or name.startswith(LETS_IN))
            for name, value in request.values.items()
        },
        files=tuple(replace(file, name=_kept(file.name)) for file in request.files),
    )


def _kept(text: str, *, exact: bool = False) -> str:
    bare = text.replace("\0", "")
    return bare if exact else masked(bare)


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


def refused(refusal: Refusal, desk: Desk, *, plain: bool = False) -> Card:
    """The card that explains a refusal; `plain`: in words alone."""
    goes_on = desk.business.name and not plain
    buttons = (desk.button("today", "today.show", style="quiet", look=True),) if goes_on else ()
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
