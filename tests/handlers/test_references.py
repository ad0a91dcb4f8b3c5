"""`purr reference --json`: every question gets one answer of the same shape, whatever it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.references import MADE, VALIDATED, answers

CASES = Path(__file__).resolve().parents[3] / "shared" / "law" / "references.jsonl"
FIELDS = {"id", "scheme", "valid", "value", "parts", "error"}
BARCODE = {
    "iban": "FI79 4405 2020 0360 82",
    "amount": "4883.15",
    "reference": "868516259619897",
    "due": "2010-06-12",
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def asked(
    scheme: object, op: object, value: object, country: object = "NO", **more: object
) -> dict[str, Any]:
    question = {"id": "7", "country": country, "scheme": scheme, "op": op, "value": value, **more}
    (line,) = answers([json.dumps(question).encode()])
    answer: dict[str, Any] = json.loads(line)
    assert set(answer) - {"refusals"} == FIELDS
    return answer


@pytest.mark.shared
def test_the_worked_cases_come_out() -> None:
    if not CASES.exists():
        pytest.skip("the shared cases are not beside this checkout")
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    for case in cases:
        answer = asked(**case["ask"])
        assert {key: answer[key] for key in case["expect"]} == case["expect"], case["id"]


def test_a_right_one_comes_back_bare() -> None:
    assert asked("kid10", "validate", "001 00.17") == {
        "id": "7", "scheme": "kid10", "valid": True, "value": "0010017", "parts": None, "error": None,
    }  # fmt: skip


def test_a_wrong_one_has_an_error_and_nothing_else() -> None:
    assert asked("ocr-length", "validate", "12345674", "SE") == {
        "id": "7", "scheme": "ocr-length", "valid": False, "value": None, "parts": None,
        "error": "length_digit",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", MADE)
def test_what_is_made_is_found_right(scheme: str) -> None:
    made = asked(scheme, "make", "1234561")
    assert made["valid"] and asked(scheme, "validate", made["value"])["value"] == made["value"]


@pytest.mark.parametrize("scheme", VALIDATED)
def test_nothing_is_no_reference(scheme: str) -> None:
    answer = asked(scheme, "validate", "")
    assert not answer["valid"] and answer["error"] == ("format" if scheme in ("rf", "iban") else "length")


def test_parts_come_without_a_value() -> None:
    account = asked("account", "parse", "8601.11.17947")
    assert account["parts"] == {"account": "86011117947", "iban": "NO9386011117947"}
    line = asked("fik", "parse", "+71<004040400000669+12345678<", "DK")
    assert line["parts"] == {"type": "71", "payment_id": "004040400000669", "creditor": "12345678"}
    assert asked("fik", "parse", "+73<+12345678<", "DK")["parts"]["payment_id"] is None
    assert account["value"] is line["value"] is None


def test_a_barcode_made_is_taken_apart_again() -> None:
    made = asked("barcode4", "make", BARCODE, "FI")["value"]
    assert asked("barcode", "parse", made, "FI")["parts"] == {**BARCODE, "iban": "FI7944052020036082"}
    made = asked("barcode5", "make", {**BARCODE, "reference": "RF09868516259619897", "due": None}, "FI")[
        "value"
    ]
    parts = asked("barcode", "parse", made, "FI")["parts"]
    assert (parts["reference"], parts["due"]) == ("RF09868516259619897", None)


@pytest.mark.parametrize(
    ("amount", "digits"),
    [
        ("0.00", "00000000"),
        ("0", "00000000"),
        ("7.5", "00000750"),
        ("999999.99", "99999999"),
        ("007", "00000700"),
    ],
)
def test_an_amount_is_euros_and_cents(amount: str, digits: str) -> None:
    assert asked("barcode4", "make", {**BARCODE, "amount": amount}, "FI")["value"][17:25] == digits


@pytest.mark.parametrize(
    "amount",
    [
        "1000000.00",
        "-1.00",
        "4883,15",
        "4883.155",
        "1e3",
        "",
        " 1",
        "\uff11",
        "9" * 5000,
        None,
        4883.15,
        4883,
        True,
    ],
)
def test_any_other_amount_is_told(amount: object) -> None:
    assert asked("barcode4", "make", {**BARCODE, "amount": amount}, "FI")["error"] == "amount"


@pytest.mark.parametrize(
    "due",
    ["2010-02-30", "20100612", "2010-W23-6", "12.6.2010", "", "1999-12-31", "2100-01-01", 100612, False],
)
def test_a_day_that_is_none_is_told_before_the_amount(due: object) -> None:
    assert asked("barcode4", "make", {**BARCODE, "due": due, "amount": "-1"}, "FI")["error"] == "format"


def test_a_company_number_goes_by_its_country() -> None:
    assert asked("orgnr", "validate", "974760673", "NO")["valid"]
    assert asked("orgnr", "validate", "5560473521", "SE")["valid"]
    assert asked("orgnr", "validate", "974760673", "SE")["error"] == "length"
    others: list[object] = ["DK", "FI", "", None, ["NO"], {}]
    for country in others:
        assert asked("orgnr", "validate", "974760673", country)["error"] == "scheme_unknown"


@pytest.mark.parametrize(
    ("scheme", "op"),
    [
        ("bic", "validate"),
        ("", "validate"),
        ("ocr_length", "validate"),
        ("fi", "make"),
        ("fik73", "validate"),
        ("creditor", "validate"),
        ("orgnr_no", "validate"),
        ("orgnr", "make"),
        ("bankgiro", "make"),
        ("kid10", "parse"),
        ("kid10", "guess"),
        ("barcode", "make"),
        ("barcode4", "parse"),
    ],
)
def test_a_scheme_has_its_own_questions(scheme: str, op: str) -> None:
    assert asked(scheme, op, "1234561")["error"] == "scheme_unknown"


@pytest.mark.parametrize("value", [None, 10017, 1.5, True, [], {}])
def test_a_reference_is_text(value: object) -> None:
    answer = asked("kid10", "validate", value)
    assert (answer["valid"], answer["error"], answer["refusals"]) == (False, "format", ["invalid_input"])


@pytest.mark.parametrize(
    "value", [None, "FI79", [], {}, {**BARCODE, "iban": None}, {**BARCODE, "reference": 1}]
)
def test_a_barcode_is_made_of_named_parts(value: object) -> None:
    assert asked("barcode5", "make", value)["error"] == "format"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"nonsense",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"kid10"',
        b'{"id": "7"',
        b'{"id": 7, "scheme": null}',
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_line_that_cannot_be_read_is_answered_and_the_next_one_too(line: bytes) -> None:
    good = b'\xef\xbb\xbf{"id": "\xc3\xa5", "scheme": "kid10", "op": "validate", "value": "0010017"}\r\n'
    bad, after = map(json.loads, answers([line, good]))
    assert (bad["id"], bad["valid"], bad["error"]) == (None, False, "format")
    assert bad["refusals"] == ["invalid_input"] and set(bad) - {"refusals"} == FIELDS
    assert after["id"] == "å" and after["valid"]


def test_a_very_long_line_is_answered() -> None:
    for scheme in VALIDATED:
        assert asked(scheme, "validate", "1" * 1_000_000)["error"] in ("length", "format")
    for scheme in MADE:
        assert asked(scheme, "make", "1" * 1_000_000)["error"] == "length"


@given(st.sampled_from((*VALIDATED, "orgnr", "fik", "barcode", "barcode4")), st.text(max_size=5), anything)
def test_any_question_gets_an_answer(scheme: str, op: str, value: object) -> None:
    for verb in (op, "validate", "make", "parse"):
        answer = asked(scheme, verb, value)
        assert answer["valid"] == (answer["error"] is None)
        assert answer["valid"] == ((answer["value"] is None) != (answer["parts"] is None))


@given(st.lists(st.binary(max_size=40) | anything.map(lambda value: json.dumps(value).encode()), max_size=5))
def test_there_are_as_many_answers_as_questions(lines: list[bytes]) -> None:
    assert [json.loads(line)["valid"] for line in answers(lines)] == [False] * len(lines)
