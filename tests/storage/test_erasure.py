"""A customer who is erased is nowhere any more, and the books still add up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.cases import Pause
from bot.causes import Closing
from bot.chat import Action, Button, Card, Fact, Field, Form, Item, Request
from bot.disputes import Dispute
from bot.escalations import Escalation
from bot.instalments import propose
from bot.letters import Claim
from bot.mail import Kept
from bot.matching import Incoming
from bot.parties import Contact, Customer
from bot.payments import Payment
from bot.plans import Plan
from bot.platforms import Heard, Person, Place
from bot.promises import Promise
from bot.replies import Call, Reply
from storage.arrivals import Arrivals
from storage.books import TABLES, Books
from storage.drawers import Drawers
from storage.engine import Database
from storage.erasure import erase, remove
from storage.escalations import Pack
from storage.imports import Import
from tests.cast import ASA, ASAS_BAGERI, CAFE_NORRSKEN, invoice, kr, reminder, settled
from tests.storage.conftest import NOW, TODAY

QVARN = Customer(
    id="7f3a9",
    name="Qvarnens Kafé",
    number="559912-3485",
    kind="business",
    country="SE",
    language="sv",
    contacts=(Contact(name="Klara Qvarn", email="klara@qvarnen.example", phone="070-174 06 44"),),
    address=("Qvarngatan 1",),
    payday=25,
)
PAID = settled(invoice(QVARN, "3001", "900.00", TODAY - timedelta(days=60)), TODAY - timedelta(days=30))
SAID = "Something was erased here."
TALK = Place("telegram", "4711", direct=True)
KNOWN = ("qvarn", "559912-3485", "070-174 06 44")
"""What no row may hold afterwards."""


@pytest.fixture
def database(url: str, tmp_path: Path) -> Iterator[Database]:
    """The bakery's books, with a key beside them."""
    with closing(Database(url, tmp_path / "purr.key")) as database:
        database.add_business(ASAS_BAGERI)
        yield database


def fill(books: Books) -> None:
    """One of everything about the customer, and a neighbour whom nothing may happen to."""
    of: dict[str, Any] = {"id": "one", "customer": QVARN.id}
    text = "Qvarnen says so"
    for customer in (QVARN, CAFE_NORRSKEN):
        books.customers.add(customer)
    books.invoices.add(replace(PAID, description=text))
    books.payments.add(Payment(**of, invoice=PAID.id, day=TODAY, amount=PAID.amount))
    money = Incoming(
        **of, day=TODAY, amount=PAID.amount, mark="m1", payer="Qvarnens", text=text, state="placed"
    )
    books.incoming.add(money)
    books.incoming.add(replace(money, id="two", mark="m2", payer=QVARN.name, state="loose", customer=""))
    sent = reminder(PAID, 1, TODAY - timedelta(days=40))
    books.letters.add(replace(sent, subject=text, body=text, to="klara@qvarnen.example"))
    books.letters.add(replace(sent, id="draft", body=text, state="draft"))
    books.deliveries.plan(f"letter:{sent.id}", "letter", sent.id, NOW)
    books.deliveries.claim(f"letter:{sent.id}", "w", timedelta(minutes=1))
    books.deliveries.failed(f"letter:{sent.id}", "no klara@qvarnen.example")
    books.replies.add(Reply(**of, text=text, at=NOW, meaning="thanks"))
    books.calls.add(Call(**of, day=TODAY, outcome="reached", words=text))
    books.promises.add(Promise(**of, day=TODAY, made=TODAY, amount=kr("5"), words=text, state="kept"))
    parts = propose([kr("900")], 3, TODAY, "SE")
    books.plans.add(
        Plan(**of, invoices=(PAID.id,), instalments=parts, agreed=TODAY, agreed_by=text, state="kept")
    )
    books.disputes.add(Dispute(**of, invoice=PAID.id, opened=TODAY, reason="other", words=text, closed=TODAY))
    claims = (Claim(PAID.id, PAID.amount),)
    books.escalations.add(
        Escalation(**of, kind="write_off", day=TODAY, by=ASA, claims=claims, words=text, pack="one")
    )
    books.packs.keep(Pack("one", QVARN.id, "Qvarnens.zip", TODAY, text.encode()))
    books.pauses.add(Pause(id="one", until=TODAY, made=TODAY, invoice=PAID.id, words=text))
    books.closings.add(Closing(**of, day=TODAY, days=9, cause="forgot"))
    mail = Kept(
        **of, at=NOW, state="placed", sender="klara@qvarnen.example", text=text, message_id="<q@qvarn>"
    )
    books.mails.add(mail)
    books.mails.keep_source("one", text.encode())
    books.mails.add(replace(mail, id="two", customer="", state="waiting"))
    books.files.attach(PAID.id, "Qvarnen.pdf", text.encode())
    books.imports.add(Import("one", "Qvarnens.csv", NOW, text.encode(), documents=3))
    books.history.add("letter_sent", customer=QVARN.id, who=ASA, text=text)
    books.history.add("answer_unplaced", who=ASA, text="Hi from Klara Qvarn")
    books.history.add("letter_sent", customer=CAFE_NORRSKEN.id, who=ASA)
    talk(books)


