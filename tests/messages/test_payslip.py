"""How to pay, and the code for a telephone: exact to the character, absent when in doubt."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest

from bot.money import Money
from bot.parties import Business
from messages.payslip import Payslip, payslip, qr_png

FINNISH = Business(
    id="leipomo", name="Åsan Leipomo", country="FI", language="fi", account="FI21 1234 5600 0007 85"
)
SWEDISH = Business(
    id="bageri", name="Åsas Bageri", country="SE", language="sv", account="5050-1055", swish="123 785 69 01"
)
NORWEGIAN = Business(
    id="bakeri", name="Åsas Bakeri", country="NO", language="nb", account="12345678903", scheme="kid10"
)
DANISH = Business(id="bageri-dk", name="Åsas Bageri", country="DK", language="da", account="12345678")


def slip(business: Business, reference: str, amount: str, currency: str, message: str = "Lasku 7") -> Payslip:
    return payslip(business, reference, "", Money.of(amount, currency), message)


def test_a_finnish_invoice_is_paid_by_scanning_with_its_reference_in_international_form() -> None:
    paid = slip(FINNISH, "1234561", "1234.50", "EUR")
    assert paid.verified
    assert (paid.account, paid.reference) == ("FI21 1234 5600 0007 85", "12 34561")
    assert (paid.account_copy, paid.reference_copy) == ("FI2112345600000785", "1234561")
    assert (paid.account_label_key, paid.reference_label_key) == ("iban", "viite")
    assert paid.qr.split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Åsan Leipomo",
        "FI2112345600000785",
        "EUR1234.50",
        "",
        "RF341234561",
    ]


def test_without_a_reference_the_code_carries_the_message_on_one_line() -> None:
    lines = slip(FINNISH, "", "9", "EUR", "Lasku 7,\nkiitos").qr.split("\n")
    assert lines[7:] == ["EUR9.00", "", "", "Lasku 7, kiitos"]


def test_a_code_never_holds_more_than_banks_read() -> None:
    wordy = slip(replace(FINNISH, name="Å" * 90), "", "9", "EUR", "ö" * 300)
    assert wordy.qr == ""
    assert len(slip(replace(FINNISH, name="A" * 90), "", "9", "EUR", "o" * 300).qr.encode()) <= 331


def test_a_swedish_invoice_is_swished_with_nothing_to_edit() -> None:
    paid = slip(SWEDISH, "1234 5674", "100", "SEK")
    assert paid.qr == "C1237856901;100,00;12345674;0"
    assert (paid.account, paid.account_label_key, paid.reference_label_key) == (
        "5050-1055",
        "bankgiro",
        "ocr",
    )


def test_a_swish_message_cannot_break_the_code() -> None:
    assert slip(SWEDISH, "", "1.5", "SEK", "Räkning; 7").qr == "C1237856901;1,50;R%C3%A4kning%3B%207;0"


@pytest.mark.parametrize("swish", ["", "070 123 45 67", "12378569012"])
def test_no_swish_code_without_a_business_number(swish: str) -> None:
    assert slip(replace(SWEDISH, swish=swish), "12345674", "100", "SEK").qr == ""


def test_a_norwegian_invoice_shows_account_and_kid_and_no_code() -> None:
    paid = slip(NORWEGIAN, "0010017", "100", "NOK")
    assert paid.verified
    assert (paid.account, paid.account_label_key) == ("1234.56.78903", "account")
    assert (paid.reference, paid.reference_label_key, paid.qr) == ("0010017", "kid", "")


def test_a_danish_payment_id_is_shown_and_copied_as_its_whole_line() -> None:
    paid = slip(DANISH, "000000000000018", "100", "DKK")
    assert paid.verified
    assert paid.reference == paid.reference_copy == "+71<000000000000018+12345678<"
    assert paid.reference_label_key == paid.account_label_key == "fik"


def test_a_line_to_someone_else_is_not_verified() -> None:
    assert not slip(DANISH, "+71<000000000000018+87654321<", "100", "DKK").verified


def test_an_unverified_reference_gets_no_code() -> None:
    wrong = slip(replace(SWEDISH, scheme="ocr"), "12345675", "100", "SEK")
    unknown = slip(FINNISH, "INV-7", "100", "EUR")
    assert (wrong.verified, wrong.qr) == (unknown.verified, unknown.qr) == (False, "")
    assert (unknown.reference, unknown.reference_label_key) == ("INV-7", "reference")


def test_a_business_that_uses_words_as_reference_gets_its_code() -> None:
    words = slip(replace(FINNISH, scheme="none"), "INV-7", "100", "EUR")
    assert words.verified
    assert words.reference_copy == "INV-7"
    assert words.qr.endswith("\n\n\nINV-7")


def test_a_wrong_account_gets_no_code() -> None:
    wrong = slip(replace(FINNISH, account="FI2112345600000784"), "1234561", "100", "EUR")
    assert (wrong.verified, wrong.qr) == (False, "")


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_nothing_left_to_pay_gets_no_code(amount: str) -> None:
    assert slip(FINNISH, "1234561", amount, "EUR").qr == slip(SWEDISH, "12345674", amount, "SEK").qr == ""


def test_the_invoices_own_account_comes_before_the_usual_one() -> None:
    other = payslip(NORWEGIAN, "0010017", "86011117947", Money.of("1", "NOK"), "")
    assert other.account == "8601.11.17947"


def test_the_picture_is_large_enough_to_scan() -> None:
    code = slip(FINNISH, "1234561", "1234.50", "EUR").qr
    width, height = struct.unpack(">II", qr_png(code)[16:24])
    assert width == height >= 200
