"""The Friday that the pictures tell of: the bakery of the example, and what comes in during the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cases import Case
from handlers.example import fill
from handlers.rounds.mailboxes import taking
from storage.books import Books
from storage.mail import read
from tests.cast import CAFE_NORRSKEN, invoice, payments, settled
from tests.handlers.page import Upstairs
from tests.handlers.post import written
from tests.handlers.stage import Clock, Surface, bakery
from tests.mailserver import mail_server

FRIDAY = date(2026, 11, 27)
EARLY = datetime(2026, 11, 27, 6, 50, tzinfo=UTC)
"""Ten to eight in Stockholm."""
NILS = """Hej Åsa,

ursäkta att det har dröjt, det är tunt i kassan just nu.
Kan vi dela upp det i tre delar, från den 15 december?

Nils
"""
MONEY = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
<Ntfctn><Id>1</Id><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>
<Ntry><Amt Ccy="SEK">1450.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-27</Dt></BookgDt><AcctSvcrRef>7</AcctSvcrRef><NtryDtls><TxDtls>
<RltdPties><Dbtr><Nm>Kahvila Kuusi Oy</Nm></Dbtr></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>10553</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"""


class Friday(Upstairs):
    """The bakery on that day, its owner reading English and its customers what they read."""

    def until(self, hour: int, minute: int = 0) -> None:
        """Let time pass; the clock is an hour behind the bakery's."""
        self.wait_until(EARLY.replace(hour=hour - 1, minute=minute))

    @property
    def o_clock(self) -> str:
        """The time in the bakery."""
        return (self.clock() + timedelta(hours=1)).strftime("%H:%M")

    def mail_comes(self, text: str) -> None:
        """A mail from Café Norrsken comes into the bakery's mailbox."""
        with ThreadPoolExecutor(1) as beside:
            beside.submit(self._taken_in, written(text)).result()

    def _taken_in(self, raw: bytes) -> None:
        taken = taking(self.app.inbox.desk, self.app.incoming)
        with self.app.database.books(self.business.id, self.clock()) as books:
            card = taken.arrived(books, read(raw), raw, FRIDAY)
            assert card, "the mail was taken for nobody's"
            said = self.app.inbox.post(books, card)
        self.hands.publish(self.business.id, said)


def lived(house: Friday, owner: Surface, shown: Callable[[str], None]) -> None:
    """The day, wherever the owner talks to Purr; `shown` is told when there is something to see."""
    house.until(8)
    shown("today")
    house.until(8, 1)
    owner.say("Norrsken")
    shown("card")
    owner.press("Draft", {})
    shown("letter")
    owner.press("Approve", {})
    house.until(8, 12)
    house.until(11, 20)
    house.mail_comes(NILS)
    shown("answer")
    owner.press("Show the plan: three instalments", {})
    shown("plan")
    owner.press("We agreed on this", {})
    owner.press("Approve", {})
    house.until(11, 31)
    house.until(14, 5)
    owner.drop("bank.xml", MONEY.encode())
    owner.press("Take it in", {})
    shown("paid")
    house.until(15)
    owner.say("forecast")
    shown("forecast")
    owner.say("week")
    shown("week")


@contextmanager
def friday() -> Iterator[Friday]:
    """The bakery a little before eight, the mail server running."""
    with TemporaryDirectory() as folder, mail_server() as mail:
        house = Friday(Path(folder), mail, bakery("SE", "en"), Clock(EARLY))
        with house.app.database.books(house.business.id, house.clock()) as books:
            fill(house.app.inbox.desk(books))
            _sell(books)
        yield house


def _sell(books: Books) -> None:
    """What the forecast needs beside the late ones: a guest's habit, and invoices that are not due yet."""
    havet = replace(CAFE_NORRSKEN, id="havet")
    for n in range(6):
        due = FRIDAY - timedelta(days=20 + n * 9)
        past = settled(invoice(havet, f"90{n}", "3260.00", due), due + timedelta(days=4 + n))
        books.invoices.add(past)
        for payment in payments(Case(customer=havet, invoices=(past,))):
            books.payments.add(payment)
        soon = FRIDAY + timedelta(days=3 + n * 5)
        books.invoices.add(invoice(havet, f"108{n}", f"{1240 + n * 730}.00", soon))
