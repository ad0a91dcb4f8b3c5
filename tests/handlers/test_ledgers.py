"""Accounting systems: tried before they are kept, read when asked, and what lets one in told to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.chat import Action, Form, Request
from bot.documents import Document, Party, Problem
from bot.ledgers import TROUBLES, Connection, Pulled
from bot.money import Money
from bot.parties import LANGUAGES
from messages.voice import Voice
from storage.ledgers import pull, systems
from tests.handlers.talk import Talk
from tests.storage.ledgers.accounts import fiken
from tests.storage.ledgers.office import Office, opened
from tests.storage.ledgers.test_fiken import credit, invoice

SECRET = "a-secret-nobody-repeats"
GIVEN = {"ledger_token": SECRET, "ledger_company": "bageri-as"}


def document(number: str, minor: int = 50000, **more: object) -> Document:
    whole = Document(
        "invoice",
        number,
        Money(minor, "SEK"),
        issued=date(2026, 10, 1),
        due=date(2026, 11, 10),
        due_source="stated",
        buyer=Party(name="Hotel Aurora", email="bella@aurora.example"),
        total=Money(50000, "SEK"),
    )
    return replace(whole, **more)  # type: ignore[arg-type]  # fields of a document


class Books:
    """An accounting system: what it holds, or why it cannot be read; who asked is written down."""

    def __init__(self, *documents: Document, problems: tuple[Problem, ...] = (), trouble: str = "") -> None:
        self.documents = documents
        self.problems = problems
        self.trouble = trouble
        self.asked: list[Connection] = []

    def __call__(self, connection: Connection, today: date) -> Pulled | str:
        self.asked.append(connection)
        cursor = " ".join(d.number for d in self.documents)
        return self.trouble or Pulled(self.documents, cursor, today, problems=self.problems)


@pytest.fixture
def asked(home: Path) -> Talk:
    """An owner with empty books who is asked for what lets Purr into Fiken."""
    talk = Talk.about(home, empty=True)
    talk.says("settings")
    talk.presses("Accounting system")
    talk.presses("Go on", ledger="fiken")
    return talk


def fetching(talk: Talk, books: Books) -> Books:
    talk.house.app.inbox = replace(talk.house.app.inbox, fetch=books)
    return books


def kept(talk: Talk) -> Connection | None:
    with talk.books() as books:
        return books.connections.get("fiken")


def test_a_system_that_lets_us_in_is_kept_and_what_is_open_there_is_shown(asked: Talk) -> None:
    books = fetching(asked, Books(document("7001"), document("7002")))
    said = asked.presses("Try it", **GIVEN)
    assert "Fiken" in said and "Two new invoices" in said
    assert [dict(c.secrets) for c in books.asked] == [{"token": SECRET, "company": "bageri-as"}]
    connection = kept(asked)
    assert connection and (connection.cursor, connection.pulled_at) == ("", None)
    with asked.books() as found:
        assert found.invoices.all() == ()


def test_what_was_shown_is_taken_in_when_the_owner_says_so(asked: Talk) -> None:
    fetching(asked, Books(document("7001")))
    asked.presses("Try it", **GIVEN)
    assert "One invoice taken in" in asked.presses("Take it in")
    with asked.books() as books:
        (invoice,) = books.invoices.all()
        assert (invoice.number, invoice.amount) == ("7001", Money(50000, "SEK"))
    connection = kept(asked)
    assert connection and (connection.cursor, connection.pulled_at) == ("7001", asked.house.clock())


def test_what_is_paid_there_is_a_payment_here(asked: Talk) -> None:
    books = fetching(asked, Books(document("7001")))
    asked.presses("Try it", **GIVEN)
    asked.presses("Take it in")
    books.documents = (document("7001", 0, collectable="no", why_not="nothing_due"),)
    said = asked.acts("ledger.pull", "fiken")
    assert "One payment since last time" in said
    assert books.asked[-1].cursor == "7001"
    asked.presses("Take it in")
    with asked.books() as found:
        assert [p.amount for p in found.payments.all()] == [Money(50000, "SEK")]


def test_the_same_again_changes_nothing_and_asks_nothing(asked: Talk) -> None:
    fetching(asked, Books(document("7001")))
    asked.presses("Try it", **GIVEN)
    asked.presses("Take it in")
    said = asked.acts("ledger.pull", "fiken")
    assert "is here already" in said
    assert not asked.card().buttons


def test_what_cannot_be_read_there_is_told(asked: Talk) -> None:
    problems = (
        Problem("ledger_row", facts={"number": "9"}),
        Problem("ledger_credit", facts={"number": "K1", "customer": "Hotel Aurora"}),
    )
    fetching(asked, Books(document("7001"), problems=problems))
    said = asked.presses("Try it", **GIVEN)
    assert "Invoice 9 could not be read" in said and "Hotel Aurora has credit note K1" in said


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_system_that_does_not_let_us_in_is_told_at_the_question_and_not_kept(
    trouble: str, asked: Talk
) -> None:
    fetching(asked, Books(trouble=trouble))
    before = asked.kept()
    asked.presses("Try it", **GIVEN)
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert [bool(f.error) for f in form.fields] == [True, False]
    assert {f.name: f.value for f in form.fields} == {"ledger_token": "", "ledger_company": "bageri-as"}
    assert asked.kept() == before


def test_trouble_later_is_told_and_stands_in_the_list_until_it_is_over(asked: Talk) -> None:
    books = fetching(asked, Books())
    asked.presses("Try it", **GIVEN)
    books.trouble = "refused"
    assert "doesn't accept the key" in asked.acts("ledger.pull", "fiken")
    assert "doesn't accept the key" in asked.acts("ledger.list")
    books.trouble = ""
    asked.presses("Fetch now")
    assert "Fiken Read just now" in asked.acts("ledger.list")


def test_a_system_that_fails_when_it_is_to_be_taken_in_takes_nothing(asked: Talk) -> None:
    books = fetching(asked, Books(document("7001")))
    asked.presses("Try it", **GIVEN)
    books.trouble = "busy"
    assert "busy right now" in asked.presses("Take it in")
    with asked.books() as found:
        assert found.invoices.all() == ()


def test_a_forgotten_system_is_gone_and_its_invoices_stay(asked: Talk) -> None:
    fetching(asked, Books(document("7001")))
    asked.presses("Try it", **GIVEN)
    asked.presses("Take it in")
    asked.acts("ledger.list")
    assert "disconnected" in asked.presses("Disconnect Fiken")
    assert kept(asked) is None
    with asked.books() as books:
        assert len(books.invoices.all()) == 1


@pytest.mark.parametrize("verb", ["ledger.pull", "ledger.take", "ledger.forget", "ledger.form"])
def test_a_system_that_is_not_there_is_not_found(verb: str, asked: Talk) -> None:
    before = asked.kept()
    asked.acts(verb, "nothing")
    if verb != "ledger.form":
        asked.acts(verb, "fiken")
    assert asked.kept() == before


def test_what_lets_us_in_is_in_no_card_and_nowhere_in_plain_in_the_books(asked: Talk, home: Path) -> None:
    numbers = "12057912345"
    books = fetching(asked, Books(trouble="refused"))
    asked.presses("Try it", ledger_token=numbers, ledger_company="bageri-as")
    assert books.asked[-1].secrets["token"] == numbers
    fetching(asked, Books())
    asked.presses("Try it", **GIVEN)
    assert SECRET not in "".join(str(line.card) for line in asked.lines())
    assert not [file for file in home.iterdir() if file.is_file() and SECRET.encode() in file.read_bytes()]


def test_who_does_not_decide_sees_what_is_connected_and_cannot_change_it(asked: Talk) -> None:
    fetching(asked, Books())
    asked.presses("Try it", **GIVEN)
    asked.ask(Request(asked.house.business.id, action=Action("ledger.list"), role="helper"))
    card = asked.card()
    assert [item.title for item in card.items] == ["Fiken"]
    assert card.form is None and card.buttons == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_every_trouble_has_words(language: str) -> None:
    voice = Voice(language, country="NO", today=date(2026, 11, 25))
    for system in systems():
        assert all(voice.word(f"ledgers.{system.key}.{name}") for name in system.fields)
    assert all(voice.word(f"ledger_trouble.{trouble}") for trouble in TROUBLES)
    assert voice.word("problems.ledger_row", number="1") and voice.word(
        "problems.ledger_credit", number="1", customer="Norrsken"
    )


def test_a_month_with_fiken_from_the_first_reading_to_the_last_payment(asked: Talk) -> None:
    def fetch(connection: Connection, today: date) -> Pulled | str:
        return pull(connection, today, base=office.base, sleep=lambda seconds: None)

    def read_again() -> list[int]:
        asked.acts("ledger.pull", "fiken")
        asked.presses("Take it in")
        with asked.books() as books:
            return sorted(i.amount.minor - i.paid.minor for i in books.invoices.all())

    with opened(Office()) as office:
        asked.house.app.inbox = replace(asked.house.app.inbox, fetch=fetch)
        fiken(office, [invoice(1), invoice(2)])
        asked.presses("Try it", ledger_token="tok-secret", ledger_company="bageri-as")
        asked.presses("Take it in")
        fiken(office, [invoice(1, sale={"outstandingBalance": 10000}), invoice(2)])
        assert read_again() == [10000, 30000]
        note = credit(associatedInvoiceId=2888002)
        fiken(office, [invoice(1, sale={"outstandingBalance": 10000}), invoice(2)], [note])
        assert read_again() == [10000, 25000]
        fiken(office, [invoice(1, sale={"settled": True}), invoice(2, sale={"outstandingBalance": 25000})])
        assert read_again() == [0, 25000]
        assert "is here already" in asked.acts("ledger.pull", "fiken")