def talk(books: Books) -> None:
    """What was said of the customer in a chat, what came in there, and what the platform keeps of it."""
    chat = books.places.open(TALK, nudges=True)
    about = Card("They paid.", subject=QVARN.id, buttons=(Button("Qvarnen", Action("x.y", QVARN.id)),))
    shown = books.lines.add(about)
    books.places.show(chat.id, shown.id, "77", 1)
    books.lines.add(Card("has qvarnens paid?"), mine=True)
    books.lines.add(Card("Two are late", items=(Item("Qvarnens Kafé"), Item("Café Norrsken"))))
    books.lines.add(Card("Café Norrsken is late", subject=CAFE_NORRSKEN.id))
    assert books.vault
    person = Person("telegram", "1", name="Åsa")
    waiting = [
        Heard(str(n), place, person, Request("", text="Qvarnens Kafé has paid"))
        for n, place in enumerate((TALK, replace(TALK, chat="elsewhere")))
    ]
    Arrivals(books.connection, NOW, books.vault).keep(waiting)
    drawer = Drawers(books.connection, "telegram", NOW, books.vault)
    drawer.put("form 4711 abc", "Klara Qvarn wants more time")
    drawer.put(f"thread:T:C:{QVARN.id}", "17")
    drawer.put("topics 4711", "5 6")


def every_row(database: Database) -> str:
    with database.engine.connect() as connection:
        rows = [str(row) for table in TABLES.sorted_tables for row in connection.execute(sa.select(table))]
    return "\n".join(rows).casefold()


