from __future__ import annotations

from dataclasses import replace

from bot.matching import Incoming
from storage.books import Books
from tests.cast import BYGG_OCH_BETONG, bygg, kr, move_in
from tests.storage.conftest import TODAY

MONEY = Incoming(id="1", day=TODAY, amount=kr("100"), mark="A1", references=("10421",), payer="Bygg")


def test_money_that_the_bank_has_told_of_is_taken_once(books: Books) -> None:
    assert books.incoming.take(MONEY)
    assert not books.incoming.take(replace(MONEY, id="2"))
    assert books.incoming.all() == (MONEY,)
    assert books.incoming.marks() == {"A1"}


def test_money_waits_until_it_is_placed(books: Books) -> None:
    move_in(books, bygg(TODAY))
    books.incoming.take(MONEY)
    assert books.incoming.waiting() == (MONEY,)
    placed = replace(MONEY, state="placed", customer=BYGG_OCH_BETONG.id)
    books.incoming.save(placed)
    assert (books.incoming.waiting(), books.incoming.placed()) == ((), (placed,))


def test_the_last_day_a_bank_file_told_of_is_the_latest_of_all(books: Books) -> None:
    assert books.imports.bank_through() is None
    for digest, day in (("a", TODAY), ("b", None), ("c", TODAY.replace(day=1))):
        books.imports.keep(digest, digest, b"x")
        books.imports.done(digest, 0, 0, day)
    assert books.imports.bank_through() == TODAY
