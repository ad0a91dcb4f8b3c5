from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replies import Call, Reply
from storage.books import Books
from tests.cast import BYGG_OCH_BETONG, bygg, move_in
from tests.storage.conftest import NOW, TODAY

REPLY = Reply(id="1", customer=BYGG_OCH_BETONG.id, text="Vi betalar\nnästa vecka!  ", at=NOW)


@pytest.fixture
def books(books: Books) -> Books:
    move_in(books, bygg(TODAY))
    return books


def test_an_answer_is_unread_until_the_owner_says_what_it_means(books: Books) -> None:
    books.replies.add(REPLY)
    assert books.replies.unread() == (REPLY,)
    books.replies.save(replace(REPLY, meaning="promise"))
    assert books.replies.unread() == ()
    assert books.replies.of(BYGG_OCH_BETONG.id) == (replace(REPLY, meaning="promise"),)


def test_calls_are_listed_in_the_order_they_were_noted(books: Books) -> None:
    calls = tuple(
        Call(id=name, customer=BYGG_OCH_BETONG.id, day=TODAY, outcome="voicemail") for name in "zab"
    )
    for call in calls:
        books.calls.add(call)
    assert books.calls.of(BYGG_OCH_BETONG.id) == calls
