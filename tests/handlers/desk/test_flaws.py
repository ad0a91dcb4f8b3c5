"""What is wrong with invoices is said where they are shown before they are taken in."""

from __future__ import annotations

from tests.handlers.talk import Talk

HEAD = "Invoice;Customer;Amount;Invoice date;Due date;OCR\n"


def test_what_to_mend_is_said_with_the_invoices_it_is_about(talk: Talk) -> None:
    rows = "".join(f"20{n};Hotel Aurora;1000,00;2026-11-20;2026-11-10;\n" for n in range(5))
    said = talk.drops("list.csv", HEAD + rows)
    assert "Due before it was issued: 200, 201, 202 and 2 more. Check the dates." in said


def test_sound_invoices_are_shown_without_a_word_of_blame(talk: Talk) -> None:
    said = talk.drops("list.csv", HEAD + "200;Hotel Aurora;1000,00;2026-11-10;2026-12-10;\n")
    assert "Check" not in said and "missing" not in said
