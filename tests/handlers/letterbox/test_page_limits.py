"""How often a caller is answered: so many, coming back evenly, in memory that does not grow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.letterbox.page_limits import Allowance, caller


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_so_many_are_answered_and_then_again_as_time_goes_by() -> None:
    watch = Watch()
    allowance = Allowance(3, 60, clock=watch)
    assert [allowance.take("a") for _ in range(4)] == [0, 0, 0, 20]
    assert allowance.take("b") == 0
    watch.at = 19
    assert allowance.take("a") == 1
    watch.at = 20
    assert [allowance.take("a"), allowance.take("a")] == [0, 20]


def test_whoever_waits_as_long_as_told_is_answered() -> None:
    watch = Watch()
    allowance = Allowance(7, 600, clock=watch)
    for _ in range(50):
        wait = allowance.take("a")
        watch.at += wait
    assert allowance.take("a") == 0


@given(st.lists(st.floats(0, 100), max_size=60))
def test_never_more_than_the_burst_and_what_time_brings_back(pauses: list[float]) -> None:
    watch = Watch()
    allowance = Allowance(5, 50, clock=watch)
    answered = 0
    for pause in pauses:
        watch.at += pause
        answered += allowance.take("a") == 0
        assert answered <= 5 + watch.at / 10 + 1e-6


def test_the_caller_longest_unseen_is_forgotten_first() -> None:
    allowance = Allowance(1, 60, clock=Watch(), keys=2)
    allowance.take("a"), allowance.take("b"), allowance.take("a")
    allowance.take("c")
    assert [allowance.take("a") > 0, allowance.take("c") > 0, allowance.take("b")] == [True, True, 0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::1%eth1", True),
        ("", "testclient", False),
    ],
)
def test_a_long_address_stands_for_its_whole_household(one: str, other: str, same: bool) -> None:
    assert (caller(one) == caller(other)) == same
