"""Which tone fits a letter: how far the matter has come, and how the customer has been."""

from __future__ import annotations

from dataclasses import dataclass

from bot.letters import Tone
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
