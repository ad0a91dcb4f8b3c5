"""A walk through the conversation: the least tried comes first, forms are filled, the clock goes on."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from bot.chat import Action, Button, Card, Field, Form, Posted, Request, Upload
from bot.countries import codes, spoken
from bot.documents import Document, Party
from bot.ledgers import Connection, Pulled
from bot.letters import ADDITIONS, Charge, Letter
from bot.money import Money
from bot.platforms import Door
from handlers.example import fill
from messages.ear.commands import command
from storage.ledgers import systems
from tests.handlers.stage import House, bakery
from tests.mailserver import MailServer, Mood

EVERYTHING: dict[str, Any] = {
    "charges": ADDITIONS,
    "terms_agreed": True,
    "fee_agreed": True,
    "final_notice": True,
    "page": True,
}
HOMES = {spoken(country): country for country in codes()} | {"en": "SE"}
WORDS = {
    "customer": "Hotel Aurora",
    "email": "bella@aurora.example",
    "number": "7001",
    "amount": "100",
    "due": "2026-11-01",
    "answer": "Hej",
    "business": "Bageri",
    "owner": "Åsa Lind",
    "own_email": "asa@asasbageri.example",
    "mail_host": "127.0.0.1",
    "subject": "Faktura",
    "body": "Hej",
    "member": "Per Ek",
    "agency": "Nordisk Inkasso",
    **{f"ledger_{name}": "key" for system in systems() for name in system.fields},
}
LIST = """Customer;Org no;Email;Contact;Invoice no;Issued;Due date;Amount;Currency;OCR;Description
Hotel Aurora;;bella@aurora.example;Bella Holm;1060;2026-10-17;2026-11-01;1000,00;SEK;10603;Bread
Hotel Aurora;;bella@aurora.example;Bella Holm;1061;2026-10-17;2026-02-30;1000,00;SEK;10611;Bread
Hotel Aurora;;bella@aurora.example;Bella Holm;1068;2026-10-17;2026-11-03;500,00;SEK;;Rolls
Café Stjernen;559912-3485;;;1062;2026-10-17;2026-11-02;75,00;EUR;10629;Cake
Café Stjernen;559912-3485;;;1063;2026-10-17;;75,00;EUR;;Cake
Stjernen AB;;;;1065;2026-10-17;2026-11-02;75,00;EUR;;Cake
Stjernen AB;559912-3485;;;1067;2026-10-17;2026-11-02;75,00;EUR;;Cake
Gamle Kunden;;;;1064;2024-10-17;2024-11-02;75,00;EUR;;Cake
""" + "".join(
    f"Kunde {n};;k{n}@kunde.example;Kim Ek;{2000 + n};2026-09-17;2026-10-{10 + n};{n + 1}00,00;SEK;;Bread\n"
    for n in range(20)
)
ENTRY = """<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-24</Dt></BookgDt><AcctSvcrRef>{payer}{amount}</AcctSvcrRef><NtryDtls><TxDtls>
<RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>{remittance}</TxDtls></NtryDtls></Ntry>"""
BANK = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
<Ntfctn><Id>1</Id><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>{entries}</Ntfctn>
</BkToCstmrDbtCdtNtfctn></Document>"""
OCR = "<RmtInf><Strd><CdtrRefInf><Ref>10603</Ref></CdtrRefInf></Strd></RmtInf>"
ALL = "all of its values"
MOODS: tuple[Mood, ...] = ("drop_after_data", "accept", "drop_after_data", "refuse_recipient")
UNSURE = "Kunde;Nr;Betrag A;Betrag B;Datum A;Datum B\nHotel Aurora;8001;10,00;20,00;2026-10-01;2026-11-01\n"


def elsewhere(_connection: Connection, today: date) -> Pulled:
    """What an accounting system tells: one invoice more than the list."""
    due, buyer = today - timedelta(days=20), Party(name="Hotel Aurora", email="bella@aurora.example")
    invoice = Document("invoice", "9001", Money(50000, "SEK"), issued=due, due=due, buyer=buyer)
    return Pulled((invoice,), "9001", today)


@dataclass
class Faults(logging.Handler):
    """What went wrong unseen: errors of the log, each with its traceback."""

    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)
        self.setFormatter(logging.Formatter())

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))


