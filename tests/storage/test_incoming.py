from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest
import sqlalchemy as sa

from bot.incoming import Incoming
from storage.books import Books
from tests.cast import BYGG_OCH_BETONG, bygg, kr, move_in
from tests.storage.conftest import TODAY

MONEY = Incoming(id="1", day=TODAY, amount=kr("100"), mark="A1", references=("10421",), payer="Bygg")


def test_money_that_the_bank_has_told_of_is_known_and_cannot_be_taken_twice(books: Books) -> None:
    books.incoming.add(MONEY)
    assert books.incoming.known(["A1", "A2"]) == {"A1"}
    with pytest.raises(sa.exc.IntegrityError), books.connection.begin_nested():
        books.incoming.add(replace(MONEY, id="2"))


def test_what_lies_nowhere_is_gone_through_day_by_day_and_what_went_after_what_came(books: Books) -> None:
    late = replace(MONEY, id="2", mark="A2", day=TODAY + timedelta(days=1), state="loose")
    back = replace(MONEY, id="0", mark="A0", amount=kr("-100"))
    books.incoming.add_all([late, back, MONEY, replace(MONEY, id="3", mark="A3", state="aside")])

    def unsettled(after: int = 0) -> list[str]:
        return [m.id for m in books.incoming.numbered([*chain(*books.incoming.unsettled(after))])]

    assert unsettled() == ["1", "0", "2"]
    assert unsettled(books.incoming.last() - 2) == ["1"]
    assert unsettled(books.incoming.last()) == []


def test_what_became_of_money_is_written_down_and_nothing_else(books: Books) -> None:
    move_in(books, bygg(TODAY))
    books.incoming.add(MONEY)
    placed = replace(MONEY, state="placed", customer=BYGG_OCH_BETONG.id)
    books.incoming.settle([replace(placed, text="other words")])
    assert books.incoming.all() == (placed,)
    books.incoming.settle([MONEY])
    assert books.incoming.marked(["A1"]) == (MONEY,)


def test_money_that_was_placed_is_found_by_its_sum(books: Books) -> None:
    move_in(books, bygg(TODAY))
    placed = replace(MONEY, state="placed", customer=BYGG_OCH_BETONG.id)
    books.incoming.add_all([placed, replace(MONEY, id="2", mark="A2")])
    assert books.incoming.of_sum(kr("100"), kr("5")) == (placed,)
    assert books.incoming.of_sum(kr("5")) == books.incoming.of_sum() == ()


def test_money_of_a_size_is_found_whether_it_came_or_went_and_whatever_became_of_it(books: Books) -> None:
    back = replace(MONEY, id="2", mark="A2", amount=kr("-100"), state="aside")
    books.incoming.add_all([MONEY, back, replace(MONEY, id="3", mark="A3", amount=kr("7"))])
    assert books.incoming.of_size(kr("-100")) == (MONEY, back)
    assert books.incoming.of_size() == ()


def test_money_waits_until_it_is_placed(books: Books) -> None:
    move_in(books, bygg(TODAY))
    books.incoming.add(MONEY)
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
