"""Tone: warm while it may be forgotten, firm in the last letter, the same for the same facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import tone
from bot.letters import TONES, Tone
from bot.payments import Habit

LATE = Habit(paid=4, late=4, usual_days=18)
NEVER_LATE = Habit(paid=4)


@pytest.mark.parametrize(
    ("level", "known", "chosen"),
    [
        (1, LATE, ("warm", "first_letter")),
        (1, Habit(), ("warm", "first_letter")),
        (2, LATE, ("neutral", "asked_before")),
        (2, Habit(), ("neutral", "asked_before")),
        (1, NEVER_LATE, ("warm", "never_late")),
        (2, NEVER_LATE, ("warm", "never_late")),
        (3, NEVER_LATE, ("firm", "last")),
        (4, LATE, ("firm", "last")),
    ],
)
def test_the_tone_follows_the_step_and_the_customer(
    level: int, known: Habit, chosen: tuple[Tone, str]
) -> None:
    assert tone.choose(level, 3, known) == tone.Choice(*chosen)


@given(st.integers(1, 5), st.builds(Habit, st.integers(0, 9), st.integers(0, 9), st.integers(0, 60)))
def test_no_later_letter_is_softer_than_an_earlier(last: int, known: Habit) -> None:
    chosen = [TONES.index(tone.choose(level, last, known).tone) for level in range(1, last + 1)]
    assert chosen == sorted(chosen) and TONES[chosen[-1]] == "firm"
