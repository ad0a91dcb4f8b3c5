"""What every country's file must hold, whichever there are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import bot.countries
from bot import references, workdays
from bot.countries import Country, Law, codes, country, spoken
from bot.parties import LANGUAGES

FILES = [path for path in Path(bot.countries.__file__).parent.glob("*.py") if path.name != "__init__.py"]

every_country = pytest.mark.parametrize("here", [country(code) for code in codes()], ids=codes())

LAWS = {code: law for code in codes() if (law := country(code).law)}
every_law = pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)

NUMBERS = {"NO": "974760673", "SE": "5560473521", "DK": "24256790", "FI": "20774740"}


def test_each_file_is_a_country_and_the_four_are_there() -> None:
    assert len(FILES) == len(codes())
    assert set(codes()) >= {"NO", "SE", "DK", "FI"}


def test_an_unknown_country_says_which_there_are() -> None:
    with pytest.raises(ValueError, match="no country 'UK': there is DK, "):
        country("UK")


@every_country
def test_the_code_currency_and_zone_are_real(here: Country) -> None:
    assert re.fullmatch("[A-Z]{2}", here.code)
    assert re.fullmatch("[A-Z]{3}", here.currency)
    assert ZoneInfo(here.zone).key == here.zone


@every_country
def test_letters_are_written_in_a_language_we_speak(here: Country) -> None:
    assert set(here.languages) <= set(LANGUAGES)
    assert spoken(here.code) == here.language


@every_country
def test_the_first_reminder_waits_for_money_on_its_way(here: Country) -> None:
    assert here.ladder[0] >= 5


@every_country
def test_letters_keep_the_distance_that_custom_and_law_ask(here: Country) -> None:
    assert all(later - earlier >= here.gap for earlier, later in pairwise(here.ladder))
    assert here.spacing is None or here.gap > here.spacing.value


@every_country
def test_a_letter_comes_only_after_the_last_day_a_final_notice_would_give(here: Country) -> None:
    assert here.gap > here.notice.value


@every_country
def test_reminders_end(here: Country) -> None:
    assert len(here.ladder) == here.cap
    assert 0 < here.call_after < here.cap


@every_country
def test_every_figure_of_law_names_its_source_and_when_it_was_looked_up(here: Country) -> None:
    for figure in filter(None, (here.spacing, here.notice, here.bookkeeping)):
        assert "§" in figure.source
        assert figure.value > 0
        assert figure.verified >= date(2026, 11, 21)


@every_country
def test_every_scheme_is_known_and_free_text_comes_last(here: Country) -> None:
    assert set(here.schemes) <= set(references.SCHEMES)
    assert here.schemes[-1] == "none"


@every_country
def test_a_company_number_of_the_country_holds_and_one_wrong_digit_does_not(here: Country) -> None:
    number = NUMBERS[here.code]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert references.number_valid(references.pretty_number(number, here.code), here.code)
    assert not references.number_valid(wrong, here.code)
    assert references.pretty_number(wrong, here.code) == wrong


@every_country
def test_banks_rest_at_new_year_easter_and_christmas(here: Country) -> None:
    resting = (date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2026, 12, 25))
    assert not any(workdays.is_bank_day(day, here.code) for day in resting)


@every_law
def test_every_rate_names_its_source_and_the_half_years_follow_one_another(law: Law) -> None:
    rows = law.half_years
    assert all(row.source and row.verified >= date(2026, 11, 21) for row in rows)
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(rows))


@every_law
def test_the_running_half_year_has_its_rate_or_a_row_that_says_nobody_has_verified_it(law: Law) -> None:
    """When this fails, a half-year has begun: look the rate up, and add its line to the country's file."""
    assert law.half_year(date.today())


@every_law
def test_every_dated_figure_of_its_law_names_a_source(law: Law) -> None:
    figures = [*law.years, *(law.compensation or ()), law.demand_days, law.plan_fee, law.handover_fee]
    for figure in filter(None, [*figures, law.years_acknowledged_sum, law.doors.ceiling]):
        assert figure.source and figure.value > 0 and figure.verified >= date(2026, 11, 21)


@every_law
def test_each_part_of_an_answer_has_a_statute_to_cite(law: Law) -> None:
    parts = {
        "reminder",
        "count",
        "notice",
        "routes",
        "compensation",
        "set_off",
        "interest",
        "agreed",
        "limitation",
    }
    assert parts <= law.sources.keys()
    assert ("demand" in law.sources) is (law.demand is not None)
