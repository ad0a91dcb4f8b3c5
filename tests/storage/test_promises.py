from __future__ import annotations

from dataclasses import replace

from bot.promises import Promise
from storage.books import Books
from tests.cast import BYGG_OCH_BETONG, bygg, kr, move_in
from tests.storage.conftest import TODAY

PROMISE = Promise(id="1", customer=BYGG_OCH_BETONG.id, day=TODAY, made=TODAY)


def test_a_promise_of_all_and_one_of_an_amount_are_told_apart(books: Books) -> None:
    move_in(books, bygg(TODAY))
    some = replace(PROMISE, id="2", amount=kr("0"))
    books.promises.add(PROMISE)
    books.promises.add(some)
    assert books.promises.of(BYGG_OCH_BETONG.id) == (PROMISE, some)


def test_what_became_of_a_promise_is_kept(books: Books) -> None:
    move_in(books, bygg(TODAY))
    books.promises.add(PROMISE)
    books.promises.save(replace(PROMISE, state="broken"))
    assert books.promises.get("1").state == "broken"
