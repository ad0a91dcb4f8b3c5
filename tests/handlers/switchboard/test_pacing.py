from __future__ import annotations

import pytest

from bot.platforms import Pace, Place
from handlers.switchboard.pacing import Bucket, Pacer

HERE, THERE = Place("pocket", "here"), Place("pocket", "there")
GROUP = Place("pocket", "group", direct=False)


class Seconds:
    """A clock that counts seconds as it is told."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_a_burst_goes_at_once_and_the_rest_one_after_another() -> None:
    bucket = Bucket(rate=1, most=3, left=3, at=0)
    assert [bucket.wait(0) for _ in range(6)] == [0, 0, 0, 1, 2, 3]


def test_turns_come_back_with_time_and_no_more_than_a_burst_of_them() -> None:
    bucket = Bucket(rate=2, most=3, left=0, at=0)
    assert bucket.wait(0.5) == 0
    assert bucket.wait(0.5) == 0.5
    assert [bucket.wait(3600) for _ in range(4)] == [0, 0, 0, 0.5]


def test_one_who_waits_as_long_as_told_keeps_the_pace() -> None:
    bucket, at, shown = Bucket(rate=0.5, most=1, left=1, at=0), 0.0, []
    for _ in range(4):
        at += bucket.wait(at)
        shown.append(at)
    assert shown == [0, 2, 4, 6]


def test_one_chat_does_not_wait_for_another(seconds: Seconds) -> None:
    pacer = Pacer(Pace(chat=1, burst=1, overall=100), seconds)
    assert [pacer.wait(place) for place in (HERE, HERE, THERE)] == [0, 1, 0]


def test_a_group_has_a_pace_of_its_own(seconds: Seconds) -> None:
    pacer = Pacer(Pace(chat=1, burst=1, group=0.25), seconds)
    assert [pacer.wait(place) for place in (HERE, HERE, GROUP, GROUP)] == [0, 1, 0, 4]


def test_all_chats_together_keep_the_pace_of_the_platform(seconds: Seconds) -> None:
    pacer = Pacer(Pace(chat=100, burst=100, overall=2), seconds)
    waits = [pacer.wait(Place("pocket", str(n))) for n in range(5)]
    assert waits == [0, 0, 0.5, 1, 1.5]
    seconds.at += 60
    assert pacer.wait(HERE) == 0
