"""Two customers made one: all that was of either is with the one, and goes back as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.causes import Closing
from bot.chat import Card
from bot.errors import Refusal
from bot.escalations import Escalation
from bot.joining import Join
from bot.mail import Kept
from bot.matching import Incoming
from bot.money import Money
from bot.parties import Business, Contact, Customer
from storage.books import TABLES, Books
from storage.engine import Database
from storage.erasure import erase, remove
from storage.escalations import Pack
from storage.joins import owned
from storage.personal import TRACES, lines_about
from tests.cast import ASA, ASAS_BAGERI, CAFE_NORRSKEN, invoice, move_in, norrsken
from tests.storage.conftest import NOW, TODAY
from tests.storage.test_repository import KINDS, unpaid
from tests.storage.values import values

NUMBERS = count()
MORE: dict[str, tuple[type[Any], Callable[[Books], Any]]] = {
    "closing": (Closing, lambda books: books.closings),
    "escalation": (Escalation, lambda books: books.escalations),
    "money": (Incoming, lambda books: books.incoming),
    "mail": (Kept, lambda books: books.mails),
}
ROWS = {noun: found for noun, found in (KINDS | MORE).items() if noun != "customer"}
OTHER = Customer(
    id="other",
    name="Skenet Gästgiveri AB",
    number=CAFE_NORRSKEN.number,
    contacts=(Contact(name="Ulla Sund", email="ulla@skenet.example"),),
)


def made(books: Books, gone: str, stay: str) -> Join:
    """Two made one."""
    join = Join(
        id=gone,
        customer=stay,
        at=NOW,
        by=ASA,
        gone=books.customers.get(gone),
        before=books.customers.get(stay),
        moved=books.joins.theirs(gone),
        known=(),
    )
    books.join(join)
    return join


def rows(books: Books, *but: str) -> dict[str, list[str]]:
    """All that is kept of the business, but for what happened and who is known to be somebody else."""
    tables = [t for t in TABLES.sorted_tables if "business" in t.c and t.name not in {"history", *but}]
    queries = {
        t.name: sa.select(*(c for c in t.c if c.name != "apart")).where(t.c.business == books.business.id)
        for t in tables
    }
    return {n: sorted(map(str, books.connection.execute(query))) for n, query in queries.items()}


@st.composite
def cases(draw: st.DrawFn, customer: str) -> list[tuple[str, Any]]:
    """Anybody, with anything that can be theirs."""
    filled = [("customer", draw(values(Customer, id=customer)))]
    claim = {"id": f"{customer}-claim", "paid": Money(0, "SEK"), "settled": None, "customer": customer}
    filled.append(("invoice", unpaid(draw(values(KINDS["invoice"][0], **claim)))))
    for n, noun in enumerate(draw(st.lists(st.sampled_from(sorted(ROWS.keys() - {"invoice"})), max_size=8))):
        about = {"invoice": f"{customer}-claim"} if noun in ("payment", "dispute", "pause") else {}
        unique = {"key": ""} if noun == "payment" else {"mark": f"{customer}-{n}"} if noun == "money" else {}
        known = {"id": f"{customer}-{n}", "customer": customer, **about, **unique}
        filled.append((noun, draw(values(ROWS[noun][0], **known))))
    return filled


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stay=cases("stay"), gone=cases("gone"))
def test_joined_and_taken_apart_the_books_are_as_they_were(
    database: Database, stay: list[tuple[str, Any]], gone: list[tuple[str, Any]]
) -> None:
    business = replace(ASAS_BAGERI, id=f"pair-{next(NUMBERS)}")
    database.add_business(business)
    with database.books(business.id, NOW) as books:
        for noun, value in (*stay, *gone):
            (KINDS | MORE)[noun][1](books).add(value)
        before = rows(books)
        join = made(books, "gone", "stay")
        assert [c.id for c in books.customers.all()] == ["stay"]
        assert {t.name for t in owned() if books.joins._ids(t, "gone")} == set()
        assert books.joins.get("gone") == join
        books.part(join)
        assert rows(books) == before


def test_every_table_with_a_customer_of_its_own_is_moved() -> None:
    with_customer = {name for name, table in TABLES.tables.items() if "customer" in table.c}
    assert {t.name for t in owned()} == with_customer - {"history", "named"}
    assert all("id" in table.c for table in owned())


def pair(books: Books) -> Join:
    """The café, and the inn that it turns out to be."""
    move_in(books, norrsken(TODAY))
    books.customers.add(OTHER)
    books.invoices.add(invoice(OTHER, "3001", "900.00", TODAY - timedelta(days=3)))
    books.history.add("customer_mine", customer="other", who=ASA)
    return made(books, "other", "norrsken")


def test_who_is_asked_for_by_the_old_id_or_name_is_the_one_who_stayed(books: Books) -> None:
    pair(books)
    assert books.customers.get("other").id == books.case("other").customer.id == "norrsken"
    assert [c.id for c in books.customers.find("skenet")] == ["norrsken"]
    assert books.customers.bearers(["skenet", "norrsken"], 3) == {
        "skenet": ("norrsken",),
        "norrsken": ("norrsken",),
    }
    assert books.signs.people("ulla@skenet.example")[0] == {"norrsken"}
    assert books.joins.heirs(["other", "norrsken"]) == {"other": "norrsken"}
    with pytest.raises(Refusal):
        books.customers.get("nobody")


def test_what_happened_with_either_is_read_together(books: Books) -> None:
    join = pair(books)
    books.history.add("contact_changed", customer="norrsken")
    assert [e.kind for e in books.history.of("norrsken")] == ["contact_changed", "customer_mine"]
    books.part(join)
    assert [e.kind for e in books.history.of("norrsken")] == ["contact_changed"]
    assert [e.kind for e in books.history.of("other")] == ["customer_mine"]


def test_who_went_before_goes_along_and_comes_back_with_them(books: Books) -> None:
    join = pair(books)
    books.customers.add(Customer(id="third", name="Tredje AB", number=OTHER.number))
    before = rows(books)
    second = made(books, "norrsken", "third")
    assert books.customers.get("other").id == "third"
    assert books.joins.of("third") == (replace(join, customer="third"), second)
    assert [e.kind for e in books.history.of("third")] == ["customer_mine"]
    books.part(second)
    assert rows(books) == before
    books.part(books.joins.get("other"))
    assert {c.id for c in books.customers.all()} == {"norrsken", "other", "third"}


def every_row(books: Books) -> str:
    return "\n".join(row for kept in rows(books).values() for row in kept).casefold()


def test_erased_together_neither_name_is_anywhere(books: Books) -> None:
    pair(books)
    kept = pack(books)
    erase(books.customers.get("norrsken"), "Erased 1", "Erased.", ASA, books, TODAY)
    told = every_row(books)
    assert [word for word in ("skenet", "ulla", "norrsken café", "café norrsken", kept) if word in told] == []
    assert [e.kind for e in books.history.all()] == ["customer_erased"]


def pack(books: Books) -> str:
    """Evidence that was gathered about one of them."""
    books.packs.keep(Pack("one", "norrsken", "Skenet.zip", TODAY, b""))
    return "skenet.zip"


def test_removed_together_nothing_is_left_of_either(books: Books) -> None:
    pair(books)
    remove(books.customers.get("norrsken"), books)
    assert "norrsken" not in every_row(books) and "other" not in every_row(books)


def test_what_is_told_of_a_customer_tells_of_who_went_into_them(books: Books) -> None:
    pair(books)
    told = {trace.table.name: trace.rows("norrsken", books.customers.scope) for trace in TRACES}
    assert {row["number"] for row in told["invoices"]} >= {"3001", "2041"}
    assert [row["gone"].name for row in told["joins"]] == [OTHER.name]
    for about in ("other", "norrsken", "third"):
        books.lines.add(Card(about, subject=about))
    assert [line.card.text for line in lines_about("norrsken", books.lines.scope)] == ["other", "norrsken"]


def test_two_businesses_join_each_their_own(database: Database) -> None:
    theirs: Business = replace(ASAS_BAGERI, id="theirs")
    database.add_business(theirs)
    for business in (ASAS_BAGERI, theirs):
        with database.books(business.id, NOW) as books:
            move_in(books, norrsken(TODAY))
            books.customers.add(OTHER)
    with database.books(theirs.id, NOW) as books:
        before = rows(books)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        made(books, "other", "norrsken")
    with database.books(theirs.id, NOW) as books:
        assert rows(books) == before
        assert books.customers.get("other") == OTHER
