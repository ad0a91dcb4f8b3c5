"""A business's own mailbox comes before the one in the settings, which belongs to one business alone."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from bot.parties import MailServer
from bot.settings import Settings
from handlers.letterbox.incoming import Incoming
from handlers.letterbox.microsoft import SignIns
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

OTHER = replace(ASAS_BAGERI, id="other", email="other@else.example")


def settings(**changed: object) -> Settings:
    given = {
        "imap_host": "imap.bageri.example",
        "imap_user": ASAS_BAGERI.email,
        "imap_password": SecretStr("x"),
    }
    return Settings(_env_file=None, **(given | changed))  # type: ignore[arg-type]  # a test's own words


def test_the_mailbox_of_the_settings_is_for_the_business_of_its_address(home: Path) -> None:
    with closing(Database(f"sqlite:///{home / 'purr.db'}", home / "key")) as database:
        database.add_business(ASAS_BAGERI)
        database.add_business(OTHER)
        incoming = Incoming(database, settings(), SignIns(database, settings(), lambda: NOW))
        with database.books(OTHER.id, NOW) as books:
            assert incoming.of(books) is None
        with database.books(ASAS_BAGERI.id, NOW) as books:
            common = incoming.of(books)
            assert common and (common.host, common.port, common.security) == (
                "imap.bageri.example",
                993,
                "tls",
            )
            books.mailboxes.save(MailServer(host="own.example"), "in")
            assert incoming.of(books) == MailServer(host="own.example")


def test_without_one_in_the_settings_there_is_none(home: Path) -> None:
    with closing(Database(f"sqlite:///{home / 'purr.db'}")) as database:
        assert (
            Incoming(database, settings(imap_host=""), SignIns(database, settings(), lambda: NOW)).common(
                ASAS_BAGERI
            )
            is None
        )
