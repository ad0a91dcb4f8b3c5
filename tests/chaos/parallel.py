"""One day run many times at once, while its owner presses the same button from many places."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.chat import Request
from bot.letters import Charge, Letter
from handlers.clock import drain, sweep, tick
from tests.blank import blank_books
from tests.handlers.talk import Talk
from tests.mailserver import MailServer

BEFORE, DAY = datetime(2026, 11, 16, 8, tzinfo=UTC), datetime(2026, 11, 24, 7, tzinfo=UTC)
"""The list is taken in; the day that is run."""
LATER = timedelta(minutes=11)
"""The time to undo is over."""
LIST = """Kund;E-post;Kontakt;Fakturanr;Fakturadatum;Förfallodatum;Belopp;Valuta;OCR;Beskrivning;Språk
Café Norrsken;nils@norrsken.example;Nils Sundin;1058;2026-10-20;2026-11-19;4125,50;SEK;10587;Bröd;sv
Blomman AB;hej@blomman.example;Bo Ek;1059;2026-10-20;2026-11-19;900,00;SEK;10595;Bröd;sv
"""


@dataclass
class Bakery:
    """A bakery with the law's fee turned on, and a reminder with that fee that waits for a yes."""

    talk: Talk
    mail: MailServer

    @classmethod
    def at(cls, folder: Path, mail: MailServer) -> Bakery:
        """A day that has yet to be run."""
        talk = Talk.about(blank_books(folder).parent, mail=mail, language="sv", empty=True)
        talk.house.clock.at = BEFORE
        talk.drops("oppna.csv", LIST)
        talk.presses("Läs in")
        talk.says("inställningar")
        talk.presses("Avgifter och krav")
        talk.presses("Spara", fee="yes", fee_agreed="yes")
        talk.house.clock.at = DAY
        bakery = cls(talk, mail)
        bakery.draft()
        talk.presses("Lägg till avgift")
        return bakery

    def draft(self) -> None:
        """A reminder is written, and waits for a yes."""
        self.talk.says("Norrsken")
        self.talk.presses("Utkast")

    def run(self, times: int, threads: int = 8) -> None:
        """The whole day so many times; before that a yes from every thread."""
        press, house = self.talk.part("Godkänn").token, self.talk.house
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda _: house.app.inbox(Request(house.business.id, press=press)), range(threads)))
            house.clock.at += LATER
            with self.talk.books() as books:
                books.set_next_nudge(house.clock.at)
            list(pool.map(lambda _: asyncio.run(self._day()), range(times)))

    async def _day(self) -> None:
        house = self.talk.house
        await tick(house.hands)
        await sweep(house.hands, house.business.id)
        await drain(house.hands, house.business.id)

    def letters(self) -> list[Letter]:
        """All letters there are."""
        with self.talk.books() as books:
            return list(books.letters.all())

    def fees(self) -> list[Charge]:
        """Every fee that was asked for, in any letter."""
        return [charge for each in self.letters() for charge in each.charges if charge.kind == "fee"]

    def digests(self) -> int:
        """How many morning lists came by themselves."""
        return sum(1 for line in self.talk.lines() if line.card.topic.startswith("digest "))

    def check(self) -> str:
        """One nudge, one letter, one fee, now and in the next reminder; what there was, in words."""
        (letter,) = self.letters()
        fees = self.fees()
        assert letter.state == "sent", letter.state
        assert len(self.mail.messages) == 1, f"{len(self.mail.messages)} mails"
        assert len(fees) == 1, f"{len(fees)} fees"
        assert self.digests() == 1, f"{self.digests()} morning lists"
        self.talk.house.clock.at += timedelta(days=10)
        self.draft()
        assert self.fees() == fees, "the fee was asked for again"
        return (
            f"1 morning list, 1 letter, 1 fee of {fees[0].amount.minor / 100:.0f} {fees[0].amount.currency}"
        )
