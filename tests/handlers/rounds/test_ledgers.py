"""Connected accounting systems are read by the clock: once, quietly, and never with the books open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.chat import Card
from bot.documents import Document, Party, Problem, Receipt
from bot.ledgers import Connection, LedgerError, Pulled
from bot.money import Money
from bot.rounds import LEASE
from handlers.clock import jobs, tick
from handlers.desk.intake import planned, take_in
from handlers.engine.embedded import Embedded
from handlers.rounds.ledgers import Rounds, pull
from storage import ledgers
from tests.handlers.talk import Talk
from tests.handlers.test_ledgers import GIVEN
from tests.handlers.test_ledgers import document as plain
from tests.storage.ledgers.accounts import ACCOUNTS, fiken
from tests.storage.ledgers.office import Office, Said, opened
from tests.storage.ledgers.test_fiken import invoice

PDF = b"%PDF-1.7 an invoice"
HOTEL = Party(name="Hotel Aurora", email="bella@aurora.example", language="en")


def document(number: str, minor: int = 50000, **more: object) -> Document:
    """An invoice of a customer whose language is known, so that a letter can be written at once."""
    return plain(number, minor, buyer=HOTEL, **more)


@dataclass
class System:
    """An accounting system: what it holds or why it cannot be read, what was asked, what happens then."""

    documents: tuple[Document, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    problems: tuple[Problem, ...] = ()
    papers: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    meanwhile: Callable[[], None] = lambda: None
    asked: list[Connection] = field(default_factory=list)
    fetched: list[Mapping[str, str]] = field(default_factory=list)

    def fetch(self, connection: Connection, today: date) -> Pulled | str:
        self.asked.append(connection)
        self.meanwhile()
        cursor = " ".join(d.number for d in self.documents if d.amount)
        told = Pulled(self.documents, cursor, today, self.receipts, self.problems, self.papers)
        return self.trouble or told

    def fetch_papers(
        self, connection: Connection, wanted: Mapping[str, str], today: date
    ) -> Mapping[str, bytes]:
        self.fetched.append(wanted)
        return dict.fromkeys(wanted, PDF)


@dataclass
class Owner:
    """An owner whose system is connected, and the clock."""

    talk: Talk
    system: System

    def hour(self, hours: int = 1) -> list[Card]:
        """Some hours of the clock, and what was said by itself."""
        before = {line.id for line in self.talk.lines()}
        self.talk.house.wait_until(self.talk.house.clock.at + timedelta(hours=hours))
        return [line.card for line in self.talk.lines() if line.id not in before]

    def connect(self) -> None:
        """Connect, and take in what is there."""
        self.talk.says("settings")
        self.talk.presses("Accounting system")
        self.talk.presses("Go on", ledger="fiken")
        self.talk.presses("Try it", **GIVEN)

    def take(self) -> None:
        self.connect()
        self.talk.acts("ledger.take", "fiken")

    @property
    def connection(self) -> Connection:
        with self.talk.books() as books:
            found = books.connections.get("fiken")
        assert found
        return found

    def left(self) -> dict[str, int]:
        with self.talk.books() as books:
            return {i.number: i.amount.minor - i.paid.minor for i in books.invoices.all()}


@pytest.fixture
def owner(home: Path) -> Owner:
    """An owner with empty books on a Wednesday morning."""
    return begun(Talk.about(home, empty=True), System(documents=(document("7001"),)))


def begun(talk: Talk, system: System) -> Owner:
    """The system in its place, and no morning list to listen past."""
    house = talk.house
    with talk.books() as books:
        books.set_next_nudge(books.now + timedelta(days=20))
    house.app.inbox = replace(house.app.inbox, fetch=system.fetch)
    house.works["pull"] = works(talk, system)
    return Owner(talk, system)


def works(talk: Talk, system: System) -> Callable[[str], Coroutine[None, None, None]]:
    """The job of a reading."""
    rounds = Rounds(talk.house.app.inbox.desk, system.fetch, system.fetch_papers)
    return lambda place: pull(talk.house.hands, rounds, place)


def texts(cards: list[Card]) -> list[str]:
    return [card.text for card in cards]


def test_what_is_new_there_is_taken_in_every_hour_without_a_word(owner: Owner) -> None:
    owner.take()
    owner.system.documents = (document("7001"), document("7002", due=date(2026, 12, 20)))
    assert owner.hour() == []
    assert owner.left() == {"7001": 50000, "7002": 50000}
    assert owner.connection.cursor == "7001 7002"
    asked = len(owner.system.asked)
    owner.hour(5)
    assert len(owner.system.asked) == asked + 5


def test_at_night_and_on_a_sunday_nobody_is_asked(owner: Owner) -> None:
    owner.take()
    owner.hour(24)
    assert len(owner.system.asked) <= 14
    owner.hour(48)
    asked = len(owner.system.asked)
    owner.hour(36)
    assert len(owner.system.asked) == asked


def test_what_was_only_tried_waits_for_the_owner(owner: Owner) -> None:
    owner.connect()
    asked = len(owner.system.asked)
    owner.hour(30)
    assert (len(owner.system.asked), owner.left()) == (asked, {})


def test_a_payment_there_has_its_day_here(owner: Owner) -> None:
    owner.take()
    owner.system.documents = (document("7001", 0, collectable="no", why_not="nothing_due"),)
    owner.system.receipts = (Receipt(date(2026, 11, 23), Money(50000, "SEK"), ("7001",)),)
    owner.hour()
    with owner.talk.books() as books:
        (payment,) = books.payments.all()
        (paid,) = books.invoices.all()
    assert (payment.day, payment.amount, paid.settled) == (
        date(2026, 11, 23),
        Money(50000, "SEK"),
        date(2026, 11, 23),
    )


def test_a_draft_on_its_way_is_taken_back_when_the_money_is_seen_there(owner: Owner) -> None:
    owner.take()
    owner.talk.acts("parked.take", value="all")
    with owner.talk.books() as books:
        (customer,) = books.customers.all()
        books.save_business(replace(books.business, undo_minutes=240))
    owner.talk.acts("letter.draft", customer.id)
    owner.talk.presses("Approve")
    with owner.talk.books() as books:
        (letter,) = books.letters.all()
        assert letter.state == "approved"
    owner.system.documents = (document("7001", 0, collectable="no", why_not="nothing_due"),)
    owner.hour()
    with owner.talk.books() as books:
        assert books.letters.get(letter.id).state == "withdrawn"


def test_old_debts_are_asked_about_and_rest_until_then(owner: Owner) -> None:
    owner.take()
    owner.system.documents = (document("7001"), document("6001", due=date(2026, 5, 10)))
    (asked,) = owner.hour()
    assert [b.action.verb for b in asked.buttons][-1] == "parked.leave"
    with owner.talk.books() as books:
        assert {i.number for i in books.invoices.parked()} == {"7001", "6001"}
    assert owner.hour() == []


def test_what_only_the_owner_can_mend_is_told_once_and_when_it_is_over(owner: Owner) -> None:
    owner.take()
    owner.system.trouble = "refused"
    (told,) = owner.hour()
    assert "couldn't read Fiken" in told.text and "key" in told.text
    assert owner.hour(30) == []
    owner.system.trouble = ""
    assert texts(owner.hour(24)) == ["I can read Fiken again."]
    assert (owner.connection.trouble, owner.connection.failures) == ("", 0)
    assert owner.hour(5) == []


def test_what_passes_by_itself_is_told_only_when_it_lasts(owner: Owner) -> None:
    owner.take()
    owner.system.trouble = "unreachable"
    assert owner.hour() == []
    owner.system.trouble = ""
    assert owner.hour(2) == []
    owner.system.trouble = "unreachable"
    assert len(owner.hour(7)) == 1
    owner.system.trouble = ""
    assert texts(owner.hour(20)) == ["I can read Fiken again."]


def test_who_asked_and_was_told_is_not_told_again(owner: Owner) -> None:
    owner.take()
    owner.system.trouble = "refused"
    owner.talk.acts("ledger.pull", "fiken")
    assert owner.hour(30) == []


def test_what_is_unclear_there_is_told_once_and_again_only_if_it_comes_back(owner: Owner) -> None:
    odd = Problem("ledger_credit", facts={"number": "K1", "customer": "Hotel Aurora"})
    owner.system.problems = (Problem("ledger_row", facts={"number": "9"}),)
    owner.take()
    assert owner.hour() == []
    owner.system.problems = (*owner.system.problems, odd)
    (told,) = owner.hour()
    assert [("K1" in check.text) for check in told.checks] == [True]
    assert owner.hour(3) == []
    owner.system.problems = ()
    owner.hour()
    owner.system.problems = (odd,)
    assert len(owner.hour()) == 1


def test_the_books_are_free_while_the_system_is_asked(owner: Owner) -> None:
    owner.take()

    def writes() -> None:
        with ThreadPoolExecutor(1) as beside:
            beside.submit(lambda: owner.talk.says("help")).result(timeout=20)

    owner.system.meanwhile = writes
    owner.system.documents = (document("7001"), document("7002"))
    owner.hour()
    assert "7002" in owner.left()


def due(owner: Owner) -> str:
    """The reading is due now; where it is."""
    owner.talk.house.clock.at = owner.connection.next_at or owner.talk.house.clock.at
    return f"{owner.talk.house.business.id} fiken"


def test_of_many_workers_at_once_one_reads(owner: Owner) -> None:
    owner.take()
    place, asked = due(owner), len(owner.system.asked)
    work = works(owner.talk, owner.system)

    async def at_once() -> None:
        await asyncio.gather(*(work(place) for _ in range(8)))

    asyncio.run(at_once())
    assert len(owner.system.asked) == asked + 1


def test_a_reading_that_was_cut_off_is_made_again_when_its_time_is_over(owner: Owner) -> None:
    owner.take()
    owner.system.documents = (document("7001"), document("7002"))

    def dies() -> None:
        raise ConnectionError

    owner.system.meanwhile = dies
    place = due(owner)
    with pytest.raises(ConnectionError):
        asyncio.run(works(owner.talk, owner.system)(place))
    owner.system.meanwhile = lambda: None
    asked = len(owner.system.asked)
    asyncio.run(works(owner.talk, owner.system)(place))
    assert len(owner.system.asked) == asked
    owner.talk.house.clock.at += LEASE
    asyncio.run(works(owner.talk, owner.system)(place))
    assert "7002" in owner.left()


def test_a_system_that_is_forgotten_while_it_is_read_gives_nothing_more(owner: Owner) -> None:
    owner.take()
    owner.system.documents = (document("7001"), document("7002"))

    def forgets() -> None:
        owner.talk.acts("ledger.forget", "fiken")

    owner.system.meanwhile = forgets
    assert [card.text for card in owner.hour() if "7002" in card.text] == []
    assert owner.left() == {"7001": 50000}


def test_a_new_key_goes_on_where_the_last_reading_ended(owner: Owner) -> None:
    owner.take()
    owner.talk.acts("ledger.form", "fiken")
    owner.talk.presses("Try it", **GIVEN)
    assert owner.system.asked[-1].cursor == "7001"
    owner.system.documents = (document("7001"), document("7002"))
    owner.hour()
    assert "7002" in owner.left()


def test_another_company_is_begun_anew_and_waits_for_the_owner(owner: Owner) -> None:
    owner.take()
    owner.talk.acts("ledger.form", "fiken")
    owner.system.documents = (document("8001"),)
    owner.talk.presses("Try it", **{**GIVEN, "ledger_company": "another-as"})
    assert (owner.system.asked[-1].cursor, owner.connection.next_at) == ("", None)
    owner.hour(3)
    assert "8001" not in owner.left()


def test_what_the_books_knew_before_is_looked_for_by_its_number(owner: Owner) -> None:
    """A list was dropped first, and its invoice paid before the system was connected."""
    with owner.talk.desk() as desk:
        take_in(planned([document("6999", due=date(2026, 12, 1))], desk), "Åsa", desk)
    owner.take()
    assert owner.connection.cursor == "7001 #6999"
    gone = document("6999", 0, collectable="no", why_not="nothing_due")
    owner.system.documents = (*owner.system.documents, gone)
    owner.hour()
    assert owner.left() == {"6999": 0, "7001": 50000}
    assert owner.connection.cursor == "7001"


def late(owner: Owner) -> None:
    """The invoice there is late and followed up here, its PDF is there."""
    owner.system.documents = (document("7001", due=date(2026, 12, 1)),)
    owner.take()
    owner.system.documents = (document("7001"),)
    owner.system.papers = {"7001": "/files/7001.pdf"}


def papers(owner: Owner) -> list[str]:
    with owner.talk.books() as books:
        (found,) = books.invoices.all()
        return [f.name for f in books.files.of_invoice(found.id) if f.content == PDF]


def test_the_paper_of_a_late_invoice_is_fetched_once_and_goes_with_it(owner: Owner) -> None:
    late(owner)
    assert papers(owner) == []
    owner.hour(2)
    assert papers(owner) == ["7001.pdf"]
    owner.hour(5)
    assert [list(wanted.values()) for wanted in owner.system.fetched] == [["/files/7001.pdf"]]


def test_no_paper_is_put_under_a_letter_that_was_written_without_it(owner: Owner) -> None:
    late(owner)
    owner.talk.house.clock.at += timedelta(minutes=1)
    with owner.talk.books() as books:
        (found,) = books.invoices.all()
        books.invoices.save(replace(found, due=date(2026, 11, 10)))
    owner.talk.acts("letter.draft", found.customer)
    with owner.talk.books() as books:
        assert books.letters.draft(found.customer)
    owner.hour(2)
    assert (papers(owner), owner.system.fetched) == ([], [])


def test_the_paper_of_an_old_debt_that_rests_is_not_fetched(owner: Owner) -> None:
    owner.system.papers = {"7001": "/files/7001.pdf"}
    owner.take()
    owner.hour(3)
    assert owner.system.fetched == []


@contextmanager
def at_fiken(talk: Talk) -> Iterator[tuple[Office, Rounds]]:
    """The real client, and an account at Fiken on loopback."""
    with opened(Office()) as office:

        def fetch(connection: Connection, today: date) -> Pulled | str:
            try:
                return ledgers.pull(connection, today, base=office.base, sleep=office.slept.append)
            except LedgerError as error:
                return error.key

        def fetch_papers(
            connection: Connection, wanted: Mapping[str, str], today: date
        ) -> Mapping[str, bytes]:
            found = ledgers.papers(connection, wanted, today, base=office.base, sleep=office.slept.append)
            return dict(found)

        talk.house.app.inbox = replace(talk.house.app.inbox, fetch=fetch)
        yield office, Rounds(talk.house.app.inbox.desk, fetch, fetch_papers)


def test_a_revoked_key_is_told_once_and_with_a_new_one_nothing_was_lost(home: Path) -> None:
    """The key is taken back in Fiken; while Purr cannot look, the invoice is paid there."""
    talk = Talk.about(home, empty=True)
    with at_fiken(talk) as (office, rounds):
        talk.house.works["pull"] = lambda place: pull(talk.house.hands, rounds, place)
        account = Owner(talk, System())
        with talk.books() as books:
            books.set_next_nudge(books.now + timedelta(days=20))
        fiken(office, [invoice(1, dueDate="2026-12-10"), invoice(2, dueDate="2026-12-10")])
        talk.acts("ledger.form", "fiken")
        talk.presses("Try it", ledger_token="tok-secret", ledger_company="bageri-as")
        talk.presses("Take it in")
        office.let_in = lambda headers: False
        (told,) = account.hour()
        assert "doesn't accept the key" in told.text
        assert [button.label for button in told.buttons] == ["Fetch now", "Enter it again"]
        asked = len(office.asked)
        assert account.hour(48) == []
        assert len(office.asked) - asked <= 2
        paid = {"paymentId": 9, "date": "2026-11-26", "amount": 30000, "currency": "NOK"}
        gone = {"settled": True, "outstandingBalance": 0, "salePayments": [paid]}
        fiken(office, [invoice(1, sale=gone), invoice(2, dueDate="2026-12-10")])
        office.let_in = lambda headers: headers.get("Authorization") == "Bearer new-secret"
        talk.acts("ledger.form", "fiken")
        talk.presses("Try it", ledger_token="new-secret", ledger_company="bageri-as")
        account.hour(1)
        with talk.books() as books:
            assert [(p.day, p.amount) for p in books.payments.all()] == [
                (date(2026, 11, 26), Money(30000, "NOK"))
            ]
        assert account.left() == {"1": 0, "2": 30000}
        assert (account.connection.trouble, account.connection.told) == ("", False)


def test_the_clock_reads_politely_and_only_with_questions(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    with at_fiken(talk) as (office, rounds):
        link = f"{office.base}/files/1.pdf"
        listed = [invoice(1, dueDate="2026-12-10", invoicePdf={"downloadUrl": link})]
        fiken(office, listed)
        talk.house.works["pull"] = lambda place: pull(talk.house.hands, rounds, place)
        account = Owner(talk, System())
        talk.says("settings")
        talk.presses("Accounting system")
        talk.presses("Go on", ledger="fiken")
        secrets = ACCOUNTS["fiken"].secrets
        talk.presses("Try it", **{f"ledger_{name}": value for name, value in secrets.items()})
        talk.presses("Take it in")
        fiken(office, [row | {"dueDate": "2026-11-01"} for row in listed])
        office.pages["/files/1.pdf"] = lambda params: Said(PDF)
        office.moods.append(Said({}, 429, {"Retry-After": "9"}))
        assert account.hour(3) == []
        assert papers(account) == ["1.pdf"]
    assert {asked.method for asked in office.asked} == {"GET"}
    assert 9.0 in office.slept and office.slept.count(0.25) > 4


def test_the_embedded_engine_carries_a_reading_from_the_tick_to_the_books(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    with at_fiken(talk) as (office, rounds):
        fiken(office, [invoice(1)])
        secrets = ACCOUNTS["fiken"].secrets
        with talk.books() as books:
            ready = Connection(system="fiken", secrets=secrets, pulled_at=books.now, next_at=books.now)
            books.connections.save(ready)
        asyncio.run(_ticking(talk, rounds))
    with talk.books() as books:
        assert [found.number for found in books.invoices.all()] == ["1"]
        found = books.connections.get("fiken")
    assert found and found.next_at and found.next_at > talk.house.clock.at


async def _ticking(talk: Talk, rounds: Rounds) -> None:
    """The engine at work until the reading is done."""
    address = talk.house.app.settings.database
    engine = Embedded(address, talk.house.clock, poll_seconds=0.05, slow=("pull",))
    hands = talk.house.app.hands(engine.enqueue)
    done = asyncio.Event()

    async def reads(place: str) -> None:
        await pull(hands, rounds, place)
        done.set()

    async def ticks() -> None:
        await tick(hands)

    engine.every(0.1, ticks)
    await engine.run({**jobs(hands), "pull": reads})
    try:
        await asyncio.wait_for(done.wait(), 60)
    finally:
        await engine.stop()
