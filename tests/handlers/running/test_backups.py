"""Backing up and restoring at the command line: what is said, what is kept, and nothing goes out twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.chat import Request
from bot.platforms import Heard, Person, Place
from bot.settings import Settings
from handlers.app import App
from handlers.cli import shell
from handlers.engine.alone import Alone
from handlers.running.backups import Kept
from storage import backup
from storage.engine import Database
from storage.vault import Vault
from tests.handlers.day import Day, day
from tests.mailserver import MailServer, mail_server


@pytest.fixture(autouse=True)
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(home)
    monkeypatch.setenv("PURR_DATA", str(home))
    return Settings(_env_file=None)


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def today(home: Path, mail: MailServer) -> Iterator[Day]:
    mail.messages.clear()
    with day(f"sqlite:///{home / 'purr.db'}", mail) as begun:
        yield begun


def purr(*words: str) -> Result:
    return CliRunner().invoke(shell, list(words))


def test_a_backup_says_what_is_in_it_and_what_is_not(home: Path) -> None:
    Vault(home / "purr.key").seal("hemlig")
    made = purr("backup", "copy.db")
    assert made.exit_code == 0
    assert "copy.db: the books as of" in made.output and "Not in it: the key" in made.output
    assert not (home / "copy.db.key").exists()
    assert (home / "purr.key").read_bytes() not in (home / "copy.db").read_bytes()


def test_the_key_is_copied_where_it_is_asked_for_beside_and_for_the_owner_alone(home: Path) -> None:
    Vault(home / "purr.key").seal("hemlig")
    made = purr("backup", "copy.db", "--with-key")
    assert made.exit_code == 0 and "keep them apart" in made.output
    assert (home / "copy.db.key").read_bytes() == (home / "purr.key").read_bytes()
    assert (home / "copy.db.key").stat().st_mode & 0o777 == 0o600


def test_no_file_is_written_over_unless_that_is_said(home: Path) -> None:
    (home / "copy.db").write_text("mine", "utf-8")
    refused = purr("backup", "copy.db")
    assert refused.exit_code == 2 and "--replace" in refused.stderr
    assert (home / "copy.db").read_text("utf-8") == "mine"
    assert purr("backup", "copy.db", "--replace").exit_code == 0
    backup.look_through(home / "copy.db")


def test_in_a_folder_copies_are_named_by_their_time_and_so_many_are_kept(home: Path) -> None:
    folder = home / "copies"
    folder.mkdir()
    for name in ("purr-2026-01-01-020000.db", "purr-2026-01-02-020000.db", "purr-mine.db"):
        (folder / name).touch()
    (folder / "purr-2026-01-01-020000.db.key").touch()
    made = purr("backup", "copies", "--keep", "2")
    assert made.exit_code == 0 and "purr-2026-01-01-020000.db: deleted" in made.output
    left = sorted(file.name for file in folder.iterdir())
    assert left[0] == "purr-2026-01-02-020000.db" and left[-1] == "purr-mine.db" and len(left) == 3


@pytest.mark.parametrize("words", [("copies",), ("a.week", "--keep", "7")])
def test_a_folder_that_is_not_there_yet_is_made_for_its_owner_alone(
    words: tuple[str, ...], home: Path
) -> None:
    assert purr("backup", *words).exit_code == 0
    (copy,) = (home / words[0]).glob("purr-*.db")
    backup.look_through(copy)
    assert (home / words[0]).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "words", [("none/copy.db",), ("none/copies",), ("purr.db",), ("purr.db", "--replace")]
)
def test_a_place_that_cannot_be_is_refused_in_one_sentence(words: tuple[str, ...], home: Path) -> None:
    books = (home / "purr.db").stat().st_ino
    refused = purr("backup", *words)
    assert refused.exit_code == 2 and refused.stderr.count("\n") == 1
    assert words[0].partition("/")[0] in refused.stderr
    assert (home / "purr.db").stat().st_ino == books


def test_the_hour_of_the_last_copy_is_kept(settings: Settings) -> None:
    assert Kept.of(settings).copied_at() is None
    purr("backup", "copy.db")
    at = Kept.of(settings).copied_at()
    assert at and at == backup.look_through(settings.data / "copy.db").taken_at


def test_books_that_are_there_are_kept_aside_and_only_when_that_is_said(home: Path) -> None:
    purr("backup", "copy.db")
    refused = purr("restore", "copy.db")
    assert refused.exit_code == 2 and "--replace" in refused.stderr
    restored = purr("restore", "copy.db", "--replace")
    assert restored.exit_code == 0 and "restored" in restored.output
    (aside,) = home.glob("purr-before-*.db")
    backup.look_through(aside)
    assert str(aside) in restored.output


def test_nothing_is_restored_while_purr_runs(home: Path) -> None:
    purr("backup", "copy.db")
    running = Alone(home / "purr.db")
    running.take()
    refused = purr("restore", "copy.db", "--replace")
    running.give_back()
    assert (refused.exit_code, refused.stderr) == (2, "Purr is running on these books. Stop it first.\n")
    assert not list(home.glob("purr-before-*"))


def test_a_backup_moves_to_another_machine_with_its_key(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = Vault(home / "purr.key").seal("hemlig")
    purr("backup", "copy.db", "--with-key")
    for other, words in (("without", ()), ("with", ("--with-key",))):
        monkeypatch.setenv("PURR_DATA", str(tmp_path / other))
        restored = purr("restore", "copy.db", *words)
        assert restored.exit_code == 0, restored.output
        assert ("sealed with a key that is" in restored.output) == (other == "without")
    assert Vault(tmp_path / "with" / "purr.key").open(sealed) == "hemlig"
    assert (tmp_path / "with" / "purr.key").stat().st_mode & 0o777 == 0o600


def test_another_key_is_never_lost_and_a_strange_one_never_taken(home: Path) -> None:
    Vault(home / "purr.key").seal("hemlig")
    purr("backup", "copy.db", "--with-key")
    (home / "purr.key").unlink()
    Vault(home / "purr.key").seal("another")
    other = (home / "purr.key").read_bytes()
    restored = purr("restore", "copy.db", "--with-key", "--replace")
    assert restored.exit_code == 0
    (aside,) = home.glob("purr.key-before-*")
    assert aside.read_bytes() == other
    (home / "copy.db.key").write_bytes(other)
    refused = purr("restore", "copy.db", "--with-key", "--replace")
    assert refused.exit_code == 2 and "not the key of these books" in refused.stderr


@pytest.mark.parametrize("words", [(), ("copy.db", "--settle")])
def test_restore_wants_a_copy_or_the_word_that_there_is_none(words: tuple[str, ...]) -> None:
    assert purr("restore", *words).exit_code == 2


def test_a_letter_that_went_out_after_the_backup_does_not_go_out_again(today: Day, home: Path) -> None:
    today.plan()
    purr("backup", "copy.db")
    today.run()
    assert len(today.server.messages) == 1
    today.database.close()
    restored = purr("restore", "copy.db", "--replace")
    assert "the letter that waited to go out" in restored.output and restored.exit_code == 0
    with closing(Database(f"sqlite:///{home / 'purr.db'}")) as put_back:
        again = Day(put_back, today.server, today.now)
        again.run()
        again.run(again.hands("second"))
        assert len(today.server.messages) == 1
        assert (again.letter.state, again.told[-1]) == ("unknown", "unknown restored")


def test_what_was_heard_before_the_backup_is_not_answered_a_second_time(today: Day, home: Path) -> None:
    heard = Heard("7", Place("pocket", "asa"), Person("pocket", "asa"), Request("", text="yes"))
    with closing(Database(f"sqlite:///{home / 'purr.db'}", home / "purr.key")) as database:
        with database.arrivals(today.now) as arrivals:
            arrivals.keep((heard,))
        backup.settle(database, today.now)
        with database.arrivals(today.now) as arrivals:
            assert arrivals.waiting("pocket") == () and arrivals.keep((heard,)) == (False,)


def test_every_owner_is_told_in_the_chat_that_the_books_were_put_back(settings: Settings) -> None:
    with App(settings) as app:
        business = app.meet("nb")
    purr("backup", "copy.db")
    purr("restore", "copy.db", "--replace")
    with App(settings) as app, app.database.books(business.id, app.now()) as books:
        said = books.lines.recent(limit=1)[0].card
    assert said.title == "Tilbake fra sikkerhetskopi" and "Se i sendt e-post" in said.text
