"""The hands of the clock: one transaction, and what was said in it heard only once it is kept."""

from __future__ import annotations

import logging
from contextlib import suppress

import pytest

from bot.chat import Card, Posted
from handlers.letterbox.hands import Hands, Outcome, opened
from storage.engine import Database
from tests import cast
from tests.handlers.day import BAKERY, Day, approved
from tests.mailserver import MailServer


@pytest.fixture
def day(blank_database: Database) -> Day:
    blank_database.add_business(cast.ASAS_BAGERI)
    return Day(blank_database, MailServer(port=9))


def test_what_is_said_is_heard_once_it_is_kept(day: Day) -> None:
    with opened(day.hands(), BAKERY) as page:
        page.say(Card("One.", more=(Card("Two."),)))
        assert not day.heard
    assert [line.card.text for line in day.heard] == ["One.", "Two."]
    with day.books() as books:
        assert len(books.lines.recent()) == 2


def test_what_is_said_in_work_that_breaks_is_neither_kept_nor_heard(day: Day) -> None:
    with suppress(ZeroDivisionError), opened(day.hands(), BAKERY) as page:
        page.say(Card("One."))
        raise ZeroDivisionError
    assert not day.heard
    with day.books() as books:
        assert not books.lines.recent()


def test_no_fault_in_a_card_undoes_what_it_tells_of(day: Day, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> Card:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR), opened(day.hands(report=broken), BAKERY) as page:
        page.say(Card("One."))
        page.report(approved(), Outcome("sent"))
    assert [line.card.text for line in day.heard] == ["One."]
    assert "no card for a letter that is sent" in caplog.text


def test_silence_says_nothing_and_publishes_nothing(day: Day) -> None:
    told: list[tuple[Posted, ...]] = []
    hands: Hands = day.hands(publish=lambda business, lines: told.append(lines))
    with opened(hands, BAKERY) as page:
        page.say(None)
    assert not told


def test_the_day_is_the_businesss_own(day: Day) -> None:
    day.now = day.now.replace(hour=23, minute=30)
    with opened(day.hands(), BAKERY) as page:
        assert page.today.day == day.now.day + 1
