"""Where the books lie on a PostgreSQL: its own tools for copies, what they brought back, and workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from bot.settings import SettingError, Settings
from handlers.cli import shell
from handlers.running import checkup
from handlers.running.backups import Kept
from handlers.running.opening import books_of
from storage import backup
from tests.handlers.day import Day, day
from tests.mailserver import mail_server
from tests.postgres import postgres

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(scope="module")
def today(server: str) -> Iterator[Day]:
    with mail_server() as mail, day(server, mail) as begun:
        yield begun


def purr(*words: str) -> Result:
    return CliRunner().invoke(shell, list(words))


def test_the_doctor_names_the_workers_and_leaves_copies_to_postgresql(today: Day, tmp_path: Path) -> None:
    def found() -> dict[str, str]:
        return {
            each.name: each.text for each in checkup.look(today.database, Kept(tmp_path, None), today.now)
        }

    assert found()["workers"] == "nobody is at work just now"
    with today.database.workers(today.now) as workers:
        workers.seen("desk-1-abcd")
    assert found()["workers"] == "desk-1-abcd"
    assert "pg_dump" in found()["backup"] and "the newest" in found()["schema"]


def test_a_database_without_all_letters_is_refused_in_one_sentence(server: str, tmp_path: Path) -> None:
    latin = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(latin, isolation_level="AUTOCOMMIT")
    for encoding in ("SQL_ASCII", "LATIN1"):
        with engine.connect() as connection:
            made = f"CREATE DATABASE {encoding} ENCODING {encoding} LOCALE 'C' TEMPLATE template0"
            connection.execute(sa.text(made))
        url = latin.set(database=encoding.lower()).render_as_string(hide_password=False)
        with pytest.raises(SettingError, match=f"^DATABASE_URL .* {encoding}, .* --encoding=UTF8") as refused:
            books_of(Settings(_env_file=None, data=tmp_path, DATABASE_URL=url))
        assert "\n" not in str(refused.value)
    engine.dispose()


def test_its_own_tools_are_named_and_no_password_is_said(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PURR_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", server.replace("postgres:@", "postgres:hemlig@"))
    for command in ("backup", "restore"):
        refused = purr(command, str(tmp_path / "copy.db"))
        assert refused.exit_code == 2 and "pg_dump" in refused.stderr and "hemlig" not in refused.stderr


def test_what_they_brought_back_is_seen_to_once_nobody_is_at_work(
    server: str, today: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PURR_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", server)
    today.plan()
    with today.database.workers(today.now) as workers:
        workers.seen("other")
    refused = purr("restore", "--settle")
    assert refused.exit_code == 2 and "is running" in refused.stderr
    backup.settle(today.database, today.now)
    today.run()
    assert not today.server.messages and today.told[-1] == "unknown restored"
