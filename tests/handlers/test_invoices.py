"""Invoices: what a file would change is shown first; old debts are one question; typed ones count too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers.talk import Talk

HEAD = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
ROW = "Hotel Aurora;bella@aurora.example;1060;2026-10-17;2026-11-17;1000,00;SEK;10603;Bread;en\n"


def invoices(talk: Talk) -> set[str]:
    with talk.books() as books:
        return {i.number for i in books.invoices.all()}


def test_a_file_changes_nothing_until_the_owner_says_so(talk: Talk) -> None:
    before = talk.kept()
    assert "One new invoice, SEK 1,000, one new customer." in talk.drops("open.csv", HEAD + ROW)
    assert talk.kept() == before
    talk.presses("Take it in")
    assert "1060" in invoices(talk)


def test_the_same_file_again_changes_nothing(talk: Talk) -> None:
    talk.drops("open.csv", HEAD + ROW)
    talk.presses("Take it in")
    before = talk.kept()
    talk.drops("open.csv", HEAD + ROW)
    assert not talk.card().buttons and talk.kept() == before


def test_a_file_left_alone_changes_nothing(talk: Talk) -> None:
    talk.drops("open.csv", HEAD + ROW)
    talk.presses("Leave it")
    assert "1060" not in invoices(talk)


def test_a_broken_row_is_named_by_its_line_and_the_rest_is_taken_in(talk: Talk) -> None:
    broken = ROW.replace("1060", "1061").replace("2026-11-17", "2026-02-30")
    said = talk.drops("open.csv", HEAD + ROW + broken)
    assert "2026-02-30" in said and "3" in said
    talk.presses("Take it in")
    assert "1060" in invoices(talk)


def test_a_new_amount_for_a_known_invoice_is_shown_as_a_payment(talk: Talk) -> None:
    talk.drops("open.csv", HEAD + ROW)
    talk.presses("Take it in")
    talk.drops("open.csv", HEAD + ROW.replace("1000,00", "400,00"))
    talk.presses("Take it in")
    with talk.books() as books:
        assert [i.paid.minor for i in books.invoices.by_number("1060")] == [60_000]


@pytest.mark.parametrize("content", ["", "hello", "<not xml", "a;b\n1;2\n"])
def test_what_is_no_list_of_invoices_gets_a_sentence_and_changes_nothing(content: str, talk: Talk) -> None:
    before = talk.kept()
    assert talk.drops("strange.txt", content).strip()
    assert "went wrong" not in talk.card().text
    assert talk.kept() == before


def test_a_column_that_is_not_clear_is_asked_about(talk: Talk) -> None:
    talk.drops(
        "unsure.csv",
        "Kunde;Nr;Belopp 1;Belopp 2;Datum 1;Datum 2\nAurora;8001;10,00;20,00;2026-10-01;2026-11-01\n",
    )
    form = talk.card().form
    assert form
    choices = {f.name: f.options[-1][0] for f in form.fields if f.options}
    assert "unsure.csv" in talk.presses("Go on", **choices)


OLD = HEAD + "".join(
    ROW.replace("1060", f"9{n}").replace("2026-11-17", "2025-01-17" if n else "2026-10-20") for n in range(30)
)


@pytest.fixture
def newcomer(home: Path) -> Talk:
    """An owner whose books are empty, and whose first file is old."""
    talk = Talk.about(home, empty=True)
    talk.drops("old.csv", OLD)
    talk.presses("Take it in")
    return talk


def test_old_debts_are_one_question_and_rest_until_it_is_answered(newcomer: Talk) -> None:
    assert "I found 30 old unpaid invoices" in newcomer.card().text
    assert "Nothing to chase today." in newcomer.says("today")
    newcomer.says("old")
    newcomer.presses("Leave them")
    assert "Nothing to chase today." in newcomer.says("today")


@pytest.mark.parametrize(("label", "resting"), [("Follow up all", 0), ("Only the recent", 29)])
def test_old_debts_are_taken_up_as_the_owner_says(label: str, resting: int, newcomer: Talk) -> None:
    assert "Hotel Aurora" in newcomer.presses(label)
    with newcomer.books() as books:
        assert len(books.invoices.parked()) == resting


def test_there_may_be_no_old_debts(talk: Talk) -> None:
    assert "There are no old invoices resting." in talk.says("old")


def test_an_invoice_is_typed_in(talk: Talk) -> None:
    talk.says("new invoice")
    talk.presses("Save", customer="Hotel Aurora", number="7001", amount="1250,50", due="2026-11-10")
    with talk.books() as books:
        typed = books.invoices.by_number("7001")[0]
    assert (typed.amount.minor, typed.amount.currency, str(typed.due)) == (125_050, "SEK", "2026-11-10")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"due": "2026-02-30"}, "I can't read “2026-02-30” as a day."),
        ({"amount": "-10"}, "I can't read “-10” as an amount."),
    ],
)
def test_a_typed_invoice_that_cannot_be_is_refused(values: dict[str, str], words: str, talk: Talk) -> None:
    talk.says("new invoice")
    whole = {"customer": "Hotel Aurora", "number": "7001", "amount": "10", "due": "2026-11-10"}
    assert words in talk.refused("Save", **whole | values)


@pytest.mark.parametrize("missing", ["customer", "number"])
def test_a_typed_invoice_without_a_name_or_number_is_not_taken_in(missing: str, talk: Talk) -> None:
    talk.says("new invoice")
    whole = {"customer": "Hotel Aurora", "number": "7001", "amount": "10", "due": "2026-11-10"}
    before = talk.kept()
    talk.presses("Save", **whole | {missing: "  "})
    assert talk.kept() == before
