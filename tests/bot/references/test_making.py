"""A reference made from its base holds, keeps its zeros, and cannot become too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.references import fik
from bot.references.checks import DIGITS, Wrong, fault, mod11, validate
from bot.references.making import as_iban, as_rf, make

LONGEST = {"kid10": 24, "kid11": 24, "ocr": 24, "ocr_length": 23, "fik71": 14, "fik75": 15, "fi": 19}
SHORTEST = {"fi": 3}


@pytest.mark.parametrize(
    ("scheme", "base", "made"),
    [
        ("kid10", "000123", "0001230"),
        ("kid10", "12 34-56.7", "12345674"),
        ("kid11", "1000005", "1000005-"),
        ("ocr", "1234567", "12345674"),
        ("ocr_length", "1234567", "123456790"),
        ("ocr_length", "10045", "1004571"),
        ("ocr_length", "12345678", "1234567806"),
        ("fik71", "1", "000000000000018"),
        ("fik71", "2", "000000000000026"),
        ("fik75", "20261047", "0000000202610473"),
        ("fi", "2026", "20268"),
        ("fi", "001", "0013"),
        ("rf", "1234561", "RF341234561"),
        ("rf", "0001234561", "RF341234561"),
        ("rf", "868516259619897", "RF09868516259619897"),
    ],
)
def test_a_base_becomes_a_reference(scheme: str, base: str, made: str) -> None:
    assert make(base, scheme) == made


@pytest.mark.parametrize("scheme", LONGEST)
@given(data=st.data())
def test_what_is_made_holds_and_begins_as_its_base(scheme: str, data: st.DataObject) -> None:
    sizes = {"min_size": SHORTEST.get(scheme, 1), "max_size": LONGEST[scheme]}
    base = data.draw(st.text("0123456789", **sizes).filter(lambda text: text.strip("0") or scheme != "fi"))
    made = make(base, scheme)
    assert validate(made, scheme) == made
    assert base in made and (made.startswith(base) or scheme in ("fik71", "fik75"))


@pytest.mark.parametrize("scheme", LONGEST)
def test_a_base_has_room_up_to_the_check_digit(scheme: str) -> None:
    assert len(make("1" * LONGEST[scheme], scheme)) == DIGITS[scheme].most
    for size in (SHORTEST.get(scheme, 1) - 1, LONGEST[scheme] + 1, 100_000):
        assert _wrong("1" * size, scheme) == "length"


@pytest.mark.parametrize("scheme", [*LONGEST, "rf"])
@pytest.mark.parametrize("base", ["12A4", "\uff112345", "1234/5", "1000005-", "RF1"])
def test_a_base_is_digits(scheme: str, base: str) -> None:
    assert _wrong(base, scheme) == "character"


@pytest.mark.parametrize(
    ("base", "expected"), [("1234562", "check_digit"), ("123", "length"), ("0000", "format"), ("", "length")]
)
def test_an_international_reference_asks_for_a_finnish_one_that_holds(base: str, expected: str) -> None:
    assert _wrong(base, "rf") == expected


@given(st.text("0123456789", min_size=3, max_size=19).filter(lambda base: base.strip("0")))
def test_every_finnish_reference_has_an_international_form(base: str) -> None:
    assert make(make(base, "fi"), "rf") == as_rf(make(base, "fi"))


@given(st.text("0123456789", min_size=10, max_size=10).filter(lambda base: mod11(base) != "-"))
def test_a_norwegian_account_has_an_iban(base: str) -> None:
    account = base + mod11(base)
    assert not fault(account, "account")
    assert not fault(as_iban(account), "iban")


def test_a_payment_id_that_was_made_stands_in_a_line() -> None:
    assert fik(f"+71<{make('4711', 'fik71')}+12345678<")
    assert fik(f"+75<{make('4711', 'fik75')}+12345678<")


def _wrong(base: str, scheme: str) -> str:
    with pytest.raises(Wrong) as raised:
        make(base, scheme)
    return raised.value.fault
