"""Figures of a letter are held against the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.charges import Segment
from bot.letters import Charge, Facts, Line
from bot.money import Money
from messages.figures import Wrong, known, says_amount, says_day, says_number, says_rate, wrong

FACTS = Facts(
    kind="reminder", language="nb", today=date(2026, 11, 10), country="NO", business="Fjell Bakeri AS",
    owner="Kari",
    customer="Norrsken", totals=(Money.of("12500", "NOK"),), phone="22 33 44 55", account="1503 40 12345",
    pay_by=date(2026, 11, 20), fields={"fee": Money.of("35", "NOK")},
    lines=(Line(number="1042", amount=Money.of("12500", "NOK"), due=date(2026, 11, 3), reference="104208"),),
)  # fmt: skip


def found(text: str) -> list[Wrong]:
    return list(wrong(text, FACTS, known(FACTS)))


@pytest.mark.parametrize(
    "text",
    [
        "12 500 kr", "12.500,00 NOK", "NOK 12,500.00", "gebyr 35 kr", "0 kr", "3. november", "2026-11-20",
        "20.11",
        "fredag 20. november", "konto 15034012345", "1503.40.12345", "KID 104208", "faktura 1042",
        "22334455", "+47 22 33 44 55",
        "25 boller", "2 500 boller", "A4", "kl. 10.15", "10:15", "12,25 %",
        "se https://x.example/889900112233", "post@x99887766.example",
    ],
)  # fmt: skip
def test_what_the_books_say_and_what_is_no_figure_passes(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("12 600 kr", FACTS.totals[0]), ("12 500 EUR", FACTS.totals[0]), ("36 kr", Money.of("35", "NOK")),
        ("4. november", date(2026, 11, 3)), ("31. november", date(2026, 11, 20)),
        ("torsdag 20. november", date(2026, 11, 20)),
        ("1503 40 12346", "1503 40 12345"), ("104209", "104208"), ("1043", "1042"),
        ("22 33 44 56", "22 33 44 55"),
    ],
)  # fmt: skip
def test_what_differs_from_the_books_is_told_with_what_is_right(text: str, right: object) -> None:
    assert found(text) == [Wrong(text, right)]  # type: ignore[arg-type]


CHARGED = replace(
    FACTS,
    charges=(
        Charge(
            "interest", "1042", Money.of("4.20", "NOK"),
            (Segment(date(2026, 11, 4), date(2026, 11, 10), Money.of("12500", "NOK"), Decimal("12.25")),),
        ),
    ),
    fields={"business_number": "923609016", "customer_number": "DK24256790"},
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "rente 4,20 kr",
        "rente: 4,20",
        "renter i 7 dager",
        "rente 4. november",
        "12,25 %",
        "12.25%",
        "12,250 prosent",
        "fra 4. november til 10. november",
        "forfalt 3. november",
        "Forfalt: 3. november",
        "org.nr. 923 609 016",
        "CVR DK24256790",
        "CVR 24 25 67 90",
    ],
)
def test_what_is_reckoned_with_may_be_stated(text: str) -> None:
    assert not list(wrong(text, CHARGED, known(CHARGED)))


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("12,75 %", "12,75 %", Decimal("12.25")),
        ("15 prosent", "15 prosent", Decimal("12.25")),
        ("forfalt 4. november", "4. november", date(2026, 11, 3)),
        ("org.nr. 923 609 018", "923 609 018", "923609016"),
        ("rente: 4,10", "4,10", Money.of("4.20", "NOK")),
    ],
)
def test_a_rate_a_due_date_or_a_number_of_another_is_wrong(text: str, quote: str, right: object) -> None:
    assert list(wrong(text, CHARGED, known(CHARGED))) == [Wrong(quote, right)]  # type: ignore[arg-type]


def test_a_letter_says_a_rate_however_it_is_written() -> None:
    assert says_rate("renten er 12.250%", Decimal("12.25")) and not says_rate("12,2 %", Decimal("12.25"))


def test_a_letter_says_a_figure_however_it_is_written() -> None:
    text = "Betal 12.500,- til 1503.40.12345 senest 20/11"
    assert (
        says_amount(text, FACTS.totals[0])
        and says_day(text, date(2026, 11, 20))
        and says_number(text, FACTS.account)
    )
    assert not says_number("15034012345", "1503 40 1234")
