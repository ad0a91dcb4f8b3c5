"""Mailboxes: tried before they are trusted, read from the day they are connected, and forgotten again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import Form
from bot.parties import MailServer
from handlers import mailboxes
from tests.handlers.talk import MORNING, Talk
from tests.imapserver import PASSWORD, USER, ImapServer, imap_server


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


@pytest.fixture
def asked(talk: Talk) -> Talk:
    """An owner who is asked for the mailbox."""
    talk.says("settings")
    talk.presses("Mailbox")
    talk.presses("Connect")
    return talk


def answers(server: ImapServer, password: str = PASSWORD) -> dict[str, str]:
    host = f"{server.host}:{server.port}"
    return {"mail_host": host, "mail_user": USER, "mail_password": password, "mail_security": "none"}


def fields(talk: Talk) -> dict[str, str]:
    form = talk.part("Try it")
    assert isinstance(form, Form)
    return {f.name: f.value for f in form.fields}


def test_the_mailbox_is_guessed_from_the_address(asked: Talk) -> None:
    assert fields(asked)["mail_host"] == "imap.asasbageri.example"
    assert fields(asked)["mail_user"] == "asa@asasbageri.example"


@pytest.mark.parametrize(
    ("email", "way_out", "guessed"),
    [
        ("asa@gmail.com", "", "imap.gmail.com"),
        ("asa@bageri.example", "smtp.domeneshop.no", "imap.domeneshop.no"),
        ("asa@bageri.example", "send.one.com", "imap.one.com"),
        ("asa@bageri.example", "mail.bageri.example", "imap.bageri.example"),
        ("", "", ""),
    ],
)
def test_a_mailbox_is_called_as_the_way_out_is(talk: Talk, email: str, way_out: str, guessed: str) -> None:
    with talk.desk() as desk:
        desk.books.save_business(replace(desk.business, email=email))
        if way_out:
            desk.books.mailboxes.save(MailServer(host=way_out))
        assert mailboxes.guess(desk) == guessed


def test_a_mailbox_that_lets_us_in_is_kept_and_read_from_today_on(asked: Talk, server: ImapServer) -> None:
    assert f"look into {USER}" in asked.presses("Try it", **answers(server))
    with asked.books() as books:
        assert books.mailboxes.incoming() == server.login
        inbox = books.inboxes.get()
    assert inbox and (inbox.since, inbox.seen) == (MORNING.date(), 0)


def test_a_wrong_password_is_told_at_the_question_and_changes_nothing(
    asked: Talk, server: ImapServer
) -> None:
    before = asked.kept()
    asked.presses("Try it", **answers(server, "another"))
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert "does not accept the name or password" in "".join(f.error for f in form.fields)
    assert asked.kept() == before
    assert fields(asked)["mail_password"] == ""


def test_a_mailbox_that_is_not_there_is_told_at_the_question(asked: Talk) -> None:
    with imap_server() as gone:
        pass
    asked.presses("Try it", **answers(gone))
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert "cannot be reached" in "".join(f.error for f in form.fields)


def test_how_to_get_a_password_for_apps_is_told(asked: Talk) -> None:
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert "app password" in "".join(f.hint for f in form.fields)


def test_logging_in_again_goes_on_where_it_was_and_another_mailbox_begins_anew(
    asked: Talk, server: ImapServer
) -> None:
    asked.presses("Try it", **answers(server))
    with asked.books() as books:
        books.inboxes.claim("worker", timedelta(minutes=1))
        books.inboxes.moved("worker", 7, 42)
    asked.acts("mailbox.connect", **answers(server))
    with asked.books() as books:
        again = books.inboxes.get()
    assert again and again.seen == 42
    with imap_server() as other:
        asked.acts("mailbox.connect", **answers(other) | {"mail_host": f"localhost:{other.port}"})
    with asked.books() as books:
        anew = books.inboxes.get()
    assert anew and anew.seen == 0


def test_a_mailbox_is_shown_with_when_it_was_read_and_what_is_wrong(asked: Talk, server: ImapServer) -> None:
    asked.presses("Try it", **answers(server))
    with asked.books() as books:
        books.inboxes.claim("worker", timedelta(minutes=1))
        books.inboxes.moved("worker", 7, 42)
    assert "I last looked on 25 November at 09:00" in asked.acts("mailbox.show")
    with asked.books() as books:
        books.inboxes.failed("worker", "imap_unreachable")
    assert "cannot be reached" in asked.acts("mailbox.show")


def test_a_mailbox_is_forgotten_with_all_that_let_us_in(asked: Talk, server: ImapServer) -> None:
    asked.presses("Try it", **answers(server))
    asked.acts("mailbox.show")
    assert "deleted" in asked.presses("Disconnect")
    with asked.books() as books:
        assert (books.mailboxes.incoming(), books.inboxes.get()) == (None, None)
    assert "Connect the mailbox" in asked.acts("mailbox.show")


def test_what_is_kept_of_mail_is_told_before_it_is_connected(talk: Talk) -> None:
    said = talk.acts("mailbox.show")
    assert "I only read" in said and "Of all other mail I keep nothing" in said


def test_the_example_has_no_mailbox_of_its_own(talk: Talk) -> None:
    with talk.desk() as desk:
        desk.books.save_business(replace(desk.business, example=True))
    assert "example" in talk.acts("mailbox.form").casefold()
