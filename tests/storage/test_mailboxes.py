from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.parties import MailServer
from storage.engine import Database
from storage.mailboxes import mailboxes
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

SERVER = MailServer(host="smtp.bageri.example", port=465, user="asa", password="hemlig", security="tls")


def opened(folder: Path) -> Database:
    database = Database(f"sqlite:///{folder / 'purr.db'}", folder / "purr.key")
    database.migrate()
    return database


def test_a_mail_server_comes_back_as_it_was_named(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database:
        database.add_business(ASAS_BAGERI)
        with database.books(ASAS_BAGERI.id, NOW) as books:
            assert books.mailboxes.outgoing() is None
            books.mailboxes.save(MailServer(host="old.example"))
            books.mailboxes.save(SERVER)
            assert books.mailboxes.outgoing() == SERVER


def test_a_sign_in_is_kept_for_each_and_those_that_nobody_needs_are_thrown_away(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database:
        database.add_business(ASAS_BAGERI)
        with database.books(ASAS_BAGERI.id, NOW) as books:
            found = {user: replace(SERVER, user=user) for user in ("asa", "info_a", "infoxa")}
            for each in found.values():
                books.mailboxes.sign_in(each)
            books.mailboxes.save(SERVER)
            books.mailboxes.sign_out(["info_a"])
            kept = {user: books.mailboxes.signed_in(user) for user in found}
            assert kept == {"asa": None, "info_a": found["info_a"], "infoxa": None}
            books.mailboxes.sign_out([])
            assert books.mailboxes.signed_in("info_a") is None and books.mailboxes.outgoing() == SERVER


def test_its_password_never_lies_in_the_database_as_it_is(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database:
        database.add_business(ASAS_BAGERI)
        with database.books(ASAS_BAGERI.id, NOW) as books:
            books.mailboxes.save(SERVER)
        with database.engine.connect() as connection:
            kept = str(connection.execute(sa.select(mailboxes.c.server)).all())
    assert "hemlig" not in kept
    assert "smtp.bageri.example" in kept


def test_a_password_is_not_kept_where_no_key_file_was_named(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'purr.db'}")) as database:
        database.migrate()
        database.add_business(ASAS_BAGERI)
        with database.books(ASAS_BAGERI.id, NOW) as books, pytest.raises(RuntimeError, match="key file"):
            books.mailboxes.save(SERVER)


def test_a_password_is_not_shown_where_a_server_is_printed() -> None:
    assert "hemlig" not in repr(SERVER)
