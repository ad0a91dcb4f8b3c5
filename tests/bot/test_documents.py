"""What a file held, as values: what it did not say stays empty and is not guessed."""

from __future__ import annotations

from datetime import date

from bot.documents import Document, Party, Problem, Reading, Receipt
from tests.cast import kr


def test_a_document_without_a_due_date_has_none_and_no_source_for_one() -> None:
    document = Document(kind="invoice", number="1", amount=kr("100"))
    assert (document.due, document.due_source, document.collectable) == (None, None, "yes")


def test_nobody_is_taken_for_a_consumer_or_a_business_unsaid() -> None:
    assert Party(name="Bo Ek").kind == "unknown"


def test_money_in_a_bank_file_came_unless_it_went_back() -> None:
    assert not Receipt(date(2026, 11, 16), kr("100")).reversal


def test_two_problems_never_share_their_facts() -> None:
    assert Problem("missing_number").facts is not Problem("missing_number").facts


def test_an_empty_file_gives_an_empty_reading() -> None:
    reading = Reading()
    assert not (reading.documents or reading.receipts or reading.problems or reading.questions)
