"""A mailbox is opened to be read: news wakes whoever waits, and what is wrong is told in our words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from handlers.letterbox.imap import Box, opened, trouble
from tests.imapserver import ImapServer, imap_server

MAIL = b"From: a@b.example\r\nSubject: x\r\n\r\nHej\r\n"
LONG_AGO, FAR_AWAY = date(2000, 1, 1), date(2100, 1, 1)


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


@pytest.fixture
def box(server: ImapServer) -> Iterator[Box]:
    with opened(server.login, 10) as found:
        yield found


def test_mails_are_listed_after_a_number_and_from_a_day_on(server: ImapServer, box: Box) -> None:
    server.deliver(MAIL, MAIL)
    numbers = box.after(0, LONG_AGO)
    assert box.after(numbers[-1], LONG_AGO) == ()
    assert box.after(numbers[0], LONG_AGO) == numbers[1:]
    assert box.after(0, FAR_AWAY) == ()


def test_a_mail_comes_as_it_was_and_cut_off_where_it_is_too_long(server: ImapServer, box: Box) -> None:
    server.deliver(MAIL)
    number = box.after(0, LONG_AGO)[-1]
    size = box.sizes([number])[number]
    assert box.mail(number, size, 10_000) == MAIL
    assert box.mail(number, size, 10) == MAIL[:10]


def test_a_mail_that_has_gone_is_none(box: Box) -> None:
    assert box.sizes([99_999]) == {}
    assert box.mail(99_999, 10, 10) is None


def test_news_wakes_whoever_waits(server: ImapServer, box: Box) -> None:
    seen = box.after(0, LONG_AGO)
    woken = threading.Event()

    def wait() -> None:
        try:
            box.wait(60, threading.Event())
        finally:
            woken.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not woken.wait(0.2):
        server.deliver(MAIL)
    waiting.join()
    assert len(box.after(0, LONG_AGO)) > len(seen)


def test_whoever_waits_can_be_stopped(box: Box) -> None:
    stopping = threading.Event()
    stopping.set()
    box.wait(3600, stopping)


def test_what_is_wrong_is_told_by_its_name(server: ImapServer) -> None:
    assert trouble(server.login, 10) == ""
    assert trouble(replace(server.login, password="another"), 10) == "imap_auth"
    assert trouble(replace(server.login, password="å annat"), 10) == "imap_auth"
    assert trouble(replace(server.login, security="tls"), 10) == "imap_tls"
    assert trouble(replace(server.login, security="starttls"), 10) == "imap_tls"


def test_a_server_that_is_gone_cannot_be_reached() -> None:
    with imap_server() as gone:
        login = gone.login
    assert trouble(login, 10) == "imap_unreachable"
