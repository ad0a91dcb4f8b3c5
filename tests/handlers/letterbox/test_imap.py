"""A mailbox is opened to be read: news wakes whoever waits, and what is wrong is told in our words."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.parties import MailServer
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


SAYS = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n",
    b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 1] .\r\n* OK [UIDNEXT 4] .\r\n",
}
"""What a server says to a command before it says that all is well."""


def halting(listening: socket.socket) -> None:
    """A server that breaks off in the middle of its news, as a slow line does."""
    talk, _ = listening.accept()
    with talk, talk.makefile("rwb", buffering=0) as line:
        line.write(b"* OK welcome\r\n")
        for command in line:
            tag, name = command.split()[:2]
            if name == b"IDLE":
                for piece in (b"+ idling\r\n", b"* 4 EX", b"ISTS\r\n"):
                    line.write(piece)
                    time.sleep(0.3)
                line.readline()
            line.write(SAYS.get(name, b"") + tag + b" OK done\r\n")


def test_news_that_comes_in_pieces_is_read_to_its_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        talking = threading.Thread(target=halting, args=(listening,))
        talking.start()
        login = MailServer(
            host="127.0.0.1", port=listening.getsockname()[1], user="a", password="b", security="none"
        )
        with opened(login, 10) as box:
            box.wait(3600, threading.Event())
            assert box.tells_news
        talking.join()


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
