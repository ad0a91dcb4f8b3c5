"""PDF: a paper to attach, and a source of figures only where it carries an e-invoice."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from storage.readers import read
from storage.readers.pdf import numbers_in

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HYBRID = (SAMPLES / "factur-x" / "1001.pdf").read_bytes()
CII = (SAMPLES / "cii" / "invoice.xml").read_bytes()
UBL = (SAMPLES / "ubl" / "invoice.xml").read_bytes()
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


def carrying(name: str, inside: bytes) -> bytes:
    writer, content = PdfWriter(clone_from=BytesIO(PAPER)), BytesIO()
    writer.add_attachment(name, inside)
    writer.write(content)
    return content.getvalue()


def test_the_e_invoice_that_a_paper_carries_gives_its_figures_and_the_paper_is_still_attached() -> None:
    reading = read(HYBRID)
    assert reading.documents == read(CII).documents
    assert (reading.format, numbers_in(HYBRID, ["1001"], "scan.pdf")) == ("factur-x", ("1001",))


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml"])
@pytest.mark.parametrize("inside", [CII, UBL])
def test_every_name_and_kind_of_e_invoice_inside(name: str, inside: bytes) -> None:
    assert read(carrying(name, inside)).documents == read(inside).documents


def test_another_attachment_is_no_invoice() -> None:
    assert read(carrying("notes.xml", CII)).format == "pdf"


def test_a_broken_e_invoice_inside_leaves_the_paper_and_says_so() -> None:
    reading = read(carrying("factur-x.xml", CII[:900]))
    assert (reading.format, [d.kind for d in reading.documents]) == ("pdf", ["other"])
    assert [p.code for p in reading.problems] == ["broken_xml"]