@dataclass
class Walk:
    """One owner who tries everything. `tried` counts by verb and value, `lines` holds what each can press."""

    house: House
    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: dict[str, dict[str, Button | Form]] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)

    @classmethod
    def through(cls, language: str, folder: Path, mail: MailServer) -> Walk:
        """A walk through the books of the example, with all turned on that can be and a fee asked for."""
        business = replace(bakery(HOMES[language], language), **EVERYTHING)
        house = House(folder, mail, business, public_url="https://purr.example")
        doors = (Door("telegram", "Telegram"),)
        house.app.inbox = replace(house.app.inbox, doors=lambda: doors, fetch=elsewhere)
        with house.app.database.books(house.business.id, house.clock()) as books:
            fill(house.app.inbox.desk(books))
            for letter in books.letters.all():
                books.letters.save(replace(letter, charges=(_fee(letter),)))
        return cls(house)

    def ask(self, request: Request) -> None:
        """One request, and a note of all that it showed."""
        self._note(self.house.app.inbox(request))

    def say(self, text: str) -> None:
        """Words of the owner's."""
        if meant := command(text, self.house.business.language):
            self._try(meant)
        self.ask(Request(self.house.business.id, text=text))

    def drop(self, name: str, content: str | bytes) -> None:
        """A file into the chat."""
        upload = Upload(name, content.encode() if isinstance(content, str) else content)
        self._try(Action("file.dropped"))
        self.ask(Request(self.house.business.id, files=(upload,)))

    def take(self, verb: str) -> None:
        """Press the newest button of a verb."""
        parts = (part for line in reversed(self.lines.values()) for part in line.values())
        self.press(next(part for part in parts if part.action.verb == verb))

    def bank_file(self) -> str:
        """Money of those who owe, of one who pays too much, and of somebody nobody knows."""
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            owing = {i.customer: i.amount.currency for i in books.invoices.open()}
            named = [(books.customers.get(c).name, currency) for c, currency in owing.items()]
        paid = [
            *((name, currency, f"1{n}.00") for n, (name, currency) in enumerate(named)),
            ("X", "SEK", "1.00"),
        ]
        entries = (ENTRY.format(payer=escape(p), currency=c, amount=a, remittance="") for p, c, a in paid)
        more = ENTRY.format(payer="Hotel Aurora", currency="SEK", amount="1200.00", remittance=OCR)
        return BANK.format(entries="".join((*entries, more)))

    def go(self, presses: int) -> None:
        """So many presses, each of what was tried least, the newest first; time passes between them."""
        for step in range(presses):
            parts = [part for line in reversed(self.lines.values()) for part in line.values()]
            self.press(min(parts, key=self._worn))
            if step % 20 == 19:
                self.wait(timedelta(hours=26))

    def _worn(self, part: Button | Form) -> tuple[bool, int, int]:
        """How often this was tried: at all with its value, then the verb, then the verb with its value."""
        with_value = self.tried[kind(part.action)]
        return with_value > 0, self.tried[part.action.verb, ALL], with_value

    def press(self, part: Button | Form) -> None:
        """Press one thing, its form filled in."""
        for line in self.lines.values():
            line.pop(part.token, None)
        self._try(part.action)
        turn = self.tried[part.action.verb, ALL]
        fields = part.fields if isinstance(part, Form) else ()
        values = {f.name: self._filled(f, turn + n) for n, f in enumerate(fields)}
        self.ask(Request(self.house.business.id, press=part.token, values=values))
        if part.action.verb == "letter.approve" and turn % 2:
            self.house.mail.mood = MOODS[turn // 2 % len(MOODS)]
            self.wait(timedelta(minutes=10))

    def wait(self, span: timedelta) -> None:
        """Let the clock do its work, at once for all that has come due meanwhile."""
        self.house.clock.at += span
        self.house.wait_until(self.house.clock() + timedelta(minutes=15))
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            self._note(books.lines.recent(limit=9))

    def _filled(self, question: Field, turn: int) -> str:
        """An answer: another option at every turn; what is optional is filled at every second."""
        if question.kind == "choice":
            return question.options[turn % len(question.options)][0]
        if question.value or (not question.required and turn % 2):
            return question.value
        soon = (self.house.clock() + timedelta(days=5)).date().isoformat()
        return soon if question.name in ("day", "until") else WORDS.get(question.name, "")

    def _try(self, action: Action) -> None:
        self.tried.update([kind(action), (action.verb, ALL)])

    def _note(self, lines: Iterable[Posted]) -> None:
        for line in lines:
            if not line.mine and line.id not in self.lines:
                self.cards.append(line.card)
            self.lines[line.id] = {part.token: part for part in pressable(line.card)}


def _fee(letter: Letter) -> Charge:
    """A small fee on the first invoice of a letter."""
    return Charge("fee", letter.claims[0].invoice, Money(500, letter.claims[0].amount.currency))


def kind(action: Action) -> tuple[str, str]:
    """An action without what it is about: its verb, and its value where that is a choice."""
    return action.verb, action.value if len(action.value) <= 12 else ""


def pressable(card: Card) -> Iterator[Button | Form]:
    """All that can be pressed on a card."""
    if card.form:
        yield card.form
    yield from card.buttons
    yield from (item.button for item in card.items if item.button)
    yield from (handout.button for handout in card.handouts if handout.button)
