from __future__ import annotations

from dataclasses import replace

import pytest

from storage.books import Books
from tests.cast import BYGG_OCH_BETONG, bygg, move_in
from tests.storage.conftest import TODAY


@pytest.fixture
def books(books: Books) -> Books:
    move_in(books, bygg(TODAY))
    return books


def test_the_exact_text_that_went_out_is_kept(books: Books) -> None:
    (letter, _) = bygg(TODAY).letters
    exact = replace(letter, id="exact", body="Hej  \n\n\tå — “ok”\r\n ")
    books.letters.add(exact)
    assert books.letters.get("exact") == exact


def test_the_draft_of_a_customer_is_the_latest_that_waits(books: Books) -> None:
    (letter, _) = bygg(TODAY).letters
    drafts = tuple(replace(letter, id=name, state="draft") for name in ("z", "a"))
    assert books.letters.draft(BYGG_OCH_BETONG.id) is None
    for draft in drafts:
        books.letters.add(draft)
    assert books.letters.draft(BYGG_OCH_BETONG.id) == drafts[1]
    books.letters.save(replace(drafts[1], state="withdrawn"))
    assert books.letters.draft(BYGG_OCH_BETONG.id) == drafts[0]
    assert books.letters.draft("nobody") is None


def test_who_has_an_approved_letter_on_its_way_is_known(books: Books) -> None:
    (letter, _) = bygg(TODAY).letters
    assert books.letters.approved() == frozenset()
    books.letters.add(replace(letter, id="new", state="approved"))
    assert books.letters.approved() == {BYGG_OCH_BETONG.id}


def test_the_latest_letters_come_the_latest_first_and_no_more_than_asked_for(books: Books) -> None:
    written = bygg(TODAY).letters
    assert [x.id for x in books.letters.latest(1)] == [written[-1].id]
    assert books.letters.latest(9) == tuple(reversed(written))
