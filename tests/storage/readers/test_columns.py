"""Columns: known by their headings, asked about where unsure, and the answer is taken."""

from __future__ import annotations

from bot.documents import Question
from bot.money import Money
from storage.readers import read

TWO_AMOUNTS = "Kunde;Fakturanr;Forfall;Beløp;Sum\nMogens;1001;31.10.2026;100,00;125,00\n".encode()


def test_two_columns_that_could_be_the_amount_are_a_question_and_nothing_else() -> None:
    reading = read(TWO_AMOUNTS, currency="NOK")
    assert reading.questions == (Question("amount", ("Beløp", "Sum"), ("100,00", "125,00")),)
    assert (reading.documents, reading.problems) == ((), ())


def test_the_answer_is_taken_on_the_second_try() -> None:
    (document,) = read(TWO_AMOUNTS, currency="NOK", columns={"amount": "Sum"}).documents
    assert document.amount == Money(12_500, "NOK")


def test_two_columns_alike_in_every_cell_are_no_question() -> None:
    (document,) = read(TWO_AMOUNTS.replace(b"125,00", b"100,00"), currency="NOK").documents
    assert document.amount == Money(10_000, "NOK")


def test_an_unknown_number_column_is_asked_about() -> None:
    content = "Kunde;Løbe;Forfald;Beløb;Bem\nMogens;1001;31.10.2026;100,00;hej hej du der!\n".encode()
    assert read(content).questions == (Question("number", ("Løbe",), ("1001",)),)
    (document,) = read(content, currency="DKK", columns={"number": "Løbe"}).documents
    assert document.number == "1001"


def test_a_due_date_may_be_answered_with_none() -> None:
    content = "Kunde;Fakturanr;Når;Beløp\nMogens;1001;31.10.2026;100,00\n".encode()
    assert [q.column for q in read(content).questions] == ["due"]
    (document,) = read(content, currency="NOK", columns={"due": ""}).documents
    assert (document.due, document.why_not) == (None, "no_due_date")


def test_a_column_that_cannot_be_found_at_all_is_a_problem() -> None:
    (problem,) = read("Fakturanr;Beløp\n1001;100,00\n".encode()).problems
    assert (problem.code, problem.facts) == ("missing_column", {"column": "customer"})


def test_a_number_and_a_name_that_share_a_heading_are_told_apart_by_their_cells() -> None:
    content = (
        "Kunde;Navn;Fakturanr;Forfall;Beløp\n10;Mogens;1001;31.10.2026;1,00\n11;Åsa;1002;31.10.2026;1,00\n"
    )
    reading = read(content.encode(), currency="NOK")
    assert [d.buyer.name for d in reading.documents] == ["Mogens", "Åsa"]


def test_a_balance_beside_a_due_date_is_what_is_left() -> None:
    content = (
        b"DocumentNumber,CustomerName,DueDate,Total,Balance,Currency\n1,Mogens,2026-10-31,100.00,40.00,SEK\n"
    )
    (document,) = read(content).documents
    assert (document.amount, document.total) == (Money(4_000, "SEK"), Money(10_000, "SEK"))


def test_a_balance_that_runs_down_the_table_is_asked_about() -> None:
    rows = "Mogens;1;31.10.2026;100,00;100,00\nMogens;2;31.10.2026;50,00;150,00\n"
    content = f"Kund;Fakturanr;Förfallodatum;Belopp;Saldo\n{rows}".encode()
    assert read(content).questions == (Question("open", ("Saldo",), ("100,00",)),)
    answered = read(content, currency="SEK", columns={"open": ""})
    assert [d.amount for d in answered.documents] == [Money(10_000, "SEK"), Money(5_000, "SEK")]
