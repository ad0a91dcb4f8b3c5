"""References, accounts and company numbers, as bank files and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from bot import references
from bot.references import Fik, pretty, pretty_account, recognise, valid, valid_account

bases = st.text("0123456789", min_size=3, max_size=19)


@pytest.mark.parametrize(
    ("reference", "scheme"),
    [
        ("0010017", "kid10"),
        ("1000005-", "kid11"),
        ("12345678903", "kid11"),
        ("12345674", "ocr"),
        ("1234 567-4", "ocr"),
        ("123456790", "ocr_length"),
        ("000000000000018", "fik71"),
        ("+71< 000000000000018 +12345678<", "fik71"),
        ("0000000202610473", "fik75"),
        ("+73<+12345678<", "fik73"),
        ("8685 1625 9619 897", "fi"),
        ("rf34 1234561", "rf"),
        ("Faktura 7", "none"),
    ],
)
def test_a_reference_holds(reference: str, scheme: str) -> None:
    assert valid(reference, scheme)


@pytest.mark.parametrize(
    ("reference", "scheme"),
    [
        ("0010018", "kid10"),
        ("1", "kid10"),
        ("-", "kid11"),
        ("12345675", "kid11"),
        ("1" * 26, "ocr"),
        ("12345674", "ocr_length"),
        ("18", "fik71"),
        ("000000000000018", "fik75"),
        ("+71<000000000000019+12345678<", "fik71"),
        ("+75<0000000202610473+12345678<", "fik71"),
        ("", "fik73"),
        ("123", "fi"),
        ("0000", "fi"),
        ("123456789012345678901", "fi"),
        ("RF19539007547034", "rf"),
        ("XX18539007547034", "rf"),
        ("RF3４1234561", "rf"),
        ("  ", "none"),
    ],
)
def test_a_reference_does_not_hold(reference: str, scheme: str) -> None:
    assert not valid(reference, scheme)


@pytest.mark.parametrize("scheme", [scheme for scheme in references.SCHEMES if scheme != "none"])
@given(st.text(max_size=30))
def test_any_text_gets_an_answer(scheme: str, text: str) -> None:
    assert valid(text, scheme) in (True, False)


@given(bases)
def test_one_wrong_digit_is_noticed(base: str) -> None:
    right = luhn.calc_check_digit(base)
    assert [digit for digit in "0123456789" if valid(base + digit, "kid10")] == [right]


@given(bases)
def test_every_base_has_exactly_one_check_character(base: str) -> None:
    assert sum(valid(base + end, "kid11") for end in "0123456789-") == 1
    assert sum(valid(f"1{base}{end}", "fi") for end in "0123456789") == (len(base) < 19)


@given(bases.filter(lambda base: base.strip("0")))
def test_a_finnish_reference_becomes_an_international_one(base: str) -> None:
    (finnish,) = (base + end for end in "0123456789" if valid(base + end, "fi"))
    assert valid(references.as_rf(finnish), "rf")


def test_an_unknown_scheme_is_named() -> None:
    with pytest.raises(ValueError, match="no reference scheme 'bic'"):
        valid("1", "bic")


@pytest.mark.parametrize(
    ("reference", "country", "scheme"),
    [
        ("0010017", "NO", "kid10"),
        ("1000005-", "NO", "kid11"),
        ("12345674", "SE", "ocr"),
        ("+71<000000000000018+12345678<", "DK", "fik71"),
        ("+73<+12345678<", "DK", "fik73"),
        ("20268", "FI", "fi"),
        ("RF341234561", "SE", "rf"),
        ("INV-7", "NO", ""),
        ("", "DK", ""),
    ],
)
def test_a_reference_is_recognised(reference: str, country: str, scheme: str) -> None:
    assert recognise(reference, country) == scheme


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("8685 1625\u00a09619 897", "868516259619897"),
        ("5050‑1055", "50501055"),
        ("1000005-", "1000005-"),
        ("0001230", "0001230"),
        ("no93 8601.1117.947", "NO9386011117947"),
    ],
)
def test_only_layout_is_taken_away(text: str, bare: str) -> None:
    assert references.normalise(text) == bare
    assert references.normalise(bare) == bare


def test_references_are_written_as_people_read_them() -> None:
    assert pretty("868516259619897", "fi") == "86851 62596 19897"
    assert pretty("1234561", "fi") == "12 34561"
    assert pretty("RF09868516259619897", "rf") == "RF09 8685 1625 9619 897"
    assert pretty("001 0017", "kid10") == "0010017"
    assert pretty(" Faktura 7 ", "none") == "Faktura 7"


def test_a_danish_payment_id_becomes_a_line_beside_its_creditor() -> None:
    assert pretty("000000000000018", "fik71", "12345678") == "+71<000000000000018+12345678<"
    assert pretty("", "fik73", "12345678") == "+73<+12345678<"
    assert pretty("+71< 000000000000018 +12345678<", "fik71", "12345678") == "+71<000000000000018+12345678<"
    assert pretty("000000000000018", "fik71") == "000000000000018"


def test_a_danish_line_comes_apart() -> None:
    assert references.fik("+71<004040400000669+12345678<") == Fik("71", "004040400000669", "12345678")
    assert references.fik("+73<+12345678<") == Fik("73", "", "12345678")
    assert references.fik("+71<004040400000668+12345678<") is None


@pytest.mark.parametrize(
    ("account", "country", "kind", "written"),
    [
        ("1234 56 78903", "NO", "bban", "1234.56.78903"),
        ("no9386011117947", "NO", "iban", "NO93 8601 1117 947"),
        ("50501055", "SE", "bankgiro", "5050-1055"),
        ("28 65 43-4", "SE", "plusgiro", "286543-4"),
        ("8327-9,123456789", "SE", "bban", "8327-9 123456789"),
        ("12345678", "DK", "fik", "12345678"),
        ("12340001234567", "DK", "bban", "1234 0001234567"),
        ("FI2112345600000785", "FI", "iban", "FI21 1234 5600 0007 85"),
    ],
)
def test_an_account_is_known_by_its_looks(account: str, country: str, kind: str, written: str) -> None:
    assert references.account_kind(account, country) == kind
    assert valid_account(account, country)
    assert pretty_account(account, country) == written
    assert pretty_account(written, country) == written


@pytest.mark.parametrize(
    ("account", "country"),
    [("12345678901", "NO"), ("FI2112345600000784", "FI"), ("5050-1056", "SE"), ("cash", "DK"), ("", "NO")],
)
def test_a_wrong_account_does_not_hold(account: str, country: str) -> None:
    assert not valid_account(account, country)


def test_what_is_no_account_stays_as_it_came() -> None:
    assert pretty_account(" ask Åsa ", "NO") == "ask Åsa"
    assert references.account_kind("ask Åsa", "NO") == ""


def test_company_numbers_are_written_as_their_registers_do() -> None:
    assert references.pretty_number("974760673", "NO") == "974 760 673"
    assert references.pretty_number("5560473521", "SE") == "556047-3521"
    assert references.pretty_number("24 25 67 90", "DK") == "24256790"
    assert references.pretty_number("20774740", "FI") == "2077474-0"
