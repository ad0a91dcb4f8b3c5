"""Reaching a customer: by which way and at which hours, told only where it is clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import Case
from bot.reach import CLEAR, LAST, LEAST, Hours, Reach, best_way, usual_hours
from bot.replies import Call, Meaning, Outcome, Reply, Source
from tests.cast import CAFE_NORRSKEN, noon

ZONE = "Europe/Stockholm"
MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
sources = st.sampled_from(["mail", "page", "pasted", "bounce", "phone"])


def reply(day: int, source: Source = "mail", meaning: Meaning | None = "other") -> Reply:
    return Reply(
        id=f"{day} {source}",
        customer="norrsken",
        text="Hej",
        at=noon(MONDAY + day * DAY),
        source=source,
        meaning=meaning,
    )


def call(day: int, outcome: Outcome = "reached") -> Call:
    return Call(id=f"{day}", customer="norrsken", day=MONDAY + day * DAY, outcome=outcome)


def way(*found: Reply | Call) -> Reach | None:
    replies = tuple(x for x in found if isinstance(x, Reply))
    calls = tuple(x for x in found if isinstance(x, Call))
    return best_way(Case(customer=CAFE_NORRSKEN, replies=replies, calls=calls), ZONE)


def test_who_took_the_telephone_three_times_of_four_answers_best_by_it() -> None:
    assert way(call(1), call(2), reply(3), call(4)) == Reach("phone", 3, 4)


@pytest.mark.parametrize(
    "found",
    [
        (),
        (call(1), call(2)),
        (call(1), call(2), reply(3), reply(4)),
        (call(1), call(2), reply(3), reply(4, "page")),
        (call(1, "voicemail"), call(2, "not_reached"), call(3, "voicemail"), call(4)),
    ],
    ids=["nothing", "twice", "as often", "half", "nobody there"],
)
def test_what_is_not_clear_is_not_told(found: tuple[Reply | Call, ...]) -> None:
    assert way(*found) is None


def test_what_was_pasted_counts_against_every_way_and_for_none() -> None:
    pasted = [reply(n, "pasted") for n in range(4)]
    assert way(*pasted) is None
    assert way(reply(5), reply(6), *pasted[:1]) == Reach("mail", 2, 3)
    assert way(reply(5), reply(6), *pasted[:2]) is None


def test_a_letter_that_came_back_and_a_machine_are_no_answers() -> None:
    machines = [reply(n, "mail", "away") for n in range(4)]
    back = [reply(n, "bounce") for n in range(4, 8)]
    assert way(*machines, *back) is None
    assert way(*machines, *back, call(9), call(10), call(11)) == Reach("phone", 3, 3)


def test_several_mails_of_one_day_are_one_answer() -> None:
    several = [reply(1), reply(2), *(reply(3, m) for m in ("mail", "page"))]
    again = Reply(id="x", customer="norrsken", text="Ps", at=noon(MONDAY + DAY), source="mail")
    assert way(*several, again) == Reach("mail", 3, 4)


def test_what_was_long_ago_is_forgotten() -> None:
    assert way(*(reply(n) for n in range(9)), *(call(n) for n in range(10, 16))) == Reach("phone", 6, 6)


@given(st.lists(st.tuples(sources, st.integers(0, 40)), max_size=12))
def test_whatever_is_told_is_most_of_few_enough_answers(found: list[tuple[Source, int]]) -> None:
    told = way(*(reply(day, source) for source, day in found))
    if told:
        assert told.way != "other" and LEAST <= told.out_of <= LAST
        assert CLEAR * told.out_of <= told.count <= told.out_of


def mailed(*hours: str, source: Source = "mail", after: int = 5) -> tuple[Reply, ...]:
    """An answer each day, written at these hours of Stockholm, and read some minutes later."""
    found = []
    for n, hour in enumerate(hours):
        at = datetime.fromisoformat(f"2026-11-{16 + n}T{hour}:00+01:00").astimezone(UTC)
        found.append(
            Reply(
                id=f"{n}",
                customer="norrsken",
                text="Hej",
                at=at + timedelta(minutes=after),
                source=source,
                written=at if source == "mail" else None,
            )
        )
    return tuple(found)


def hours(*replies: Reply, zone: str = ZONE) -> Hours | None:
    return usual_hours(Case(customer=CAFE_NORRSKEN, replies=replies), zone)


def test_who_writes_before_lunch_is_known_to() -> None:
    assert hours(*mailed("09:05", "10:40", "09:50", "10:15")) == Hours(9, 11)
    assert hours(*mailed("09:05", "10:40", "09:50", "10:15"), zone="Europe/Helsinki") == Hours(10, 12)


def test_one_at_an_odd_hour_changes_nothing() -> None:
    assert hours(*mailed("09:05", "22:10", "10:40", "09:50", "11:15")) == Hours(9, 12)


@pytest.mark.parametrize(
    "written",
    [("09:05", "10:40", "09:50"), ("07:00", "11:00", "15:00", "20:00"), ("09:00", "09:30", "14:00", "15:30")],
    ids=["three", "all day", "half"],
)
def test_hours_that_are_not_clear_are_not_told(written: tuple[str, ...]) -> None:
    assert hours(*mailed(*written)) is None


def test_an_hour_that_cannot_be_is_not_believed() -> None:
    assert hours(*mailed("09:05", "10:40", "09:50", "10:15", after=60 * 24 * 9)) is None
    assert hours(*mailed("09:05", "10:40", "09:50", "10:15", after=-90)) is None


def test_the_page_tells_the_hour_and_what_was_pasted_does_not() -> None:
    assert hours(*mailed("09:05", "10:40", "09:50", "10:15", source="page")) == Hours(9, 11)
    assert hours(*mailed("09:05", "10:40", "09:50", "10:15", source="pasted")) is None


def test_of_a_long_exchange_on_one_day_the_first_mail_counts() -> None:
    chatty = mailed("09:05", "10:40", "09:50")
    same_day = tuple(
        replace(r, id=f"again {r.id}", written=r.at - timedelta(minutes=1), at=r.at) for r in chatty
    )
    assert hours(*chatty, *same_day) is None
