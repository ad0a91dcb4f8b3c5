"""A clock that is set, jumps, or stands still: one digest a day, no letter early, none from a zombie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.letters import Letter
from bot.seasons import Season
from storage.books import Books
from tests.blank import blank_books
from tests.handlers.day import MORNING, Day, approved, day
from tests.mailserver import MailServer, mail_server

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def today(tmp_path: Path, mail: MailServer) -> Iterator[Day]:
    mail.messages.clear()
    with day(f"sqlite:///{blank_books(tmp_path)}", mail) as begun:
        yield begun


def days(today: Day) -> list[str]:
    """The days for which there was a digest, in the order they were told."""
    return [line.split()[1] for line in today.nudges]


def at(today: Day, *moments: datetime) -> None:
    """The clock says this, then that; at each it is at work."""
    for moment in moments:
        today.now = moment
        today.run()


def test_an_hour_back_and_forth_gives_one_digest_and_one_letter(today: Day) -> None:
    today.plan()
    at(today, MORNING, MORNING - HOUR, MORNING, MORNING + HOUR, MORNING - HOUR, MORNING + 2 * HOUR)
    assert days(today) == ["2026-11-25"]
    assert (len(today.server.messages), today.told) == (1, ["sent"])


def test_a_letter_waits_for_its_time_when_the_clock_is_put_back(today: Day) -> None:
    today.plan(replace(approved(), send_at=MORNING + timedelta(minutes=10)))
    at(today, MORNING, MORNING - HOUR, MORNING + timedelta(minutes=9))
    assert today.server.messages == []
    at(today, MORNING + timedelta(minutes=10))
    assert len(today.server.messages) == 1


def test_a_day_ahead_and_back_gives_one_digest_for_each_day(today: Day) -> None:
    at(today, MORNING, MORNING + DAY, MORNING, MORNING + HOUR, MORNING + DAY, MORNING + 2 * DAY)
    assert days(today) == ["2026-11-25", "2026-11-26", "2026-11-27"]


def test_a_day_back_says_nothing_again(today: Day) -> None:
    at(today, MORNING, MORNING - DAY, MORNING, MORNING + DAY)
    assert days(today) == ["2026-11-25", "2026-11-26"]


def test_a_clock_that_was_years_ahead_for_a_minute_does_not_silence_the_digests(today: Day) -> None:
    at(today, MORNING, MORNING + 800 * DAY, MORNING + HOUR, MORNING + DAY, MORNING + 2 * DAY)
    assert days(today) == ["2026-11-25", "2029-02-02", "2026-11-26", "2026-11-27"]


def test_nor_a_clock_that_was_months_ahead_where_there_is_a_quiet_season(today: Day) -> None:
    """The digest it planned is no further away than a season may be long."""
    with today.books() as books:
        season = Season(first=date(2027, 7, 5), last=date(2027, 7, 30))
        books.save_business(replace(books.business, seasons=(season,)))
    at(today, MORNING, MORNING + 61 * DAY, MORNING + HOUR, MORNING + DAY)
    assert days(today) == ["2026-11-25", "2027-01-25", "2026-11-26"]


def test_a_long_season_is_no_clock_that_ran_ahead(today: Day) -> None:
    with today.books() as books:
        season = Season(first=date(2026, 11, 26), last=date(2027, 1, 20))
        books.save_business(replace(books.business, seasons=(season,)))
    at(today, *(MORNING + n * DAY for n in range(0, 64, 7)))
    assert days(today) == ["2026-11-25", "2027-01-27"]


def test_a_long_pause_is_no_clock_that_ran_ahead(today: Day) -> None:
    with today.books() as books:
        books.save_business(replace(books.business, paused_until=(MORNING + 90 * DAY).date()))
    at(today, *(MORNING + n * DAY for n in range(0, 98, 7)))
    assert days(today) == ["2027-02-24"]


@pytest.mark.parametrize(
    ("friday", "monday"),
    [("2026-10-23T06:00Z", "2026-10-26T07:00Z"), ("2026-03-27T07:00Z", "2026-03-30T06:00Z")],
    ids=["when summer time ends", "when it begins"],
)
def test_the_digest_comes_at_the_owners_eight_o_clock_and_once(today: Day, friday: str, monday: str) -> None:
    """The clock looks twice an hour from Friday to Monday evening, as far as there is something to see."""
    first, told = datetime.fromisoformat(friday), []
    with today.books() as books:
        books.set_next_nudge(first)
    for half in range(-4, 2 * 24 * 3 + 20):
        today.now = first + half * timedelta(minutes=30)
        if today.database.due_nudges(today.now):
            today.run()
            told.append(today.now)
    assert told == [first, datetime.fromisoformat(monday)]
    assert days(today) == [friday[:10], monday[:10]]


@pytest.mark.parametrize(
    ("slept", "goes"),
    [
        (timedelta(seconds=20), True),
        (timedelta(minutes=4, seconds=59), True),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(hours=2), False),
        (timedelta(days=2, hours=14), False),
        (-timedelta(seconds=5), False),
        (-HOUR, False),
    ],
    ids=["a moment", "under half", "over half", "two hours", "a weekend", "put back a little", "put back"],
)
def test_a_claim_whose_age_is_over_half_or_not_known_sends_nothing(
    today: Day, slept: timedelta, goes: bool
) -> None:
    """The claim lasts ten minutes here; what was put back goes in the next round, if it is still true."""
    today.plan()
    hands = today.hands()
    pack = hands.pack

    def slow(books: Books, letter: Letter, key: str) -> EmailMessage:
        packed = pack(books, letter, key)
        today.now += slept
        return packed

    today.run(replace(hands, pack=slow))
    assert len(today.server.messages) == int(goes)
    assert today.letter.state == ("sent" if goes else "approved")
    today.now = MORNING + 3 * DAY
    today.run()
    assert (len(today.server.messages), today.told) == (1, ["sent"])


def test_what_was_paid_while_the_machine_slept_is_not_asked_for(today: Day) -> None:
    """Closed on Friday between the claim and the mail server, opened on Monday."""
    today.plan()
    hands = today.hands()
    pack = hands.pack

    def asleep(books: Books, letter: Letter, key: str) -> EmailMessage:
        today.now += timedelta(days=2, hours=14)
        return pack(books, letter, key)

    today.run(replace(hands, pack=asleep))
    today.pay()
    today.run()
    assert today.server.messages == []
    assert today.told == ["stopped paid_meanwhile"]
