"""PDF: a paper to attach, never a source of figures."""

from __future__ import annotations

from pathlib import Path

from storage.readers import read
from storage.readers.pdf import numbers_in

PAPER = (Path(__file__).resolve().parents[2] / "samples" / "pdf" / "1001.pdf").read_bytes()


def test_a_paper_is_no_claim_and_bears_a_number() -> None:
    (paper,) = read(PAPER).documents
    assert (paper.kind, paper.number, paper.amount) == ("other", "1001", None)
    assert (paper.collectable, paper.why_not) == ("no", "pdf")


def test_it_is_attached_by_the_known_numbers_in_its_text() -> None:
    assert numbers_in(PAPER, ["1001", "1002", "100"], "scan.pdf") == ("1001",)


def test_it_is_attached_by_the_known_numbers_in_its_name() -> None:
    assert numbers_in(PAPER, ["7", "12"], "Faktura 7.pdf") == ("7",)


def test_a_number_inside_another_is_not_that_number() -> None:
    assert numbers_in(PAPER, ["500", "21"], "21001.pdf") == ()


def test_short_numbers_do_not_count_in_the_text() -> None:
    assert numbers_in(PAPER, ["12"], "scan.pdf") == ()


def test_a_broken_paper_is_a_problem() -> None:
    assert [p.code for p in read(b"%PDF-1.7\nnothing else").problems] == ["broken_pdf"]


def test_a_broken_paper_is_attached_by_its_name_alone() -> None:
    assert numbers_in(b"%PDF-1.7\nnothing else", ["1001", "1002"], "1001.pdf") == ("1001",)
