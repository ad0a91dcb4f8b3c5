"""The desk: all that an answer may use — the books, the voice, the ear, and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol, TypedDict, Unpack

from bot.chat import (
    Action,
    Button,
    Card,
    Check,
    Fact,
    Field,
    Form,
    Handout,
    Item,
    Moment,
    Paper,
    Picture,
    Request,
    Rule,
)
from bot.documents import Reading
from bot.errors import Refusal
from bot.hearing import Asked, Hearing
from bot.ledgers import Fetch, System, out_of_reach
from bot.links import Link
from bot.model import NO_MODEL, Ask, Model, nobody
from bot.money import Money
from bot.parties import Business, Customer, MailServer
from bot.platforms import Door
from bot.registers import LookUp, no_register
from bot.replay import Play, play
from bot.sign_ins import SignIn, no_sign_in
from bot.workdays import local_day
from messages.ear import amounts, answers, days
from messages.voice import Voice
from storage.books import Books
from storage.ids import digest_of, new_id, series
from storage.ledgers import systems
from storage.readers.pdf import numbers_in as find_numbers
from storage.registers import registers

__all__ = ["Answers", "Common", "Desk", "TryMail", "digest_of", "new_id", "series"]

Answer = Callable[[Request, "Desk"], Card | Action]
"""What serves one request: a card, or another action to go on with."""
Answers = Mapping[str, Answer]
"""A feature's table: which action it answers, and how."""


TryMail = Callable[[MailServer], str]
"""Why a mail server cannot be used, as a key of the words; empty when it can."""


Common = Callable[[Business], MailServer | None]
"""The mailbox in the settings, for the business it belongs to."""


def no_mailbox(_business: Business) -> MailServer | None:
    """Where the settings name no mailbox."""
    return None


FindNumbers = Callable[[bytes, Iterable[str], str], tuple[str, ...]]
"""Which known invoice numbers a PDF bears."""


Hear = Callable[[str, Asked], Hearing]
"""What a customer's answer says."""


class Read(Protocol):
    """Reads a dropped file: what it holds, with the columns the owner named if it was asked about."""

    def __call__(
        self,
        content: bytes,
        name: str = "",
        *,
        columns: Mapping[str, str] | None = None,
        currency: str = "",
        today: date | None = None,
    ) -> Reading: ...


