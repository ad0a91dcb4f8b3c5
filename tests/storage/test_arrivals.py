from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.chat import Action, Request, Upload
from bot.platforms import Attachment, Heard, Person, Place
from storage.arrivals import heard
from storage.engine import Database
from tests.storage.conftest import NOW

PLACE, PERSON = Place("pocket", "dm", "T1", direct=False), Person("pocket", "7", "T1", "Åsa", "sv")


@pytest.fixture
def database(url: str, tmp_path: Path) -> Iterator[Database]:
    """A database whose secrets are sealed."""
    with closing(Database(url, tmp_path / "key")) as database:
        yield database


def said(delivery: str, text: str = "idag", platform: str = "pocket") -> Heard:
    return Heard(delivery, Place(platform, "dm"), PERSON, Request("", text=text))


def keep(database: Database, *many: Heard, at: datetime = NOW) -> tuple[bool, ...]:
    with database.arrivals(at) as arrivals:
        return arrivals.keep(many)


def waiting(database: Database, platform: str = "pocket") -> list[str]:
    with database.arrivals(NOW) as arrivals:
        return [each.delivery for each in arrivals.waiting(platform)]


def test_a_delivery_is_new_once(database: Database) -> None:
    assert keep(database, said("1"), said("2"), said("1", "again")) == (True, True, False)
    assert keep(database, said("2"), said("3")) == (False, True)


def test_two_platforms_may_name_their_deliveries_alike(database: Database) -> None:
    assert keep(database, said("1"), said("1", platform="other")) == (True, True)
    assert waiting(database, "other") == ["1"]


def test_of_several_that_keep_it_at_once_one_is_first(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        news = [each for (each,) in pool.map(lambda _: keep(database, said("1")), range(4))]
    assert sum(news) == 1


def test_what_was_said_comes_back_as_it_came_in(database: Database) -> None:
    request = Request(
        "",
        "Åsa",
        "påminn\nNorrsken 🧁",
        "token",
        Action("reply.log", "norrsken", "nej"),
        {"day": "2026-11-25"},
        (Upload("a.csv", b"\xff\x00"),),
        private=True,
    )
    whole = Heard("1", PLACE, PERSON, request, (Attachment("b.pdf", "ref", 7),))
    keep(database, whole)
    with database.arrivals(NOW) as arrivals:
        assert arrivals.waiting("pocket") == (whole,)


def test_what_waits_is_told_in_the_order_it_came(database: Database) -> None:
    keep(database, *(said(str(n)) for n in (10, 9, 8)))
    keep(database, said("1"), at=NOW + timedelta(seconds=1))
    assert waiting(database) == ["10", "9", "8", "1"]


def test_what_is_answered_waits_no_more_and_is_known_still(database: Database) -> None:
    keep(database, said("1"), said("2"))
    with database.arrivals(NOW) as arrivals:
        assert arrivals.is_waiting(said("1"))
        assert arrivals.done(said("1"))
        assert not arrivals.done(said("1"))
        assert not arrivals.is_waiting(said("1"))
        assert not arrivals.is_waiting(said("never"))
    assert waiting(database) == ["2"]
    assert keep(database, said("1")) == (False,)


def test_of_what_is_answered_only_the_name_is_kept(database: Database) -> None:
    keep(database, said("1", "a secret"))
    with database.arrivals(NOW) as arrivals:
        arrivals.done(said("1"))
    with database.engine.connect() as connection:
        assert connection.scalars(sa.select(heard.c.what)).all() == [None]


def test_nothing_of_what_was_said_can_be_read_in_the_database(database: Database) -> None:
    keep(database, said("1", "a secret"))
    with database.engine.connect() as connection:
        kept = connection.scalar(sa.select(heard.c.what))
    assert kept and "secret" not in kept and PERSON.name not in kept


def test_without_a_key_nothing_is_kept_unsealed(url: str) -> None:
    with closing(Database(url)) as bare, pytest.raises(AssertionError, match="key file"):
        keep(bare, said("1"))


def test_what_another_key_has_sealed_keeps_nobody_from_the_rest(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keep(database, said("lost"))
    (tmp_path / "key").unlink()
    keep(database, said("1"))
    with caplog.at_level(logging.WARNING):
        assert waiting(database) == ["1"]
    assert "another key" in caplog.text


def test_names_are_forgotten_in_time_and_what_waits_is_not(database: Database) -> None:
    keep(database, said("old"), said("waits"))
    keep(database, said("new"), at=NOW + timedelta(days=7))
    with database.arrivals(NOW + timedelta(days=8)) as arrivals:
        for each in ("old", "new"):
            arrivals.done(said(each))
        assert arrivals.forget(NOW + timedelta(days=1), ["pocket"]) == 1
    assert keep(database, said("old"), said("waits"), said("new")) == (True, False, False)


def test_what_waits_on_a_platform_that_is_switched_off_is_forgotten_in_time(database: Database) -> None:
    keep(database, said("old", platform="off"), said("waits"))
    keep(database, said("new", platform="off"), at=NOW + timedelta(days=7))
    with database.arrivals(NOW + timedelta(days=8)) as arrivals:
        assert arrivals.forget(NOW + timedelta(days=1), ["pocket"]) == 1
    assert (waiting(database, "off"), waiting(database)) == (["new"], ["waits"])
