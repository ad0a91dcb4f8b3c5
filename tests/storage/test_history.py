from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from storage.books import Books
from storage.engine import Database
from storage.history import erasures, history
from tests.cast import ASA, ASAS_BAGERI
from tests.storage.conftest import NOW


def test_what_happened_is_told_newest_first(books: Books) -> None:
    books.history.add(
        "letter.drafted", customer="bygg", invoice="bygg-2042", who=ASA, level=2, tone="warm", to=None
    )
    books.history.add("letter.sent", customer="bygg")
    books.history.add("file.read", who=ASA)
    latest, first = books.history.of("bygg")
    assert (latest.kind, first.kind) == ("letter.sent", "letter.drafted")
    assert (first.at, first.who, first.invoice) == (NOW, ASA, "bygg-2042")
    assert first.data == {"level": 2, "tone": "warm", "to": None}
    assert [event.kind for event in books.history.all()] == ["file.read", "letter.sent", "letter.drafted"]


def test_only_so_many_events_are_told(books: Books) -> None:
    for n in range(5):
        books.history.add(f"{n}", customer="bygg")
    assert [event.kind for event in books.history.of("bygg", limit=2)] == ["4", "3"]


@pytest.mark.parametrize("change", [sa.update(history).values(who="Nobody"), sa.delete(history)])
def test_the_database_itself_refuses_to_change_what_happened(database: Database, change: sa.Update) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.history.add("letter.sent", who=ASA)
    with (
        pytest.raises(sa.exc.DBAPIError, match="history is only ever added to"),
        database.engine.begin() as connection,
    ):
        connection.execute(change)
    with database.books(replace(ASAS_BAGERI).id, NOW) as books:
        assert [event.who for event in books.history.all()] == [ASA]


def test_an_event_that_is_let_go_is_gone_and_that_it_is_gone_stays_known(books: Books) -> None:
    books.history.add("letter.sent", customer="bygg")
    books.history.add("letter.sent", customer="norrsken")
    books.history.let_go([event.id for event in books.history.of("bygg")])
    assert [event.customer for event in books.history.all()] == ["norrsken"]
    known = books.connection.execute(sa.select(erasures.c.id, erasures.c.at)).all()
    assert [at for _, at in known] == [NOW]


def test_what_is_said_to_be_gone_of_one_business_lets_nothing_of_another_go(database: Database) -> None:
    other = replace(ASAS_BAGERI, id="other")
    database.add_business(other)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.history.add("letter.sent", who=ASA)
        kept = books.history.all()[0].id
    with database.books(other.id, NOW) as books:
        books.history.let_go([kept])
    with database.books(ASAS_BAGERI.id, NOW) as books:
        assert [event.id for event in books.history.all()] == [kept]
    refused = pytest.raises(sa.exc.DBAPIError, match="history is only ever added to")
    with refused, database.engine.begin() as connection:
        connection.execute(sa.delete(history).where(history.c.business == ASAS_BAGERI.id))
