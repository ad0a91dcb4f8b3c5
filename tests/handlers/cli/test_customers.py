"""One customer at the command line: taken away as a file, and erased, by the rules of the chat."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from handlers.cli import shell
from tests.handlers.stage import BAKERY
from tests.handlers.talk import Talk
from tests.handlers.test_privacy import settle

WHOLE = "Café Norrsken"


@pytest.fixture
def closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """The example's books, of which Norrsken has paid all, with nobody at work on them."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("PURR_DATA", str(home))
    talk = Talk.about(home)
    settle(talk, "norrsken")
    talk.says("Norrsken")
    talk.house.app.database.close()
    return talk


def purr(*words: str, writes: str = "") -> Result:
    return CliRunner().invoke(shell, list(words), input=writes)


def happened(talk: Talk) -> list[tuple[str, str]]:
    with talk.books() as books:
        found = [(event.kind, event.who) for event in books.history.all()]
    talk.house.app.database.close()
    return found


def test_all_about_a_customer_is_written_into_one_file_for_its_owner_alone(closed: Talk, home: Path) -> None:
    out = home / "norrsken.zip"
    made = purr("export", "Norrsken", "-o", str(out))
    assert (made.exit_code, made.output.strip()) == (0, str(out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert {"README.txt", "data.json", "talk.txt"} <= set(zipfile.ZipFile(out).namelist())
    assert ("customer_exported", f"{BAKERY.owner}, at the command line") in happened(closed)


def test_an_export_names_its_file_itself_and_says_why_there_is_none(closed: Talk, home: Path) -> None:
    name = purr("export", "Norrsken").output.strip()
    assert name.startswith("Cafe-Norrsken_") and (home / name).is_file()
    unknown = purr("export", "Nobody")
    assert (unknown.exit_code, unknown.output) == (1, "I know no customer called “Nobody”.\n")
    nowhere = purr("export", "Norrsken", "-o", str(home / "none" / "a.zip"))
    assert nowhere.exit_code == 2 and nowhere.output.count("\n") == 1


def test_the_word_is_asked_for_and_then_they_are_erased_and_the_chat_says_so(closed: Talk) -> None:
    done = purr("erase", "Norrsken", writes="erase\n")
    assert done.exit_code == 0
    assert "Erase Café Norrsken?" in done.output and "Write ERASE to go on" in done.output
    assert done.output.rstrip().endswith("they come back as somebody new.")
    assert happened(closed)[0] == ("customer_erased", f"{BAKERY.owner}, at the command line")
    with closed.books() as books:
        assert books.customers.get("norrsken").erased
        assert not [line for line in books.lines.recent() if "Norrsken" in str(line)]
    assert closed.card().title == "Erased"


def test_without_the_word_nobody_is_erased(closed: Talk) -> None:
    before = closed.kept()
    closed.house.app.database.close()
    kept = purr("erase", "Norrsken", writes="yes\n")
    assert kept.exit_code == 1 and kept.output.rstrip().endswith("Write ERASE to go on")
    assert closed.kept() == before


def test_a_script_erases_who_is_named_in_full_and_nobody_else(closed: Talk) -> None:
    before = closed.kept()
    closed.house.app.database.close()
    careful = purr("erase", "Norrsken", "--yes")
    assert (careful.exit_code, careful.output) == (
        1,
        "Write the whole name, Café Norrsken, so that nobody else is erased by mistake.\n",
    )
    assert closed.kept() == before
    closed.house.app.database.close()
    assert purr("erase", WHOLE, "--yes").exit_code == 0
    again = purr("erase", WHOLE, "--yes")
    assert again.exit_code == 1 and "no customer" in again.output


def test_who_owes_something_is_not_erased_and_it_says_why(closed: Talk) -> None:
    waits = purr("erase", "Bygg & Betong AB", "--yes")
    assert waits.exit_code == 1
    assert "cannot be erased yet" in waits.output and "! " in waits.output


def test_a_chat_that_is_open_on_the_same_file_knows_them_no_more(closed: Talk) -> None:
    assert WHOLE in closed.says("Norrsken")
    assert purr("erase", WHOLE, "--yes").exit_code == 0
    assert closed.card().title == "Erased"
    assert WHOLE not in closed.says("Norrsken")
