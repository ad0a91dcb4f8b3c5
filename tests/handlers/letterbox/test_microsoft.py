"""Mailboxes at Microsoft: an access is asked for when the last is over, and every answer is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.errors import DeliveryError
from bot.mail import MailboxError
from bot.parties import MailServer
from bot.settings import Settings
from bot.sign_ins import Invitation, SignedIn
from handlers.letterbox.imap import opened
from handlers.letterbox.mailers import Mailers
from handlers.letterbox.microsoft import SignIns
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.handlers.stage import Clock
from tests.imapserver import PASSWORD, USER, imap_server
from tests.mailserver import mail_server
from tests.microsoft import CLIENT, Microsoft, microsoft

HERE = ASAS_BAGERI.id
MORNING = datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(MORNING)


@pytest.fixture
def there() -> Iterator[Microsoft]:
    with microsoft() as running:
        running.user, running.access = USER, PASSWORD
        yield running


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{home / 'purr.db'}", home / "key")) as opened_books:
        opened_books.add_business(ASAS_BAGERI)
        yield opened_books


@pytest.fixture
def sign_ins(there: Microsoft, database: Database, clock: Clock) -> SignIns:
    found = SignIns(database, Settings(_env_file=None, microsoft_client_id=CLIENT), clock)
    server = MailServer(host="127.0.0.1", port=1, security="none", way="token")
    found.provider = there.provider(server, server)
    return found


def signed_in(database: Database, clock: Clock) -> MailServer:
    """A business whose owner has signed in; the server they are at."""
    server = MailServer(host="127.0.0.1", port=1, user=USER, security="none", way="token")
    with database.books(HERE, clock()) as books:
        books.mailboxes.sign_in(replace(server, password="renewal-0"))
    return server


def kept(database: Database, clock: Clock) -> str:
    with database.books(HERE, clock()) as books:
        server = books.mailboxes.signed_in(USER)
        return server.password if server else ""


def test_somebody_is_invited_and_is_signed_in_once_they_have_been_there(
    there: Microsoft, sign_ins: SignIns
) -> None:
    invited = sign_ins("")
    assert isinstance(invited, Invitation)
    assert (invited.code, invited.address) == ("B7KX-QPL2", "https://microsoft.com/devicelogin")
    assert sign_ins(invited.key) == "waiting"
    there.signed_in = True
    found = sign_ins(invited.key)
    assert isinstance(found, SignedIn)
    assert (found.user, found.incoming.password, found.incoming.way) == (USER, PASSWORD, "token")
    assert [form["client_id"] for _, form in there.asked] == [CLIENT] * 3


@pytest.mark.parametrize(
    ("error", "status", "trouble"),
    [
        ("expired_token", 400, "over"),
        ("authorization_declined", 400, "declined"),
        ("unauthorized_client", 400, "refused"),
        ("anything", 503, "unreachable"),
        ("anything", 429, "unreachable"),
    ],
)
def test_each_no_is_told_by_what_it_means(
    there: Microsoft, sign_ins: SignIns, error: str, status: int, trouble: str
) -> None:
    there.error, there.status = error, status
    assert sign_ins("a key") == trouble


@pytest.mark.parametrize(
    "raw",
    [b"<html>", b"[]", b"{}", b'{"access_token": 1}', b"{" * 70_000],
    ids=["page", "list", "empty", "odd", "huge"],
)
def test_what_is_no_answer_is_a_refusal(there: Microsoft, sign_ins: SignIns, raw: bytes) -> None:
    there.signed_in, there.raw = True, raw
    assert sign_ins("") == "refused"
    assert sign_ins("a key") == "refused"


def test_an_access_is_asked_for_once_in_its_hour_and_its_renewal_is_kept(
    there: Microsoft, sign_ins: SignIns, database: Database, clock: Clock
) -> None:
    there.signed_in = True
    server = signed_in(database, clock)
    for _ in range(3):
        assert sign_ins.let_in(HERE, server).password == PASSWORD
    assert there.renewals == ["renewal-0"]
    newer = kept(database, clock)
    assert newer != "renewal-0"
    clock.at += timedelta(minutes=56)
    sign_ins.let_in(HERE, server)
    assert there.renewals == ["renewal-0", newer]


def test_a_server_with_a_password_is_asked_nothing_about(there: Microsoft, sign_ins: SignIns) -> None:
    server = MailServer(host="mail.example", password="theirs")
    assert sign_ins.let_in(HERE, server) is server
    assert there.asked == []


@pytest.mark.parametrize(
    ("error", "status", "key", "permanent"),
    [("invalid_grant", 400, "imap_sign_in", True), ("busy", 503, "imap_unreachable", False)],
)
def test_a_sign_in_that_is_over_is_the_owner_s_to_mend_and_a_silent_microsoft_is_not(
    there: Microsoft,
    sign_ins: SignIns,
    database: Database,
    clock: Clock,
    error: str,
    status: int,
    key: str,
    permanent: bool,
) -> None:
    server = signed_in(database, clock)
    there.error, there.status = error, status
    with pytest.raises(MailboxError) as told:
        sign_ins.let_in(HERE, server)
    assert (told.value.key, told.value.permanent) == (key, permanent)


def test_nobody_is_let_in_who_is_not_signed_in(sign_ins: SignIns) -> None:
    with pytest.raises(MailboxError, match="imap_sign_in"):
        sign_ins.let_in(HERE, MailServer(host="x", way="token"))


def test_the_mailbox_is_opened_with_the_access_and_not_with_another(
    there: Microsoft, sign_ins: SignIns, database: Database, clock: Clock
) -> None:
    there.signed_in = True
    with imap_server() as server:
        mine = replace(signed_in(database, clock), port=server.port)
        with opened(sign_ins.let_in(HERE, mine), 10) as box:
            assert box.server == mine
        with pytest.raises(MailboxError, match="imap_sign_in"), opened(replace(mine, password="old"), 10):
            raise AssertionError


def test_a_letter_goes_out_with_the_access(
    there: Microsoft, sign_ins: SignIns, database: Database, clock: Clock
) -> None:
    there.signed_in = True
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = USER, "kund@example.com", "<1@example.com>"
    mailers = Mailers(database, Settings(_env_file=None), clock, sign_ins)
    with mail_server(login=(USER, PASSWORD)) as mail:
        server = replace(signed_in(database, clock), port=mail.port)
        with database.books(HERE, clock()) as books:
            books.mailboxes.save(server)
        asyncio.run(mailers.send(HERE, message))
        assert len(mail.messages) == 1
    there.error = "invalid_grant"
    clock.at += timedelta(hours=2)
    with pytest.raises(DeliveryError) as told:
        asyncio.run(mailers.send(HERE, message))
    assert (told.value.reason, told.value.permanent) == ("smtp_sign_in", False)


def test_an_access_that_was_taken_back_before_its_end_is_asked_for_anew(
    there: Microsoft, sign_ins: SignIns, database: Database, clock: Clock
) -> None:
    there.signed_in, there.access = True, "taken back"
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = USER, "kund@example.com", "<1@example.com>"
    mailers = Mailers(database, Settings(_env_file=None), clock, sign_ins)
    with mail_server(login=(USER, PASSWORD)) as mail:
        server = replace(signed_in(database, clock), port=mail.port)
        with database.books(HERE, clock()) as books:
            books.mailboxes.save(server)
        with pytest.raises(DeliveryError) as told:
            asyncio.run(mailers.send(HERE, message))
        assert (told.value.reason, told.value.permanent) == ("smtp_sign_in", False)
        there.access = PASSWORD
        asyncio.run(mailers.send(HERE, message))
        assert len(mail.messages) == 1


def test_what_lasts_is_sealed_in_the_books(
    sign_ins: SignIns, database: Database, clock: Clock, home: Path
) -> None:
    signed_in(database, clock)
    assert b"renewal-0" not in b"".join(f.read_bytes() for f in home.iterdir() if f.is_file())
