"""Totals: one amount to pay, and whether the document agrees with itself."""

from __future__ import annotations

import pytest

from bot.money import Money
from storage.readers._source import Unreadable
from storage.readers._totals import agree, payable
from storage.readers._xml import Element, parse


def totals(currency: str = "NOK", **amounts: str) -> Element:
    inside = "".join(f'<{name} currencyID="{currency}">{amount}</{name}>' for name, amount in amounts.items())
    return parse(f"<i><LegalMonetaryTotal>{inside}</LegalMonetaryTotal></i>".encode())


@pytest.mark.parametrize(
    "amounts",
    [
        {"PayableAmount": "802.00"},
        {"PayableAmount": "802.00", "TaxInclusiveAmount": "802"},
        {"PayableAmount": "802.00", "TaxInclusiveAmount": "1802.00", "PrepaidAmount": "1000"},
        {
            "PayableAmount": "802",
            "TaxInclusiveAmount": "1801.78",
            "PrepaidAmount": "1000",
            "PayableRoundingAmount": "0.22",
        },
        {
            "PayableAmount": "802",
            "TaxInclusiveAmount": "1802",
            "PrepaidAmount": "1000",
            "PayableRoundingAmount": "0.22",
        },
    ],
)
def test_totals_that_follow_from_each_other_agree(amounts: dict[str, str]) -> None:
    assert agree(totals(**amounts))


@pytest.mark.parametrize("payable", ["801.99", "1802", "-802"])
def test_totals_that_do_not_are_told(payable: str) -> None:
    assert not agree(totals(PayableAmount=payable, TaxInclusiveAmount="1802", PrepaidAmount="1000"))


def test_two_currencies_never_agree() -> None:
    mixed = b'<i><LegalMonetaryTotal><TaxInclusiveAmount currencyID="SEK">5</TaxInclusiveAmount>'
    root = parse(mixed + b'<PayableAmount currencyID="NOK">5</PayableAmount></LegalMonetaryTotal></i>')
    assert not agree(root)


def test_the_document_currency_stands_in_for_a_missing_one() -> None:
    root = parse(
        b"<i><DocumentCurrencyCode>EUR</DocumentCurrencyCode><TotalBalanceAmount>0</TotalBalanceAmount></i>"
    )
    assert payable(root) == Money(0, "EUR")


@pytest.mark.parametrize("written", ["12..34", "1 000.00", "1,50", "1e3", "١", "9" * 40])
def test_a_garbled_total_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="bad_amount"):
        payable(totals(PayableAmount=written))
