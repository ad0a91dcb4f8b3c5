"""Mailboxes are kept in view by themselves: news at once, a lost line picked up, one forgotten left alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.rounds import mailboxes as rounds
from handlers.rounds.mailboxes import Mailboxes
from tests.handlers.post import Post, written
from tests.handlers.talk import MORNING, Talk
from tests.imapserver import PASSWORD, ImapServer, imap_server


@pytest.fixture
def post(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    monkeypatch.setattr(rounds, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(rounds, "LONGEST_PAUSE", 0.5)
    with imap_server() as server:
        post = Post(talk, server)
        connect(post, server)
        yield post


def connect(post: Post, server: ImapServer) -> None:
    with post.talk.books() as books:
        books.mailboxes.save(server.login, "in")


@contextmanager
def in_view(post: Post, **changed: object) -> Iterator[Mailboxes]:
    """The mailboxes, read by their own threads."""
    taking = replace(post.taking, **{"look_seconds": 5} | changed)  # type: ignore[arg-type]  # a test's own
    mailboxes = Mailboxes(post.hands, taking)
    mailboxes()
    try:
        yield mailboxes
    finally:
        mailboxes.stop()


def until(happened: Callable[[], bool]) -> None:
    """Wait for something that a thread does; the test's own time limit ends it."""
    while not happened():
        time.sleep(0.05)


def deliver(post: Post, text: str) -> None:
    post.server.deliver(written(text, number=text), at=MORNING + timedelta(hours=1))


def texts(post: Post) -> list[str]:
    return [reply.text for reply in post.replies("Norrsken")]


def test_mail_is_told_as_it_comes(post: Post) -> None:
    with in_view(post):
        deliver(post, "One")
        until(lambda: texts(post) == ["One"])
        deliver(post, "Two")
        until(lambda: texts(post) == ["One", "Two"])


def test_a_server_that_goes_away_is_found_again_when_it_is_back(post: Post) -> None:
    with in_view(post):
        deliver(post, "One")
        until(lambda: texts(post) == ["One"])
        with imap_server() as back:
            post.server = back
            connect(post, back)
            deliver(post, "Two")
            with in_view(post):
                until(lambda: texts(post) == ["One", "Two"])


def test_trouble_is_written_down_and_gone_when_it_is_well_again(post: Post) -> None:
    with imap_server() as gone:
        port = gone.port
    connect(post, gone)

    def trouble() -> str:
        with post.talk.books() as books:
            inbox = books.inboxes.get()
            return inbox.trouble if inbox else ""

    with in_view(post):
        until(lambda: trouble() == "imap_unreachable")
        with imap_server(port):
            until(lambda: trouble() == "")


def test_a_mailbox_that_is_forgotten_is_left_alone(post: Post) -> None:
    with in_view(post) as mailboxes:
        until(lambda: bool(mailboxes.watches))
        thread = mailboxes.watches[post.business].thread
        with post.talk.books() as books:
            books.mailboxes.forget("in")
        mailboxes()
        until(lambda: not thread.is_alive())
        assert not mailboxes.watches


def test_a_mailbox_with_another_password_is_read_with_that(post: Post) -> None:
    with post.talk.books() as books:
        books.mailboxes.save(replace(post.server.login, password="old"), "in")
    with in_view(post) as mailboxes:
        deliver(post, "One")
        connect(post, post.server)
        mailboxes()
        until(lambda: texts(post) == ["One"])


def test_the_example_has_no_mailbox(post: Post) -> None:
    with post.talk.books() as books:
        books.save_business(replace(books.business, example=True))
    with in_view(post) as mailboxes:
        assert not mailboxes.watches


def test_an_access_that_is_refused_is_not_tried_again(post: Post) -> None:
    given = ["taken back", PASSWORD]
    with post.talk.books() as books:
        books.mailboxes.save(replace(post.server.login, way="token", password=""), "in")
    ways = {
        "let_in": lambda _, server: replace(server, password=given[0]),
        "refused": lambda *_: given.pop(0),
    }
    with in_view(post, **ways):
        deliver(post, "Ping")
        until(lambda: texts(post) == ["Ping"])
    assert given == [PASSWORD]
