"""What is wrong with a reference is told by name, the first fault first, scheme by scheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.references.checks import DIGITS, FAULTS, fault, normalise, validate
from bot.references.making import make

MADE = ("kid10", "kid11", "ocr", "ocr_length", "fik71", "fik75", "fi")
SCHEMES = (*DIGITS, "rf", "iban")
SURE = [
    ("kid10", "0010017"),
    ("kid11", "12345678903"),
    ("account", "86011117947"),
    ("orgnr_no", "974760673"),
    ("ocr", "12345674"),
    ("bankgiro", "50501055"),
    ("plusgiro", "2865434"),
    ("orgnr_se", "5560473521"),
    ("fik71", "000000000000018"),
    ("fik75", "0000000202610473"),
    ("cvr", "24256790"),
    ("fi", "868516259619897"),
    ("rf", "RF09868516259619897"),
    ("iban", "NO9386011117947"),
    ("iban", "SE4550000000058398257466"),
    ("iban", "DK5000400440116243"),
    ("iban", "FI2112345600000785"),
    ("iban", "GB29NWBK60161331926819"),
]
bases = st.text("0123456789", min_size=3, max_size=14).filter(lambda base: base.strip("0"))


@pytest.mark.parametrize(("scheme", "right"), SURE)
def test_one_digit_changed_is_always_noticed(scheme: str, right: str) -> None:
    assert validate(right, scheme) == right
    for at, char in enumerate(right):
        for other in set("0123456789") - {char} if char.isdigit() else ():
            assert fault(right[:at] + other + right[at + 1 :], scheme) in ("check_digit", "length", "format")


@pytest.mark.parametrize(("scheme", "right"), SURE)
def test_layout_and_small_letters_are_no_fault(scheme: str, right: str) -> None:
    loose = "  " + "\u00a0".join(right[:3].lower()) + ".-\u2009" + right[3:].lower() + " "
    assert validate(loose, scheme) == right


@pytest.mark.parametrize(("scheme", "right"), SURE)
@pytest.mark.parametrize("odd", ["Æ", "\uff14", "\u0663", "²", "/", "+", "\u200b", "\0", "💸"])
def test_any_other_character_is_told_before_everything_else(scheme: str, right: str, odd: str) -> None:
    expected = "format" if scheme in ("rf", "iban") else "character"
    assert fault(right + odd + "9" * 40, scheme) == expected
    assert fault(right[:-1] + odd, scheme) == expected


@pytest.mark.parametrize("scheme", [scheme for scheme in DIGITS if scheme != "creditor"])
def test_length_is_told_before_the_check_digit(scheme: str) -> None:
    rules = DIGITS[scheme]
    for size in (0, rules.least - 1, rules.most + 1, 5000):
        assert fault("1" * size, scheme) == "length"
    for size in (rules.least, rules.most):
        assert {fault("1" * (size - 1) + last, scheme) for last in "0123456789"} - {"", "length_digit"} == {
            "check_digit"
        }


@pytest.mark.parametrize(
    ("scheme", "text", "expected"),
    [
        ("kid10", "", "length"),
        ("kid10", "0", "length"),
        ("kid10", "00", ""),
        ("kid10", "0010017-", "character"),
        ("kid10", "1234 567-4", ""),
        ("kid11", "1000005-", ""),
        ("kid11", "1000 005 –", ""),
        ("kid11", "10000050", "check_digit"),
        ("kid11", "1000006-", "check_digit"),
        ("kid11", "-", "length"),
        ("kid11", "1" * 25 + "-", "length"),
        ("account", "1234 56 78903", ""),
        ("account", "8601.11.17947", ""),
        ("account", "10000050000-", "character"),
        ("ocr", "12345675", "check_digit"),
        ("ocr_length", "18", "length"),
        ("ocr_length", "12345674", "length_digit"),
        ("ocr_length", "123456791", "check_digit"),
        ("bankgiro", "5050-1055", ""),
        ("bankgiro", "505-1055", "check_digit"),
        ("bankgiro", "501055", "length"),
        ("plusgiro", "18", ""),
        ("orgnr_no", "974 760 673 MVA", "character"),
        ("orgnr_se", "16556047-3521", "length"),
        ("fik71", "18", "length"),
        ("fik71", "+71<000000000000018+12345678<", "character"),
        ("cvr", "DK24256790", "character"),
        ("fi", "0000", "format"),
        ("fi", "0013", ""),
        ("rf", "RF", "format"),
        ("rf", "RF18", "length"),
        ("rf", "FR18539007547034", "format"),
        ("rf", "RF1X539007547034", "format"),
        ("rf", "rf18 5390 0754 70y", ""),
        ("rf", "RF19539007547034", "check_digit"),
        ("rf", "RF19" + "1" * 22, "length"),
        ("iban", "", "format"),
        ("iban", "93 8601 1117 947", "format"),
        ("iban", "XX9386011117947", "format"),
        ("iban", "NO938601111794", "length"),
        ("iban", "NO93860111179470", "length"),
        ("iban", "NO93 8601 111A 94", "format"),
        ("iban", "NO9486011117947", "check_digit"),
        ("iban", "NO4012345678901", "check_digit"),
    ],
)
def test_the_first_fault_is_told(scheme: str, text: str, expected: str) -> None:
    assert fault(text, scheme) == expected


@pytest.mark.parametrize("scheme", SCHEMES)
@given(text=st.text(max_size=60))
def test_any_text_holds_or_has_a_fault_with_a_name(scheme: str, text: str) -> None:
    assert fault(text, scheme) in ("", *FAULTS)


@pytest.mark.parametrize("scheme", SCHEMES)
@given(text=st.text("0123456789 .-RFNO", max_size=30))
def test_what_was_normalised_stays_as_it_is(scheme: str, text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert fault(normalise(text), scheme) == fault(text, scheme)


@pytest.mark.parametrize("scheme", MADE)
@given(base=bases)
def test_one_wrong_digit_in_what_was_made_is_noticed(scheme: str, base: str) -> None:
    right = make(base, scheme)
    at = len(right) // 2
    for other in set("0123456789") - {right[at]}:
        assert fault(right[:at] + other + right[at + 1 :], scheme)
