from __future__ import annotations

from storage.books import Books
from storage.imports import Attachment, Import
from tests.cast import bygg, move_in
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
