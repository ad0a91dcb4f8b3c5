"""The round of retention: once a day, until nothing is left, and one business that breaks stops no other."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.rounds.retention import Keeping
from storage.imports import Import
from storage.retention import MOST
from tests.handlers.talk import MORNING, Talk


def old_files(talk: Talk, count: int) -> None:
    with talk.books() as books:
        for n in range(count):
            books.imports.add(
                Import(f"old{n}", "list.csv", MORNING - timedelta(days=91), b"rows", documents=1)
            )


def kept(talk: Talk) -> int:
    with talk.books() as books:
        return sum(bool(seen.content) for n in range(2 * MOST) if (seen := books.imports.seen(f"old{n}")))


def test_a_business_is_seen_to_once_a_day_until_nothing_is_left(talk: Talk) -> None:
    keeping = Keeping(talk.house.app.database, talk.house.clock)
    old_files(talk, MOST + 1)
    keeping()
    assert kept(talk) == 1
    keeping()
    keeping()
    assert kept(talk) == 0
    with talk.books() as books:
        books.imports.add(Import("old0x", "list.csv", MORNING - timedelta(days=91), b"rows", documents=1))
    keeping()
    with talk.books() as books:
        assert books.imports.get("old0x").content
    talk.house.clock.at += timedelta(days=1)
    keeping()
    with talk.books() as books:
        assert not books.imports.get("old0x").content


def test_one_business_that_breaks_stops_no_other(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    database = talk.house.app.database
    database.add_business(replace(talk.house.business, id="abroad", country="XX"))
    old_files(talk, 1)
    with caplog.at_level(logging.ERROR):
        Keeping(database, talk.house.clock)()
    assert kept(talk) == 0
    assert "abroad" in caplog.text
