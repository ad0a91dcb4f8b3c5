"""Which tone fits a letter: how far the matter has come, and how the customer has been."""

from __future__ import annotations

from dataclasses import dataclass

from bot.letters import TONES, Tone
from bot.payments import Habit


@dataclass(frozen=True, slots=True)
class Choice:
    """A tone and the key of the reason the owner is told."""

    tone: Tone
    reason: str


def choose(level: int, last: int, habit: Habit) -> Choice:
    """Warm in the first letter and to who never was late, neutral once asked, firm in the last letter."""
    if level >= last:
        return Choice("firm", "last")
    if habit.paid and not habit.late:
        return Choice("warm", "never_late")
    if level <= 1:
        return Choice("warm", "first_letter")
    return Choice("neutral", "asked_before")


def warmer(tone: Tone) -> Tone:
    """One step softer, if there is one."""
    return TONES[max(TONES.index(tone) - 1, 0)]


def firmer(tone: Tone) -> Tone:
    """One step firmer, if there is one."""
    return TONES[min(TONES.index(tone) + 1, len(TONES) - 1)]
