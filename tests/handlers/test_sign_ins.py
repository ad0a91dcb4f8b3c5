"""Signing in to a mailbox in the chat: a code, the page it is written on, and what lets us in afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.parties import MailServer
from handlers.rounds.mailboxes import taking
from tests.handlers.talk import Talk
from tests.imapserver import PASSWORD, USER, ImapServer, imap_server
from tests.mailserver import mail_server
from tests.microsoft import CLIENT, Microsoft, microsoft


@pytest.fixture(scope="module")
def boxes() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


@pytest.fixture
def there(talk: Talk, boxes: ImapServer) -> Iterator[Microsoft]:
    """Microsoft, with a mailbox and a way out that its access opens."""
    with microsoft() as running, mail_server(login=(USER, PASSWORD)) as mail:
        running.user, running.access = USER, PASSWORD
        app, here = talk.house.app, MailServer(host="127.0.0.1", security="none", way="token")
        app.sign_ins._client = CLIENT
        app.sign_ins.provider = running.provider(
            replace(here, port=boxes.port), replace(here, port=mail.port)
        )
        app.inbox = replace(app.inbox, sign_in=app.sign_ins, server=False)
        yield running


def begun(talk: Talk) -> str:
    talk.says("settings")
    talk.presses("Mailbox")
    talk.presses("Connect")
    return talk.presses("Microsoft: sign in")


def test_the_owner_is_given_a_code_and_the_page_it_is_written_on(talk: Talk, there: Microsoft) -> None:
    begun(talk)
    assert [fact.copy for fact in talk.card().facts] == ["https://microsoft.com/devicelogin", "B7KX-QPL2"]


def test_who_has_not_been_there_yet_is_told_so_and_keeps_the_code(talk: Talk, there: Microsoft) -> None:
    begun(talk)
    assert "has not seen you sign in yet" in talk.presses("I have signed in")
    assert "B7KX-QPL2" in [fact.copy for fact in talk.card().facts]


def test_who_signed_in_has_their_mailbox_read_and_can_send_through_it(talk: Talk, there: Microsoft) -> None:
    begun(talk)
    there.signed_in = True
    assert f"I now look into {USER}" in talk.presses("I have signed in")
    with talk.books() as books:
        incoming, outgoing = books.mailboxes.incoming(), books.mailboxes.outgoing()
        assert incoming and outgoing
        assert {incoming.way, outgoing.way} == {"token"} and not incoming.password + outgoing.password
        assert books.mailboxes.invited() is None
        business = books.business.id
    app = talk.house.app
    assert taking(app.inbox.desk, app.incoming).let_in(business, incoming).password == PASSWORD


def test_letters_go_out_through_it_where_that_was_asked_for(talk: Talk, there: Microsoft) -> None:
    talk.acts("sending.address", own_email=USER)
    talk.presses("Microsoft: sign in")
    there.signed_in = True
    talk.presses("I have signed in")
    with talk.books() as books:
        assert books.business.sends == "mail" and books.mailboxes.outgoing()


def test_who_signs_in_to_send_has_answers_read_where_they_came(talk: Talk, there: Microsoft) -> None:
    before = MailServer(host="imap.example", user="order@bageri.example", password="theirs")
    with talk.books() as books:
        books.mailboxes.save(before, "in")
    talk.acts("sending.address", own_email=USER)
    talk.presses("Microsoft: sign in")
    there.signed_in = True
    talk.presses("I have signed in")
    with talk.books() as books:
        assert books.mailboxes.incoming() == before and books.mailboxes.outgoing()


def test_a_mailbox_that_stays_shut_is_not_kept_and_why_is_told(talk: Talk, there: Microsoft) -> None:
    begun(talk)
    there.signed_in, there.access = True, "not-the-right-one"
    said = talk.presses("I have signed in")
    assert "I cannot look into the mailbox" in said and "Authenticated SMTP" in said
    with talk.books() as books:
        assert books.mailboxes.incoming() is books.mailboxes.signed_in(USER) is None


def test_a_code_that_ran_out_leads_to_a_new_one(talk: Talk, there: Microsoft) -> None:
    begun(talk)
    there.error = "expired_token"
    assert "The code has run out." in talk.presses("I have signed in")
    there.error = ""
    talk.presses("Microsoft: sign in")
    assert "B7KX-QPL2" in [fact.copy for fact in talk.card().facts]


def test_disconnecting_throws_away_what_let_us_in(talk: Talk, there: Microsoft) -> None:
    begun(talk)
    there.signed_in = True
    talk.presses("I have signed in")
    with talk.books() as books:
        books.mailboxes.forget("out")
    talk.acts("mailbox.forget")
    with talk.books() as books:
        assert books.mailboxes.signed_in(USER) is None


def test_another_account_that_opens_nothing_takes_nothing_from_the_one_that_does(
    talk: Talk, there: Microsoft
) -> None:
    begun(talk)
    there.signed_in = True
    talk.presses("I have signed in")
    there.user, there.access = "info@norrsken.example", "not-the-right-one"
    talk.acts("sign_in.begin", value="in")
    assert "I cannot look into the mailbox" in talk.presses("I have signed in")
    with talk.books() as books:
        assert books.mailboxes.signed_in(USER) and not books.mailboxes.signed_in(there.user)


def test_a_server_with_a_password_in_its_place_throws_away_what_let_us_in(
    talk: Talk, there: Microsoft
) -> None:
    talk.acts("sending.address", own_email=USER)
    talk.presses("Microsoft: sign in")
    there.signed_in = True
    talk.presses("I have signed in")
    with talk.books() as books:
        books.mailboxes.forget("in")
    with mail_server(login=(USER, PASSWORD)) as mail:
        here = {"mail_host": f"{mail.host}:{mail.port}", "mail_security": "none"}
        talk.acts("sending.server", mail_user=USER, mail_password=PASSWORD, **here)
    with talk.books() as books:
        assert books.mailboxes.signed_in(USER) is None


def test_without_an_application_at_microsoft_nobody_is_offered_it(talk: Talk) -> None:
    talk.says("settings")
    talk.presses("Mailbox")
    talk.presses("Connect")
    assert "Microsoft: sign in" not in [b.label for b in talk.card().buttons]


def test_what_lets_us_in_stands_nowhere_in_the_books_as_it_is(talk: Talk, there: Microsoft) -> None:
    begun(talk)
    there.signed_in = True
    talk.presses("I have signed in")
    written = b"".join(f.read_bytes() for f in talk.house.folder.rglob("*") if f.is_file())
    for secret in (PASSWORD, "a-key-nobody-sees", "renewal-"):
        assert secret.encode() not in written
