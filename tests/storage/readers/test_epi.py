"""The payment slip of a Finvoice: reference, account, and whether what is asked agrees with the total."""

from __future__ import annotations

import pytest

from bot.money import Money
from storage.readers._epi import SLIP, account, agrees, money_at, reference
from storage.readers._source import Unreadable
from storage.readers._xml import Element, parse


def slip(inside: str, details: str = "") -> Element:
    return parse(
        f"<Finvoice><InvoiceDetails>{details}</InvoiceDetails><EpiDetails><EpiPaymentInstructionDetails>"
        f"{inside}</EpiPaymentInstructionDetails></EpiDetails></Finvoice>".encode()
    )


@pytest.mark.parametrize(
    ("written", "read"), [("0000 0001 0016", "10016"), ("RF18 1001 6", "RF1810016"), ("", "")]
)
def test_a_reference_without_what_fills_it_up(written: str, read: str) -> None:
    found = slip(f"<EpiRemittanceInfoIdentifier>{written}</EpiRemittanceInfoIdentifier>")
    assert reference(found) == read


def test_the_account_of_the_slip_or_else_the_first_of_the_seller() -> None:
    own = "<SellerInformationDetails><SellerAccountDetails><SellerAccountID>FI21 1</SellerAccountID>"
    root = parse(f"<Finvoice>{own}</SellerAccountDetails></SellerInformationDetails></Finvoice>".encode())
    assert account(root) == "FI211"


def test_an_amount_is_read_with_its_currency_and_an_empty_one_is_none() -> None:
    path = (*SLIP, "EpiInstructedAmount")
    found = slip('<EpiInstructedAmount AmountCurrencyIdentifier="EUR">1 250,50</EpiInstructedAmount>')
    assert money_at(found, *path) == Money(125_050, "EUR")
    assert money_at(slip("<EpiInstructedAmount/>"), *path) is None
    with pytest.raises(Unreadable):
        money_at(slip("<EpiInstructedAmount>1,00</EpiInstructedAmount>"), *path)


@pytest.mark.parametrize(
    ("details", "owed", "agreed"),
    [
        ("", 1000, True),
        ("", 900, False),
        ('<InvoicePaidAmount AmountCurrencyIdentifier="EUR">1,00</InvoicePaidAmount>', 900, True),
        (
            '<InvoiceTotalRoundoffAmount AmountCurrencyIdentifier="EUR">0,02</InvoiceTotalRoundoffAmount>',
            1002,
            True,
        ),
        ('<InvoicePaidAmount AmountCurrencyIdentifier="SEK">1,00</InvoicePaidAmount>', 900, False),
    ],
)
def test_whether_what_is_asked_agrees_with_the_total(details: str, owed: int, agreed: bool) -> None:
    assert agrees(slip("", details), Money(owed, "EUR"), Money(1000, "EUR")) is agreed
