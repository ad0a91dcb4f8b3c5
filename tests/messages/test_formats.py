"""Days, amounts, counts and lists, as STYLE has them in each language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.money import Money
from messages.formats import Formats, capital, clip, commas, dots, formats, letter_formats
from messages.languages import codes, language
from tests.messages.letter_cases import facts

TODAY = date(2026, 11, 12)
FRIDAY = date(2026, 11, 20)
DUE = date(2026, 11, 3)
SPACE = "\u00a0"


def _say(code: str, *amounts: Money, own: str = "") -> Formats:
    return formats(language(code), amounts, today=TODAY, own=own)


@pytest.mark.parametrize(
    ("code", "day", "due", "short", "clock", "percent"),
    [
        ("nb", "fredag 20. november", "3. november", "03.11.2026", "kl._10.15", "12,25_%"),
        ("sv", "fredag 20 november", "3 november", "2026-11-03", "kl._10.15", "12,25_%"),
        ("da", "fredag den 20. november", "3. november", "03.11.2026", "kl._10.15", "12,25_%"),
        ("fi", "perjantaina 20.11.2026", "3.11.2026", "3.11.2026", "klo_10.15", "12,25_%"),
        ("en", "Friday 20 November", "3 November", "3 Nov 2026", "10:15", "12.25%"),
    ],
)
def test_days_times_and_rates_look_as_people_write_them(
    code: str, day: str, due: str, short: str, clock: str, percent: str
) -> None:
    say = _say(code)
    assert (say.day(FRIDAY), say.date(DUE), say.short(DUE)) == (day, due, short)
    assert say.clock(time(10, 15)) == clock.replace("_", SPACE)
    assert say.clock(datetime(2026, 11, 3, 10, 15, tzinfo=UTC)) == clock.replace("_", SPACE)
    assert say.percent(Decimal("12.25")) == percent.replace("_", SPACE)


def test_every_finnish_weekday_is_in_the_essive() -> None:
    said = {_say("fi").day(date(2026, 11, day)).split()[0] for day in range(16, 23)}
    assert said == {
        "maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"
    }  # fmt: skip


@pytest.mark.parametrize("code", codes())
def test_a_day_of_another_year_carries_its_year(code: str) -> None:
    say = _say(code)
    assert "2027" in say.day(date(2027, 1, 4))
    assert "2025" in say.date(date(2025, 12, 30))
    assert "2026" in say.day(FRIDAY, year=True)
    assert "2026" in say.date(FRIDAY, year=True)


@pytest.mark.parametrize(
    ("code", "currency", "whole", "broken"),
    [
        ("nb", "NOK", "12_500_kr", "12_500,50_kr"),
        ("sv", "SEK", "12_500_kr", "12_500,50_kr"),
        ("da", "DKK", "12.500_kr.", "12.500,50_kr."),
        ("fi", "EUR", "12_500,00_€", "12_500,50_€"),
        ("en", "NOK", "NOK_12,500", "NOK_12,500.50"),
        ("en", "EUR", "€12,500.00", "€12,500.50"),
    ],
)
def test_the_readers_own_currency_looks_as_at_home(code: str, currency: str, whole: str, broken: str) -> None:
    for minor, shown in ((1250000, whole), (1250050, broken)):
        amount = Money(minor, currency)
        assert _say(code, amount).money(amount) == shown.replace("_", SPACE)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("nb", "12_500,00_NOK"),
        ("sv", "12_500,00_NOK"),
        ("da", "12.500,00_NOK"),
        ("fi", "12_500,00_NOK"),
        ("en", "NOK_12,500.00"),
    ],
)
def test_a_foreign_currency_carries_its_code_and_its_decimals(code: str, shown: str) -> None:
    amount = Money(1250000, "NOK")
    assert _say(code, amount, own="ISK").money(amount) == shown.replace("_", SPACE)


def test_where_two_currencies_meet_both_carry_their_code() -> None:
    both = (Money(10000, "NOK"), Money(20000, "SEK"))
    assert _say("nb", *both).money(both) == "100,00_NOK og 200,00_SEK".replace("_", SPACE)


def test_one_amount_with_decimals_gives_them_to_all_beside_it() -> None:
    beside = {"invoices": (facts("nb").lines[0], Money(50, "NOK"))}
    assert formats(language("nb"), beside).money(Money(10000, "NOK")) == "100,00_kr".replace("_", SPACE)


def test_a_currency_without_decimals_never_shows_any() -> None:
    amount = Money(1250, "ISK")
    assert _say("nb", amount, own="NOK").money(amount) == "1_250_ISK".replace("_", SPACE)


def test_the_same_amount_is_kr_at_home_and_has_a_code_abroad() -> None:
    about = facts("sv")
    assert letter_formats(about).familiar
    assert not letter_formats(replace(about, cross_border=True)).familiar


@pytest.mark.parametrize(
    ("code", "one", "three", "many"),
    [
        ("nb", "én", "tre", "13"), ("sv", "en", "tre", "13"), ("da", "én", "tre", "13"),
        ("fi", "yksi", "kolme", "13"), ("en", "one", "three", "13"),
    ],
)  # fmt: skip
def test_counts_are_words_up_to_twelve(code: str, one: str, three: str, many: str) -> None:
    say = _say(code)
    assert [say.count(number) for number in (1, 3, 13)] == [one, three, many]
    assert say.count(0) == "0"
    assert len(language(code).numbers.words) == 12


def test_one_is_a_branch_of_its_own_and_follows_the_gender() -> None:
    say = _say("nb")
    assert say.number_of(1, "faktura", "fakturaer") == "én faktura"
    assert say.number_of(3, "faktura", "fakturaer") == "tre fakturaer"
    assert say.number_of(1, "avdrag", "avdrag", neuter=True) == "ett avdrag"


def test_days_since_a_day_ahead_are_none() -> None:
    say = _say("nb")
    assert say.days_since(DUE) == 9
    assert say.days_since(FRIDAY) == 0


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("nb", "1, 2 og 3"),
        ("sv", "1, 2 och 3"),
        ("da", "1, 2 og 3"),
        ("fi", "1, 2 ja 3"),
        ("en", "1, 2 and 3"),
    ],
)
def test_lists_end_with_and(code: str, shown: str) -> None:
    say = _say(code)
    assert say.listing([1, 2, 3]) == shown
    assert say.listing([1]) == "1"
    assert say.listing([]) == ""


def test_what_is_missing_leaves_no_gap_in_a_line() -> None:
    assert dots(["1042", "", "500 kr"]) == "1042 · 500 kr"
    assert commas(["Lars", "Lars", "", "22 33"]) == "Lars, 22 33"


def test_a_capital_changes_the_first_letter_only() -> None:
    assert capital("én faktura fra IKEA") == "Én faktura fra IKEA"
    assert capital("") == ""


@given(st.text())
def test_a_sellers_words_stay_on_one_line_of_at_most_eighty_characters(text: str) -> None:
    clipped = clip(text)
    assert len(clipped) <= 80
    assert "\n" not in clipped


def test_a_sellers_words_are_cut_between_words() -> None:
    assert clip("bread and " * 20) == "bread and " * 7 + "bread…"


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(codes()),
    st.sampled_from(["NOK", "SEK", "DKK", "EUR", "ISK"]),
)
def test_an_amount_keeps_every_digit(minor: int, code: str, currency: str) -> None:
    amount = Money(minor, currency)
    shown = _say(code, amount).money(amount)
    digits = "".join(char for char in shown if char.isdigit())
    whole = str(abs(amount.decimal.to_integral_value())) if amount.is_whole else ""
    assert digits.lstrip("0") in {str(abs(minor)).lstrip("0"), whole.lstrip("0")}
    assert not any(char.isspace() and char != SPACE for char in shown)


@given(st.integers(-(10**12), 10**12), st.sampled_from(codes()), st.sampled_from(["SEK", "EUR", "ISK"]))
def test_amounts_are_written_as_cldr_has_them(minor: int, code: str, currency: str) -> None:
    amount, locale = Money(minor, currency), language(code).locale
    pattern = "#,##0" if currency == "ISK" else "#,##0.00"
    bare = format_decimal(amount.decimal, pattern, locale=locale)
    assert bare in _say(code, amount, Money(1, "NOK")).money(amount)
