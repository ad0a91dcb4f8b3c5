"""CSV: five languages, every encoding and delimiter, and a broken row that hides no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.documents import Reading
from bot.money import Money
from storage.readers import read

OWN = Path(__file__).resolve().parents[2] / "samples" / "csv"
CURRENCIES = {"nb": "NOK", "sv": "SEK", "da": "DKK", "fi": "EUR", "en": "EUR"}
HEADINGS = "Kunde;Fakturanr;Fakturadato;Forfall;Beløp\n"
GOOD = "Café Norrsken;1001;01.10.2026;31.10.2026;12 500,50\n"


def rows(*lines: str, headings: str = HEADINGS) -> Reading:
    return read((headings + "".join(lines)).encode(), currency="NOK")


@pytest.mark.parametrize("language", CURRENCIES)
def test_headings_in_each_language_give_the_same_invoices(language: str) -> None:
    reading = read((OWN / f"{language}.csv").read_bytes())
    money = [Money(minor, CURRENCIES[language]) for minor in (1_250_050, 250_000, 99_990, 25_000)]
    assert [d.number for d in reading.documents] == ["1001", "1002", "1003", "1004"]
    assert [d.amount for d in reading.documents] == money
    assert [d.total for d in reading.documents] == [money[0], Money(400_000, money[0].currency), *money[2:]]
    assert [d.issued for d in reading.documents] == [date(2026, 10, day) for day in (1, 2, 5, 6)]
    assert [d.due for d in reading.documents] == [
        date(2026, 10, 31),
        date(2026, 11, 1),
        date(2026, 11, 4),
        None,
    ]
    assert [d.kind for d in reading.documents] == ["invoice"] * 3 + ["credit_note"]
    assert all(d.reference and d.description for d in reading.documents[:3])
    assert reading.documents[0].buyer.email == "post@norrsken.example"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_every_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    content = (HEADINGS + GOOD).replace(";", delimiter).encode(encoding)
    (document,) = read(content, currency="NOK").documents
    assert (document.buyer.name, document.amount) == ("Café Norrsken", Money(1_250_050, "NOK"))


def test_a_broken_row_is_a_problem_with_its_line_and_the_others_come_through() -> None:
    reading = rows(GOOD, "Bygg & Betong;1002\n", GOOD.replace("1001", "1003"))
    assert [d.number for d in reading.documents] == ["1001", "1003"]
    assert [(p.code, p.line, p.facts) for p in reading.problems] == [
        ("broken_row", 3, {"found": "2", "expected": "5"})
    ]


def test_a_stray_quote_costs_its_own_line_only() -> None:
    reading = rows(GOOD, '"Bygg & Betong;1002;02.10.2026;01.11.2026;4 000,00\n', GOOD.replace("1001", "1003"))
    assert [d.number for d in reading.documents] == ["1001", "1003"]
    assert [p.line for p in reading.problems] == [3]


def test_a_date_that_does_not_exist_is_named_with_its_line() -> None:
    reading = rows(GOOD, GOOD.replace("1001", "1002").replace("31.10.2026", "2026-02-30"))
    assert [d.number for d in reading.documents] == ["1001"]
    assert [(p.code, p.line, p.facts) for p in reading.problems] == [("bad_date", 3, {"value": "2026-02-30"})]


def test_the_wrong_decimal_sign_in_one_row_is_named_with_its_line() -> None:
    reading = rows(
        GOOD, GOOD.replace("1001", "1002"), GOOD.replace("1001", "1003").replace("12 500,50", "1250.50")
    )
    assert [d.number for d in reading.documents] == ["1001", "1002"]
    assert [(p.code, p.line) for p in reading.problems] == [("odd_decimal_sign", 4)]


def test_a_cell_may_run_over_lines_and_line_numbers_stay_true() -> None:
    reading = rows(
        '"Café\nNorrsken";1001;01.10.2026;31.10.2026;5,00\n', "x;1002;01.10.2026;31.10.2026;five\n"
    )
    assert [(d.buyer.name, d.line) for d in reading.documents] == [("Café Norrsken", 2)]
    assert [p.line for p in reading.problems] == [4]


def test_a_formula_is_only_text() -> None:
    reading = rows("=cmd|' /C calc'!A0;1001;01.10.2026;31.10.2026;5,00\n", "Mogens;1002;;;=1+1\n")
    assert [d.buyer.name for d in reading.documents] == ["=cmd|' /C calc'!A0"]
    assert [p.code for p in reading.problems] == ["bad_amount"]


def test_text_without_headings_says_so() -> None:
    assert [p.code for p in read(b"a;b;c\n1;2;3\n").problems] == ["no_headings"]


def test_headings_without_rows_say_so() -> None:
    assert [p.code for p in rows().problems] == ["no_rows"]


def test_a_row_without_end_is_refused() -> None:
    assert [p.code for p in rows(";" * 500).problems] == ["too_wide"]


@pytest.mark.parametrize("end", ["1250,50", '"1250,5', "1250"])
def test_a_last_row_in_which_the_file_breaks_off_gives_no_amount(end: str) -> None:
    head = "Kunde;Fakturanr;Forfall;Beløp\nA;1;2026-11-01;100,00\n"
    reading = read(f"{head}B;2;2026-11-01;{end}".encode(), currency="NOK")
    told = [(problem.code, problem.line) for problem in reading.problems]
    assert told == ([] if end == "1250,50" else [("broken_row", 3)])
    assert len(reading.documents) == 2 - len(told)
