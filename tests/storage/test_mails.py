from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import Refusal
from bot.mail import Kept
from storage.books import Books
from storage.mails import LIMIT
from tests.cast import move_in, norrsken
from tests.storage.conftest import NOW, TODAY

MAIL = Kept(
    id="1", at=NOW, state="waiting", sender="nils@norrsken.example", text="Hej", attachments=("a.pdf",)
)


def test_a_mail_is_kept_once(books: Books) -> None:
    assert books.mails.add(MAIL)
    assert not books.mails.add(replace(MAIL, text="anders"))
    assert books.mails.all() == (MAIL,)
    assert books.mails.seen("1") and not books.mails.seen("2")


def test_its_bytes_come_back_as_they_were(books: Books) -> None:
    books.mails.add(MAIL)
    raw = bytes(range(256)) * 1000
    books.mails.keep_source("1", raw)
    assert books.mails.source("1") == raw
    assert books.mails.source("2") == b""


def test_of_a_mail_over_the_limit_the_beginning_is_kept(books: Books) -> None:
    books.mails.add(MAIL)
    books.mails.keep_source("1", b"a" * (LIMIT + 1))
    assert len(books.mails.source("1")) == LIMIT


def test_those_that_wait_are_found_and_the_one_an_answer_came_in(books: Books) -> None:
    move_in(books, norrsken(TODAY))
    books.mails.add(MAIL)
    assert books.mails.waiting() == (MAIL,)
    placed = replace(MAIL, state="placed", customer="norrsken", reply="r1")
    books.mails.save(placed)
    assert books.mails.waiting() == ()
    assert books.mails.of_reply("r1") == placed
    assert books.mails.of("norrsken") == (placed,)


def test_of_one_that_is_dropped_only_stays_that_it_was_seen(books: Books) -> None:
    books.mails.add(MAIL)
    books.mails.keep_source("1", b"raw")
    books.mails.drop("1")
    assert books.mails.seen("1")
    assert books.mails.get("1") == Kept(id="1", at=NOW, state="aside")
    assert books.mails.source("1") == b""


def test_one_that_was_never_kept_cannot_be_saved(books: Books) -> None:
    with pytest.raises(Refusal):
        books.mails.save(MAIL)
