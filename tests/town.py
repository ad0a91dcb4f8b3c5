"""A town for the tests of promises: businesses under one roof, each with an owner at the front door."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat import Action, Card, Request
from bot.history import Event
from bot.letters import Letter
from bot.parties import Business, Customer
from handlers.desk import drafts
from storage.books import Books
from tests.handlers.stage import BAKERY, Clock, Direct, House, plain, pressable
from tests.mailserver import MailServer

HEAD = "Customer;Email;Contact;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language"
NORRSKEN = (
    "Café Norrsken;nils@norrsken.example;Nils Sundin;1058;2026-10-20;2026-11-19;4125,50;SEK;10587;Bread;en"
)
AT_WORK = replace(BAKERY, sends="mail")
SMITHY = replace(AT_WORK, id="smedja", name="Bos Smedja AB", owner="Bo Ek", email="bo@bossmedja.example")


class Owner(Direct):
    """One owner with a keyboard and ten fingers: every deed gives what Purr answers."""

    def seal(self, letter: Letter) -> str:
        """What a yes to a draft as it stands is bound to."""
        with self.books() as books:
            return drafts.seal(letter, self.house.app.inbox.desk(books))

    def says(self, text: str) -> str:
        self.seen()
        self.say(text)
        return self.seen()

    def presses(self, label: str, **values: str) -> str:
        self.seen()
        self.press(label, values)
        return self.seen()

    def pushes(self, token: str, **values: str) -> str:
        """Press a button by its token, however old its card is."""
        self.seen()
        self._ask(Request(self.house.business.id, press=token, values=values))
        return self.seen()

    def reads(self, meaning: str, text: str = "Hello, about your letter.") -> str:
        """An answer of Café Norrsken, and what the owner says it means, whatever Purr proposes."""
        self.says(f"reply from Norrsken: {text}")
        if self.offers("Means something else"):
            self.presses("Means something else")
        return self.presses(meaning)

    def drops(self, *rows: str, head: str = HEAD, name: str = "open.csv") -> str:
        self.seen()
        self.drop(name, "\n".join((head, *rows)).encode())
        return self.seen()

    def takes_in(self, *rows: str) -> None:
        self.drops(*rows)
        self.press("Take it in", {})

    def hears(self, at: str) -> str:
        """What Purr says by itself until a time on the business's own clock, which looks up once a day."""
        self.seen()
        until = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(self.house.business.zone))
        while (morning := self.house.clock.at + timedelta(days=1)) < until:
            self.house.clock.at = morning
            clocks(self, 1)
        self.house.clock.at = until
        clocks(self)
        return self.seen()

    def waits(self, minutes: int) -> str:
        self.seen()
        self.house.clock.at += timedelta(minutes=minutes)
        clocks(self)
        return self.seen()

    def button(self, label: str) -> str:
        """The token of the newest button with a label."""
        found = [t for line in self._lines() for name, t in pressable(line.card) if name == label]
        assert found, f"there is no button {label!r}"
        return found[-1]

    def offers(self, label: str) -> bool:
        return any(name == label for name, _ in pressable(self._lines()[-1].card))

    def cards(self) -> tuple[Card, ...]:
        return tuple(line.card for line in self._lines() if not line.mine)

    def paper(self) -> str:
        """The newest letter on the table, as its customer would get it."""
        found = [c.paper for c in self.cards() if c.paper and c.paper.to]
        return plain(f"{found[-1].subject}\n{found[-1].body}")

    @contextmanager
    def books(self) -> Iterator[Books]:
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            yield books

    def customer(self, name: str = "") -> Customer:
        with self.books() as books:
            return next(c for c in books.customers.all() if name in c.name)

    def letters(self) -> tuple[Letter, ...]:
        with self.books() as books:
            return books.letters.all()

    def past(self) -> tuple[Event, ...]:
        """All that ever happened, oldest first."""
        with self.books() as books:
            return books.history.all()[::-1]


def owner_of(business: Business, folder: Path, mail: MailServer, at: str = "2026-11-16 09:00") -> Owner:
    """The owner of a new business in a house of its own, with letters going out by mail."""
    when = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(business.zone))
    return Owner(House(folder, mail, business, Clock(when)))


def neighbour(owner: Owner, business: Business) -> Owner:
    """The owner of another business in the same house, on the same clock and in the same database."""
    house = copy(owner.house)
    house.business = business
    house.app.database.add_business(business)
    return Owner(house)


def chased(folder: Path, mail: MailServer, *rows: str) -> Owner:
    """A baker whose customers, by default Café Norrsken alone, are five days late this morning."""
    owner = owner_of(AT_WORK, folder, mail)
    owner.takes_in(*(rows or (NORRSKEN,)))
    owner.hears("2026-11-24 08:00")
    return owner


def ask(owner: Owner, verb: str, subject: str = "", value: str = "") -> str:
    """An action handed in without any button, as no platform ever should."""
    owner.seen()
    owner.house.app.inbox(Request(owner.house.business.id, action=Action(verb, subject, value)))
    return owner.seen()


def clocks(owner: Owner, workers: int = 2) -> None:
    """Everything the clock can do, done once by each of several clocks, one after the other."""
    for _ in range(workers):
        asyncio.run(owner.house._work())
