from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.drawers import drawers
from storage.engine import Database
from tests.storage.conftest import NOW

SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def sealed(url: str, tmp_path: Path) -> Iterator[Database]:
    """A database whose secrets are sealed."""
    with closing(Database(url, tmp_path / "key")) as database:
        yield database


def test_a_text_is_kept_by_its_key_and_its_platform(sealed: Database) -> None:
    with sealed.drawer("pocket", NOW) as drawer:
        drawer.put("token", "xoxb-1 åäö")
    with sealed.drawer("pocket", NOW) as drawer:
        assert (drawer.get("token"), drawer.get("other")) == ("xoxb-1 åäö", "")
    with sealed.drawer("another", NOW) as drawer:
        assert drawer.get("token") == ""


def test_a_later_text_takes_the_place_of_an_earlier_and_an_empty_one_of_both(sealed: Database) -> None:
    with sealed.drawer("pocket", NOW) as drawer:
        drawer.put("token", "one")
        drawer.put("token", "two")
        assert drawer.get("token") == "two"
        drawer.put("token", "")
        assert drawer.get("token") == ""


def test_nothing_of_it_can_be_read_in_the_database(sealed: Database) -> None:
    with sealed.drawer("pocket", NOW) as drawer:
        drawer.put("token", "xoxb-1")
    with sealed.engine.connect() as connection:
        assert "xoxb-1" not in str(connection.execute(sa.select(drawers)).all())


def test_what_is_taken_is_gone(sealed: Database) -> None:
    with sealed.drawer("pocket", NOW) as drawer:
        drawer.put("question", "amount")
        assert (drawer.take("question"), drawer.take("question")) == ("amount", "")


def test_a_text_is_there_until_its_time_is_over(sealed: Database) -> None:
    with sealed.drawer("pocket", NOW) as drawer:
        drawer.put("question", "amount", SOON)
        assert drawer.get("question") == "amount"
    with sealed.drawer("pocket", SOON) as drawer:
        assert (drawer.get("question"), drawer.take("question")) == ("", "")


def test_what_is_over_is_thrown_away_of_every_platform(sealed: Database) -> None:
    for platform in ("pocket", "another"):
        with sealed.drawer(platform, NOW) as drawer:
            drawer.put("for a while", "x", SOON)
            drawer.put("for good", "x")
    with sealed.drawer("pocket", SOON) as drawer:
        assert drawer.clear() == 2
        assert drawer.get("for good") == "x"


def test_without_a_key_nothing_is_kept_unsealed(database: Database) -> None:
    with pytest.raises(AssertionError, match="key file"), database.drawer("pocket", NOW):
        pass
