"""What a signed link opens in the books, and what is said on its page: an answer like any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from bot import pages, presses
from bot.chat import Posted
from bot.errors import Refusal
from bot.letters import Letter
from bot.links import Address
from bot.pages import Sheet
from bot.parties import Business
from bot.presses import Kind
from handlers.conversation import Conversation
from handlers.desk import Desk, answered, heard
from messages.ear import days
from messages.pages import Mistake, error, sentence
from storage.books import Books
from storage.engine import Database
from storage.ids import digest_of
from storage.imports import Attachment


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it may be seen now. `papers` are the files of its invoices, by what they are known by."""

    business: Business
    letter: Letter
    sheet: Sheet
    today: date
    papers: Mapping[str, Mapping[str, Attachment]]


@dataclass(frozen=True, slots=True)
class Visits:
    """The books, as a customer with a link may use them. Nothing is written down when somebody looks.

    `publish` hears of what the owner is told once it is kept.
    """

    database: Database
    conversation: Conversation
    now: Callable[[], datetime]
    publish: Callable[[str, tuple[Posted, ...]], None]

    def look(self, address: Address) -> Visit | None:
        """What a page shows; None where it is not, or no longer, to be seen."""
        try:
            with self.database.books(address.business, self.now()) as books:
                return _visit(address, self.conversation.desk(books))
        except Refusal:
            return None

    def say(
        self, address: Address, kind: Kind, values: Mapping[str, str], language: str
    ) -> tuple[Visit, Mistake | None] | None:
        """Take what a customer says as their answer, once; or what is mistaken about it."""
        with self.database.books(address.business, self.now()) as books:
            desk = self.conversation.desk(books)
            visit = _visit(address, desk)
            if visit is None:
                return None
            day, wrong = _read(kind, values, language, visit)
            if wrong:
                return visit, wrong
            text = sentence(presses.said(kind, day, values, visit.sheet), language, visit.today, desk.country)
            lines = self._taken(visit.letter, text, books, desk)
        if lines:
            self.publish(address.business, lines)
        return visit, None

    def _taken(self, letter: Letter, text: str, books: Books, desk: Desk) -> tuple[Posted, ...]:
        """Keep an answer and put it before the owner; nothing when it is there already."""
        read = sum(not reply.unread for reply in books.replies.of(letter.customer))
        ident = presses.ident(letter.id, text, read)
        if books.replies.among([ident]):
            return ()
        reply = answered.take(letter.customer, text, "page", desk, ident=ident)
        card = heard.card(reply, books.case(letter.customer), desk)
        said = self.conversation.post(books, card)
        return (*said, *self.conversation.renewed(books, said))


def _visit(address: Address, desk: Desk) -> Visit | None:
    books = desk.books
    found = books.letters.among([address.letter])
    if not found or not desk.page(address.letter):
        return None
    letter = found[0]
    if not pages.is_alive(letter, books.pages.closed([letter.id]), desk.today):
        return None
    sheet = pages.sheet(letter, books.case(letter.customer), desk.business, desk.today)
    if sheet is None:
        return None
    papers = {owed.invoice: _papers(owed.invoice, books) for owed in sheet.owed}
    return Visit(desk.business, letter, sheet, desk.today, papers)


def _papers(invoice: str, books: Books) -> dict[str, Attachment]:
    return {digest_of(each.content): each for each in books.files.of_invoice(invoice)}


def _read(
    kind: Kind, values: Mapping[str, str], language: str, visit: Visit
) -> tuple[date | None, Mistake | None]:
    """The day that was named, if any, and what cannot be taken as it was written."""
    errors = {}
    day, flaw = _day(kind, values.get("day", "").strip(), language, visit)
    if flaw:
        errors["day"] = error(language, flaw)
    to = values.get("to", "").strip()
    if kind == "copy" and to and not presses.mailbox(to):
        errors["to"] = error(language, "to_unreadable")
    return day, Mistake(kind, values, errors) if errors else None


def _day(kind: Kind, written: str, language: str, visit: Visit) -> tuple[date | None, str]:
    """The day that was named and what is wrong with it, as a key of the words."""
    if not written or kind not in ("paid", "more_time"):
        return None, ""
    day = _named(written, language, visit)
    return day, presses.flaw(kind, day, visit.today) if day else "day_unreadable"


def _named(written: str, language: str, visit: Visit) -> date | None:
    """The day as a browser sends it, or in words; None for one that there is not."""
    with suppress(ValueError):
        return date.fromisoformat(written)
    with suppress(Refusal):
        return days.day(presses.tidy(written, lines=False), language, visit.today, visit.business.country)
    return None
