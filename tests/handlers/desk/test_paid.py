"""How much came, and when, as the owner says it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.desk.paid import amount_and_day
from tests.handlers.talk import Talk

TODAY, YESTERDAY, TWENTIETH = date(2026, 11, 25), date(2026, 11, 24), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "amount", "day"),
    [
        ("", "", TODAY),
        ("500", "500", TODAY),
        ("500 yesterday", "500", YESTERDAY),
        ("yesterday", "", YESTERDAY),
        ("on 20 November", "", TWENTIETH),
        ("2026-11-20", "", TWENTIETH),
        ("500 20.11.", "500", TWENTIETH),
        ("20.11", "20.11", TODAY),
        ("plenty yesterday", "plenty", YESTERDAY),
    ],
)
def test_words_are_taken_apart(words: str, amount: str, day: date, talk: Talk) -> None:
    with talk.desk() as desk:
        rest, found = amount_and_day(words, desk)
    assert (rest.strip(), found) == (amount, day)