class Parts(TypedDict, total=False):
    """The parts of a card beside its words."""

    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    law: tuple[Rule, ...]
    items: tuple[Item, ...]
    paper: Paper
    pictures: tuple[Picture, ...]
    handouts: tuple[Handout, ...]
    form: Form
    buttons: tuple[Button, ...]
    foot: str
    subject: str
    in_place: bool
    more: tuple[Card, ...]
    topic: str
    turn: str
    whisper: bool
    moments: tuple[Moment, ...]
    anew: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What one answer may use. Everything it writes goes through `books`, in one transaction."""

    books: Books
    voice: Voice
    now: datetime
    today: date
    read: Read
    common_server: bool = False
    try_mail: TryMail = lambda server: "smtp_unreachable"
    doors: tuple[Door, ...] = ()
    find_numbers: FindNumbers = find_numbers
    fetch: Fetch = out_of_reach
    look_up: LookUp = no_register
    model: Model = NO_MODEL
    ask: Ask = nobody
    hear: Hear = answers.hear
    try_mailbox: TryMail = lambda server: "imap_unreachable"
    common_mailbox: Common = no_mailbox
    link: Link | None = None
    play: Play = play
    sign_in: SignIn = no_sign_in

    @property
    def mail(self) -> bool:
        """Whether letters go out through a mail server; otherwise the owner sends them by their own hand."""
        return self.books.business.sends == "mail" and self.server

    @property
    def server(self) -> bool:
        """Whether there is a mail server to send through: the one of the settings, or the owner's own."""
        return self.common_server or self.books.mailboxes.outgoing() is not None

    @property
    def signs_in(self) -> bool:
        """Whether an owner can sign in to a mailbox with its provider."""
        return self.sign_in is not no_sign_in

    @property
    def incoming(self) -> MailServer | None:
        """The mailbox that is looked into for answers, if any."""
        return self.books.mailboxes.incoming() or self.common_mailbox(self.business)

    @property
    def systems(self) -> tuple[System, ...]:
        """The accounting systems that can be connected."""
        return systems()

    def register_of(self, customer: Customer) -> str:
        """The country in whose register a customer may be looked up; empty where that cannot be done."""
        country = customer.country or self.country
        able = self.business.registers and bool(customer.number) and not self.business.example
        return country if able and country in registers() else ""

    @property
    def registers(self) -> tuple[str, ...]:
        """What customers' countries may be written as where there is a register that can be asked."""
        known = tuple(registers())
        return (*known, "") if self.country in known else known

    @property
    def has_page(self) -> bool:
        """Whether customers can be shown a page: Purr is reached from outside, and this is no example."""
        return self.link is not None and not self.business.example

    def page(self, letter: str) -> str:
        """The link to the page of a letter; empty where the owner wants none or there can be none."""
        wanted = self.has_page and self.business.page
        return self.link(self.business.id, letter) if self.link and wanted else ""

    @property
    def business(self) -> Business:
        """Whose books these are."""
        return self.books.business

    @property
    def language(self) -> str:
        """The language the owner and Purr talk."""
        return self.voice.language.code

    @property
    def country(self) -> str:
        """The country whose days and law apply."""
        return self.books.business.country

    def card(self, name: str, words: Mapping[str, object] | None = None, /, **parts: Unpack[Parts]) -> Card:
        """A card in the owner's language: its words by name, its parts as given."""
        said = self.voice.card(name, **(words or {}))
        return Card(said.text, said.title, **({"foot": said.foot} | parts))

    def word(self, key: str, **facts: object) -> str:
        """A short word or phrase in the owner's language."""
        return self.voice.word(key, **facts)

    def button(
        self,
        key: str,
        verb: str,
        subject: str = "",
        value: str = "",
        *,
        style: Literal["plain", "primary", "quiet"] = "plain",
        look: bool = False,
        copy: str = "",
    ) -> Button:
        """A button whose label is a word of the owner's language."""
        return Button(self.word(f"buttons.{key}"), Action(verb, subject, value), style, look, copy)

    def field(
        self, name: str, kind: FieldKind = "text", value: str = "", **more: Unpack[FieldParts]
    ) -> Field:
        """A question of a form, labelled in the owner's language."""
        return Field(name, self.word(f"fields.{name}"), kind, value, **more)

    def form(
        self, verb: str, subject: str, fields: Sequence[Field], *, value: str = "", submit: str = "save"
    ) -> Form:
        """A form and the action it hands in."""
        return Form(Action(verb, subject, value), tuple(fields), self.word(f"buttons.{submit}"))

    def turn_to(self, business: Business) -> Desk:
        """The desk after the owner has told more about the business; the voice follows the language."""
        self.books.save_business(business)
        voice = Voice(business.language, country=business.country, today=self.today)
        return replace(self, voice=voice)

    def beside(self, business: str) -> Desk:
        """The desk of another business, in the same transaction."""
        books = self.books.beside(business)
        today = local_day(self.now, books.business.zone)
        voice = Voice(books.business.language, country=books.business.country, today=today)
        return replace(self, books=books, voice=voice, today=today)

    def numbers_in(self, content: bytes, name: str, known: Iterable[str]) -> tuple[str, ...]:
        """Which known invoice numbers a PDF bears, in its text or its name."""
        return self.find_numbers(content, tuple(known), name)

    def customer(self, named: str) -> Customer:
        """The customer with this id, or the one whose name, number or invoice the owner wrote."""
        known = self.books.customers
        invoiced = {i.customer for i in self.books.invoices.by_number(named)}
        found = known.among([named]) or known.among(invoiced) or known.find(named)
        found = tuple(c for c in found if c.name.casefold() == named.casefold()) or found
        if not found:
            raise Refusal("no_customer", words=named)
        if len(found) > 1:
            raise Refusal("which_customer", words=named, names=_told_apart(found[:5]))
        return found[0]

    def day(self, text: str) -> date:
        """The day the owner's words name; a refusal says how to write one."""
        found = days.day(text, self.language, self.today, self.country)
        if found is None:
            raise Refusal("day_unreadable", words=text)
        return found

    def amount(self, text: str, currency: str) -> Money:
        """The amount the owner's words name; a refusal says how to write one."""
        found = amounts.amount(text, currency)
        if found is None or found.minor <= 0:
            raise Refusal("amount_unreadable", words=text)
        return found


def _told_apart(customers: Sequence[Customer]) -> list[str]:
    """Their names, with the number or address where two are called alike."""
    names = [c.name.casefold() for c in customers]
    beside = [(c.number or c.to) if names.count(c.name.casefold()) > 1 else "" for c in customers]
    return [f"{c.name} ({more})" if more else c.name for c, more in zip(customers, beside, strict=True)]


FieldKind = Literal["text", "area", "date", "choice", "email", "file", "password"]


class FieldParts(TypedDict, total=False):
    """The rest of a form's field."""

    options: tuple[tuple[str, str], ...]
    hint: str
    error: str
    required: bool
