from __future__ import annotations

from storage.books import Books
from tests.cast import bygg, move_in
from tests.storage.conftest import TODAY


def test_a_page_is_closed_once_and_for_good(books: Books) -> None:
    case = bygg(TODAY)
    move_in(books, case)
    letter = case.letters[0].id
    assert books.pages.closed([letter]) == frozenset()
    assert books.pages.close(letter, "Åsa Lind")
    assert not books.pages.close(letter, "Per Ek")
    assert books.pages.closed([letter, "another"]) == {letter}
