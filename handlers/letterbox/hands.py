"""The hands of the clock: all that planning, saying and sending need, and one transaction of it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Literal

from bot import workdays
from bot.chat import Card, Posted
from bot.letters import Letter
from handlers.engine.port import Enqueue
from storage.books import Books
from storage.engine import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter, for the owner's card: `reason` is the key of the words, `facts` fill them."""

    kind: Literal["sent", "stopped", "delayed", "failed", "unknown"]
    reason: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def kept(books: Books, card: Card) -> tuple[Posted, ...]:
    """A card and those that follow it, as lines of the conversation."""
    return tuple(books.lines.add(each) for each in (card, *card.more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """All that the clock needs. `worker` names this start of this process; a claim lasts for `lease`.

    `digest` gives the card of a day, with how many days there was none before it, or None for silence.
    `report` gives the card on what became of a letter, if any. `pack` makes its e-mail, with the key of the
    delivery; `send` sends it for a business, or raises `DeliveryError`. `publish` hears of new lines once
    they are kept; `say` keeps a card as lines, and `renew` brings the lists up to date that are shown. `pace`
    is how many seconds apart jobs of one kind for one business are at least.
    """

    database: Database
    now: Callable[[], datetime]
    worker: str
    enqueue: Enqueue
    digest: Callable[[Books, date, int], Card | None]
    report: Callable[[Books, Letter, Outcome], Card | None]
    pack: Callable[[Books, Letter, str], EmailMessage]
    send: Callable[[str, EmailMessage], Awaitable[str]]
    publish: Callable[[str, tuple[Posted, ...]], None] = lambda business, lines: None
    say: Callable[[Books, Card], tuple[Posted, ...]] = kept
    renew: Callable[[Books, Sequence[Posted]], tuple[Posted, ...]] = lambda books, said: ()
    lease: timedelta = timedelta(minutes=10)
    pace: int = 60


@dataclass(frozen=True, slots=True)
class Page:
    """The books while a transaction lasts, and what was said in it."""

    hands: Hands
    books: Books
    said: list[Posted] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in the business's own zone."""
        return workdays.local_day(self.books.now, self.books.business.zone)

    def say(self, card: Card | None) -> None:
        """Keep a card, and those that follow it, as lines of the conversation."""
        if card:
            self.said.extend(self.hands.say(self.books, card))

    def report(self, letter: Letter, outcome: Outcome) -> None:
        """Tell the owner what became of a letter. No fault in the card may undo what it tells of."""
        try:
            with self.books.connection.begin_nested():
                card = self.hands.report(self.books, letter, outcome)
        except Exception:
            log.exception("no card for a letter that is %s: %s", outcome.kind, letter.id)
            return
        self.say(card)


@contextmanager
def opened(hands: Hands, business: str) -> Iterator[Page]:
    """One transaction; what was said in it is published once it is kept."""
    with hands.database.books(business, hands.now()) as books:
        page = Page(hands, books)
        yield page
        if page.said:
            page.said.extend(hands.renew(books, page.said))
    if page.said:
        hands.publish(business, tuple(page.said))
