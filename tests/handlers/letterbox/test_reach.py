"""Where anybody may begin a business, nobody has Purr knock at doors inside its own network."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.parties import MailServer
from bot.settings import Settings
from handlers.letterbox.incoming import Incoming
from handlers.letterbox.mailers import Mailers
from handlers.letterbox.microsoft import SignIns
from handlers.letterbox.reach import is_public
from storage.engine import Database
from tests.imapserver import imap_server
from tests.mailserver import mail_server

INSIDE = (
    "127.0.0.1", "::1", "10.0.0.7", "172.16.3.4", "192.168.1.1", "169.254.169.254", "fe80::1", "fd00::1",
    "0.0.0.0", "::ffff:127.0.0.1", "100.64.0.1",
)  # fmt: skip
"""This machine and its neighbours."""
OUTSIDE = ("193.0.6.139", "2001:67c:2e8:22::c100:68b")


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("address", INSIDE)
def test_a_host_with_one_address_inside_is_not_public(address: str) -> None:
    assert not is_public("mail.example", lambda _: {address})
    assert not is_public("mail.example", lambda _: {*OUTSIDE, address})


def test_a_host_all_of_whose_addresses_lie_outside_is() -> None:
    assert is_public("mail.example", lambda _: OUTSIDE)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "", "a" * 300])
def test_this_machine_and_what_is_no_host_are_not(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize(("sign_up", "trouble"), [(False, ""), (True, "smtp_unreachable")])
def test_a_stranger_s_mail_server_may_not_be_one_of_ours(tmp_path: Path, sign_up: bool, trouble: str) -> None:
    settings = Settings(_env_file=None, data=tmp_path, sign_up=sign_up)
    with closing(Database(f"sqlite:///{tmp_path / 'purr.db'}")) as database, mail_server() as mail:
        mailers = Mailers(database, settings, _now, SignIns(database, settings, _now))
        server = MailServer(host=mail.host, port=mail.port, security="none")
        assert mailers.trouble(server) == trouble


def test_nor_their_mailbox_but_the_one_in_the_settings_may(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'purr.db'}")) as database, imap_server() as server:
        ours = server.login
        settings = Settings(
            _env_file=None,
            data=tmp_path,
            sign_up=True,
            imap_host=ours.host,
            imap_port=ours.port,
            imap_user=ours.user,
            imap_password=SecretStr(ours.password),
            imap_security="none",
        )
        incoming = Incoming(database, settings, SignIns(database, settings, _now))
        assert incoming.trouble(ours) == ""
        assert incoming.trouble(replace(ours, user="somebody else")) == "imap_unreachable"