def gone(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        fill(books)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        erase(QVARN, "Erased 1", SAID, ASA, books, TODAY)


def test_nothing_in_any_table_names_them_any_more(database: Database) -> None:
    gone(database)
    told = every_row(database)
    assert [row for row in told.splitlines() for known in KNOWN if known in row] == []
    assert "norrsken" in told


def test_what_the_books_need_is_there_as_it_was_in_nobodys_name(database: Database) -> None:
    gone(database)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        case = books.case(QVARN.id)
        kept = replace(PAID, description="", settled=TODAY)
        assert (case.customer.name, case.customer.erased) == ("Erased 1", TODAY)
        assert case.invoices == (kept,)
        assert [p.amount for p in case.payments] == [PAID.amount]
        letter = next(letter for letter in case.letters if letter.state == "sent")
        assert (letter.kind, letter.sent_day, letter.claims) == (
            "reminder", TODAY - timedelta(days=40), (Claim(PAID.id, PAID.amount),)
        )  # fmt: skip
        assert (letter.subject, letter.body, letter.to) == ("", "", "")
        assert books.letters.draft(QVARN.id) is None
        assert books.pages.closed([letter.id]) == {letter.id}


def test_the_history_keeps_that_somebody_was_erased_and_not_who(database: Database) -> None:
    gone(database)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        last, before = books.history.all()
        assert (last.kind, last.customer, last.data, last.who) == ("customer_erased", "", {}, ASA)
        assert before.customer == CAFE_NORRSKEN.id


def test_lines_that_told_of_them_are_blanked_where_they_are_shown_and_others_stay(database: Database) -> None:
    gone(database)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        assert [line.card.text for line in books.lines.recent()] == [
            SAID,
            SAID,
            SAID,
            "Café Norrsken is late",
        ]
        [chat] = books.places.all()
        assert [pending.message for pending in books.places.pending(chat)][:1] == ["77"]


def test_what_waits_and_what_platforms_keep_is_gone_in_this_business_alone(database: Database) -> None:
    gone(database)
    with database.arrivals(NOW) as arrivals:
        assert [one.place.chat for one in arrivals.waiting("telegram")] == ["elsewhere"]
    with database.drawer("telegram", NOW) as drawer:
        known = [drawer.get(key) for key in ("form 4711 abc", f"thread:T:C:{QVARN.id}", "topics 4711")]
    assert known == ["", "", "5 6"]


def nearby(books: Books) -> list[list[Any]]:
    """What a neighbour has written, paid and been told, and what waits in the chat."""
    said = [(line.card.text, len(line.card.buttons)) for line in books.lines.recent()]
    mails = [(mail.sender, mail.text) for mail in books.mails.waiting()]
    return [said, mails, [(m.payer, m.text) for m in books.incoming.loose()], [*books.history.all()]]


def beside(books: Books) -> None:
    """A neighbour whose words are those of everybody: a first name, a town, what our buttons say."""
    words = "Hej Anna! Vi betalar imorgon. Berit, 0154 Oslo"
    mail = Kept(id="b", at=NOW, state="waiting", sender="byra@byra.example", text=words, message_id="<b@b>")
    books.mails.add(mail)
    books.incoming.add(
        Incoming(
            id="b", day=TODAY, amount=kr("5"), mark="b", payer="Berits, 0154 Oslo", text=words, state="loose"
        )
    )
    books.history.add("answer_unplaced", who=ASA, text=words)
    draft = Button("Draft", Action("letter.draft", CAFE_NORRSKEN.id), "primary", look=True)
    form = Form(Action("letter.form", "b"), (Field("text", "Text", "area"),), "Look")
    books.lines.add(Card(words, facts=(Fact("Form", "1"),), subject=CAFE_NORRSKEN.id, buttons=(draft,)))
    books.lines.add(
        Card("Two are late", items=(Item("Café Norrsken", button=draft),), buttons=(draft,), form=form)
    )


def test_what_others_wrote_and_were_told_stays_whatever_words_they_share(database: Database) -> None:
    shared = (Contact(name="Anna", email="byra@byra.example"),)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.customers.add(replace(CAFE_NORRSKEN, contacts=(Contact(email="Byra@byra.example"),)))
        beside(books)
        before = nearby(books)
        assert [len(part) for part in before] == [2, 1, 1, 1]
        for word in ("Form", "Text", "Look", "Draft", "Items", "Style"):
            them = replace(
                QVARN, id=f"9{word}", name=f"{word} & Co AS", contacts=shared, address=("0154 OSLO",)
            )
            books.customers.add(them)
            erase(them, "Erased 1", SAID, ASA, books, TODAY)
            assert nearby(books)[:3] == before[:3], word
        assert [event.kind for event in books.history.all()][-1] == "answer_unplaced"


def test_a_name_of_one_word_is_a_word_like_any_other_but_where_it_stands_alone(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        them = replace(QVARN, name="Berit", contacts=())
        books.customers.add(them)
        beside(books)
        before = nearby(books)
        [mail], [money] = books.mails.waiting(), books.incoming.loose()
        books.mails.add(replace(mail, id="c", name="Berit", message_id="<c@b>"))
        books.incoming.add(replace(money, id="c", mark="c", payer="BERIT"))
        erase(them, "Erased 1", SAID, ASA, books, TODAY)
        _, mails, paid, events = nearby(books)
        assert (mails, events[1:]) == (before[1], before[3])
        assert sorted(paid) == [("", ""), *before[2]]


def test_whose_figures_are_not_asked_for_any_more_goes_whole(database: Database) -> None:
    gone(database)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        remove(books.customers.get(QVARN.id), books)
    assert QVARN.id not in every_row(database)


def test_of_what_is_erased_no_byte_stays_in_the_file(tmp_path: Path, database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL sees to its own files")
    gone(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    written = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert b"klara@qvarnen.example" not in written
    assert "Café Norrsken".encode() in written
