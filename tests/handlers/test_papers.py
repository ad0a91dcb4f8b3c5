"""Papers: a PDF goes with the invoice the owner names, and is taken off again."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Talk

PDF = "%PDF-1.7\nnothing else"


def attached(talk: Talk, number: str) -> list[str]:
    with talk.books() as books:
        return [name for i in books.invoices.by_number(number) for _, name in books.files.names([i.id])]


def invoice_id(talk: Talk, number: str) -> str:
    with talk.books() as books:
        return books.invoices.by_number(number)[0].id


def test_the_owner_says_which_invoice_a_pdf_belongs_to(talk: Talk) -> None:
    assert "Which invoice does it belong to?" in talk.drops("scan.pdf", PDF)
    talk.presses("This one")
    with talk.books() as books:
        assert [f.name for i in books.invoices.open() for f in books.files.of_invoice(i.id)] == ["scan.pdf"]


def test_a_pdf_may_be_taken_off_at_once(talk: Talk) -> None:
    talk.drops("1058.pdf", PDF)
    assert attached(talk, "1058") == ["1058.pdf"]
    assert "Café Norrsken" in talk.presses("Don't attach it")
    assert attached(talk, "1058") == []


def test_without_its_file_a_draft_is_written_anew_and_the_old_one_is_gone(talk: Talk) -> None:
    talk.drops("1058.pdf", PDF)
    talk.says("Norrsken")
    talk.presses("Draft")
    old = talk.part("Approve").token
    talk.acts("file.detach", invoice_id(talk, "1058"), "1058.pdf")
    assert talk.part("Approve").token != old
    with talk.books() as books:
        assert [
            x.state for x in books.letters.all() if x.customer == "norrsken" and x.made == books.now.date()
        ] == [
            "withdrawn",
            "draft",
        ]


@pytest.mark.parametrize("deed", ["attach", "detach"])
def test_a_letter_on_its_way_with_other_papers_than_approved_is_taken_back(deed: str, talk: Talk) -> None:
    if deed == "detach":
        talk.drops("1058.pdf", PDF)
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Approve")
    if deed == "attach":
        assert "Nothing was sent to Café Norrsken." in talk.drops("1058.pdf", PDF)
    else:
        talk.acts("file.detach", invoice_id(talk, "1058"), "1058.pdf")
    with talk.books() as books:
        assert not [x for x in books.letters.all() if x.state == "approved"]
