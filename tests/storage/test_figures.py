"""Figures over all books, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.chat import Request
from bot.platforms import Heard, Person, Place
from storage.engine import Database
from storage.figures import Figures, begun, count
from storage.vault import Vault
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

HOUR = timedelta(hours=1)


def test_empty_books_have_nothing_to_tell(database: Database) -> None:
    assert count(database, NOW) == Figures({}, 0, None, 0, None, 1)
    assert begun(database) is None


def test_what_waits_and_what_went_is_counted_over_all_businesses(database: Database) -> None:
    other = replace(ASAS_BAGERI, id="bjorns", name="Björns Bilar")
    database.add_business(other)
    for business, age in ((ASAS_BAGERI, HOUR), (other, 2 * HOUR)):
        with database.books(business.id, NOW - age) as books:
            books.history.add("anything")
            for key, at in (("due", NOW - age), ("later", NOW + age), ("gone", NOW - 3 * HOUR)):
                books.deliveries.plan(f"letter:{key}", "letter", key, at)
            books.deliveries.claim("letter:gone", "worker", HOUR)
            books.deliveries.sent("letter:gone")
    assert count(database, NOW) == Figures(
        deliveries={("letter", "planned"): 4, ("letter", "sent"): 2},
        due=2,
        due_since=NOW - 2 * HOUR,
        waiting=0,
        waiting_since=None,
        businesses=2,
    )
    assert begun(database) == NOW - 2 * HOUR


def test_what_was_heard_and_not_answered_is_counted(database: Database, tmp_path: Path) -> None:
    database.vault = Vault(tmp_path / "purr.key")
    heard = [
        Heard(str(n), Place("pocket", "asa"), Person("pocket", "asa"), Request("", text="hi"))
        for n in range(3)
    ]
    with database.arrivals(NOW) as arrivals:
        arrivals.keep(heard)
        arrivals.done(heard[0])
    found = count(database, NOW + HOUR)
    assert found.waiting == 2 and found.waiting_since == NOW + timedelta(microseconds=1)
