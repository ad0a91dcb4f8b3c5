"""Specimens: every sort of letter has something that it could be about, and states it."""

from __future__ import annotations

from datetime import date

import pytest

from bot import drafts
from bot.countries import codes
from bot.letters import LADDER
from bot.specimens import AMOUNTS, OCCASIONS, READER, specimen
from bot.wording import MARKS, Sort, worded_as
from tests.cast import ASAS_BAGERI

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("sort", OCCASIONS)
def test_a_letter_that_is_shown_is_of_its_sort_and_asks_for_what_was_made_up(sort: Sort, count: int) -> None:
    about = specimen(count, ASAS_BAGERI, TODAY, "sv", "Två lådor var tomma")
    facts = drafts.facts(about.case, about.claims, ASAS_BAGERI, OCCASIONS[sort](about), TODAY, "sv")
    assert worded_as(facts) == (sort, "neutral")
    assert [line.amount.minor for line in facts.lines] == [*AMOUNTS[:count]]
    assert facts.customer == READER.name
    assert facts.fields.get("issue") in (None, "Två lådor var tomma")
    ahead = [value for key, value in facts.fields.items() if key in ("reply_by", "hold_until", "answer_day")]
    assert all(isinstance(day, date) and day > TODAY for day in ahead if day)


def test_all_letters_but_those_of_the_ladder_are_made_up() -> None:
    assert {*OCCASIONS} == {*MARKS} - LADDER


@pytest.mark.parametrize("country", codes())
def test_it_is_in_the_money_of_the_country(country: str) -> None:
    home = ASAS_BAGERI.__class__(id="b", name="Bageri", country=country, language="en")
    about = specimen(2, home, TODAY, "en")
    assert {c.amount.currency for c in about.claims} == {about.money(1).currency}
    assert about.day > TODAY and about.answer > TODAY
