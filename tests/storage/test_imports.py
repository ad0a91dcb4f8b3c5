from __future__ import annotations

import pytest

from bot.errors import Refusal
from storage.books import Books
from storage.imports import Attachment, Import
from tests.cast import bygg, move_in, norrsken
from tests.storage.conftest import NOW, TODAY

FILE = Import("d1935f", "fakturor.csv", NOW, b"\xff\x00broken", documents=0, problems=3)


def test_a_file_is_kept_as_it_came_even_a_bad_one(books: Books) -> None:
    assert not books.imports.any()
    assert books.imports.seen(FILE.digest) is None
    assert books.imports.add(FILE)
    assert books.imports.seen(FILE.digest) == FILE
    assert books.imports.any()


def test_the_same_file_again_changes_nothing(books: Books) -> None:
    books.imports.add(FILE)
    assert not books.imports.add(Import(FILE.digest, "again.csv", NOW, b""))
    assert books.imports.seen(FILE.digest) == FILE


def test_files_go_with_an_invoice_by_name(books: Books) -> None:
    invoice = "bygg-2042"
    move_in(books, bygg(TODAY))
    books.files.attach(invoice, "b.pdf", b"%PDF old")
    books.files.attach(invoice, "a.pdf", b"%PDF a")
    books.files.attach(invoice, "b.pdf", b"%PDF new")
    assert books.files.of_invoice(invoice) == (
        Attachment("a.pdf", b"%PDF a"),
        Attachment("b.pdf", b"%PDF new"),
    )
    assert books.files.of_invoice("another") == ()


def test_a_file_goes_with_an_invoice_until_it_is_taken_off(books: Books) -> None:
    move_in(books, bygg(TODAY))
    books.files.attach("bygg-2042", "a.pdf", b"%PDF")
    books.files.detach("bygg-2042", "a.pdf")
    assert books.files.of_invoice("bygg-2042") == ()
    with pytest.raises(Refusal):
        books.files.detach("bygg-2042", "a.pdf")


def test_of_several_invoices_each_file_goes_once_and_namesakes_both(books: Books) -> None:
    one, two = _pair(books)
    for invoice, name, content in ((two, "b.pdf", b"B"), (one, "a.pdf", b"1"), (two, "a.pdf", b"2")):
        books.files.attach(invoice, name, content)
    books.files.attach(one, "b.pdf", b"B")
    sent = [(f.name, f.content) for f in books.files.of_invoices([one, two])]
    assert sent == [("a.pdf", b"1"), ("b.pdf", b"B"), ("a.pdf", b"2")]
    assert books.files.names([two]) == ((two, "a.pdf"), (two, "b.pdf"))


def test_the_digest_of_files_changes_with_every_name_and_content(books: Books) -> None:
    one, two = _pair(books)
    seen = [books.files.digest([one, two])]
    for invoice, name, content in ((one, "a.pdf", b"1"), (one, "a.pdf", b"2"), (two, "a.pdf", b"2")):
        books.files.attach(invoice, name, content)
        seen.append(books.files.digest([one, two]))
    books.files.detach(one, "a.pdf")
    books.files.attach(one, "b.pdf", b"2")
    seen.append(books.files.digest([one, two]))
    assert seen[0] == "" and len(set(seen)) == len(seen)
    assert books.files.digest([two, one]) == seen[-1]


def _pair(books: Books) -> tuple[str, str]:
    move_in(books, norrsken(TODAY))
    one, two, *_ = (i.id for i in books.invoices.all())
    return one, two


def test_a_file_too_big_to_be_kept_counts_with_its_last_day_and_can_be_dropped_all_the_same(
    books: Books,
) -> None:
    books.imports.note("digest", "bank.xml", 5, 1, TODAY)
    assert books.imports.bank_through() == TODAY
    assert books.imports.seen("digest") is None
    assert books.imports.keep("digest", "bank.xml", b"content")
    books.imports.note("digest", "bank.xml", 5, 1, TODAY)
    assert books.imports.get("digest").content == b"content"
