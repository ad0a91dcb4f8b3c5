"""Parked: old debts are one question, and rest until the owner has answered it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers.talk import Talk

HEAD = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
ROW = "Hotel Aurora;bella@aurora.example;1060;2026-10-17;2026-11-17;1000,00;SEK;10603;Bread;en\n"


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


def test_the_card_of_one_whose_old_debt_rests_leads_on_and_leaves_the_others_at_rest(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    talk.drops("old.csv", OLD + ROW.replace("Hotel Aurora", "Kafé Måne").replace("1060", "8000"))
    talk.presses("Take it in")
    talk.says("today")
    assert "An old debt. I leave it alone" in talk.says("Måne")
    assert "An old debt" not in talk.presses("Follow it up")
    assert talk.part("Draft").action.verb == "letter.draft"
    with talk.books() as books:
        assert len(books.invoices.parked()) == 30
    assert "An old debt. I leave it alone" in talk.says("Aurora")


def test_there_may_be_no_old_debts(talk: Talk) -> None:
    assert "There are no old invoices resting." in talk.says("old")
