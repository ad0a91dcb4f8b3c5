"""Where it is kept why customers paid late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.causes import Closing
from storage.books import Books
from tests.cast import BYGG_OCH_BETONG, LILLA_BLOMMAN, blomman, bygg, move_in
from tests.storage.conftest import TODAY

CLOSING = Closing(id="1", customer=BYGG_OCH_BETONG.id, day=TODAY, days=12)


@pytest.fixture
def books(books: Books) -> Books:
    move_in(books, bygg(TODAY), blomman(TODAY))
    return books


def test_a_closing_waits_for_its_cause_and_keeps_it(books: Books) -> None:
    books.closings.add(CLOSING)
    assert books.closings.of(BYGG_OCH_BETONG.id) == (CLOSING,)
    books.closings.save(replace(CLOSING, cause="forgot"))
    assert books.closings.since(TODAY) == (replace(CLOSING, cause="forgot"),)
    assert books.closings.since(TODAY + timedelta(days=1)) == ()


def test_whose_money_came_lately_is_known(books: Books) -> None:
    (paid,) = {p.day for p in books.payments.of(LILLA_BLOMMAN.id)}
    assert books.closings.lately_paid(paid) == (LILLA_BLOMMAN.id,)
    assert books.closings.lately_paid(paid + timedelta(days=1)) == ()
