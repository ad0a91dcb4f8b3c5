"""The lines of `purr read --json`: one object each, in the words of the contract."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.documents import Document, Party, Problem, Question, Reading, Receipt
from bot.money import Money
from handlers.reading import json_lines


def lines(reading: Reading) -> list[dict[str, Any]]:
    return [json.loads(line) for line in json_lines(reading)]


def test_a_document_gives_decimal_amounts_iso_dates_and_both_parties() -> None:
    document = Document(
        kind="invoice",
        number="1001",
        amount=Money(50, "NOK"),
        due=date(2026, 10, 31),
        due_source="stated",
        seller=Party("Åsas Bageri", "123456785"),
        buyer=Party("Café Norrsken", email="post@norrsken.example"),
    )
    (line,) = lines(Reading((document,)))
    assert (line["amount_due"], line["currency"], line["due"], line["issued"]) == (
        "0.50",
        "NOK",
        "2026-10-31",
        None,
    )
    assert line["seller"] == {"name": "Åsas Bageri", "org_no": "123456785", "email": ""}
    assert line["buyer"]["email"] == "post@norrsken.example"


def test_nothing_owed_is_a_zero_and_not_left_out() -> None:
    statement = Document(
        kind="statement", number="1", amount=Money(0, "DKK"), collectable="no", why_not="statement"
    )
    (line,) = lines(Reading((statement,)))
    assert (line["amount_due"], line["currency"]) == ("0.00", "DKK")


def test_a_payment_gives_its_day_amount_and_references() -> None:
    receipt = Receipt(date(2026, 11, 2), Money(-1250, "SEK"), ("100107",), "Café Norrsken", reversal=True)
    (line,) = lines(Reading(receipts=(receipt,)))
    assert (line["kind"], line["booked"], line["amount"], line["reversal"]) == (
        "payment",
        "2026-11-02",
        "-12.50",
        True,
    )
    assert line["references"] == ["100107"]


def test_problems_and_questions_are_lines_of_their_own() -> None:
    reading = Reading(
        problems=(Problem("bad_date", 3, {"value": "x"}),), questions=(Question("amount", ("A", "B")),)
    )
    problem, question = lines(reading)
    assert problem == {"kind": "problem", "code": "bad_date", "line": 3, "facts": {"value": "x"}}
    assert (question["kind"], question["facts"]["choices"]) == ("problem", ["A", "B"])
