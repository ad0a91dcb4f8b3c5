"""The command line: read, import, today, doctor; a bad setting, a missing file, the same file twice."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from handlers.cli import shell
from tests.handlers.test_bank import bank_file, entry

ROOT = Path(__file__).parents[2]
DUE = date.today() + timedelta(days=30)
LIST = f"""Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language
Café Norrsken;nils@norrsken.example;1058;2026-10-20;{DUE};4125,50;SEK;10587;Bread;sv
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "open.csv"
    written.write_text(LIST, "utf-8")
    return written


@pytest.fixture(autouse=True)
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setenv("PURR_DATA", str(home))
    monkeypatch.setenv("PURR_LANGUAGE", "en")


def purr(*words: str) -> Result:
    return CliRunner().invoke(shell, list(words))


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], env={"PYTHONPATH": str(ROOT), "PATH": "", **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_help_shows_every_command_and_examples() -> None:
    said = purr("--help").output
    assert all(word in said for word in ("read", "import", "today", "doctor", "purr today --on 2026-12-01"))


def test_read_shows_what_a_file_holds_and_changes_nothing(file: Path, home: Path) -> None:
    before = (home / "purr.db").stat().st_mtime_ns
    said = purr("read", str(file)).output
    assert "1058 · Café Norrsken · 4125.50 SEK · due" in said
    assert (home / "purr.db").stat().st_mtime_ns == before


def test_read_gives_one_json_object_a_line(file: Path) -> None:
    (line,) = purr("read", "--json", str(file)).stdout.splitlines()
    assert (json.loads(line)["number"], json.loads(line)["amount_due"]) == ("1058", "4125.50")


def test_import_takes_a_file_in_and_the_same_file_twice_changes_nothing(file: Path) -> None:
    first, second = purr("import", str(file)), purr("import", str(file))
    assert "One invoice taken in." in first.output
    assert first.exit_code == second.exit_code == 0
    assert "taken in" not in second.output


def test_files_imported_together_are_first_files_all_of_them(file: Path, tmp_path: Path) -> None:
    other, late = tmp_path / "other.csv", str(DUE - timedelta(days=50))
    file.write_text(LIST.replace(str(DUE), late), "utf-8")
    other.write_text(LIST.replace(str(DUE), late).replace("1058", "1059"), "utf-8")
    said = purr("import", str(file), str(other)).output
    assert "Two invoices taken in." in said and "I found 2 old unpaid invoices" in said


def test_a_big_list_is_taken_in_as_it_is_read_and_a_bank_file_pays_it(tmp_path: Path) -> None:
    row = "Café Norrsken;{n};2026-11-01;2027-01-31;5,50;SEK;{n}7;" + "Bread " * 100 + "\n"
    listed, bank = tmp_path / "big.csv", tmp_path / "bank.xml"
    head = "Customer;Invoice no;Issued;Due date;Amount;Currency;OCR;Description\n"
    listed.write_text(head + "".join(row.format(n=n) for n in range(1_000, 3_000)), "utf-8")
    assert "2,000 invoices taken in" in purr("import", str(listed)).output
    assert "here already" in purr("import", str(listed)).output
    bank.write_text(bank_file(entry("5.50", "10007", "Café Norrsken")), "utf-8")
    assert "goes to its invoice" in purr("import", str(bank)).output
    assert "There were no new payments" in purr("import", str(bank)).output


def test_a_big_file_that_cannot_be_read_to_its_end_changes_nothing(tmp_path: Path) -> None:
    bank = tmp_path / "bank.xml"
    entries = (entry("5.50", f"{n}7", "x" * 500, mark=f"M{n}") for n in range(2_000))
    bank.write_text(bank_file(*entries).replace("</Ntfctn>", "</Oops>"), "utf-8")
    said = purr("import", str(bank)).output
    assert "Nothing was changed" in said and "bank.xml" in said
    bank.write_text(bank.read_text("utf-8").replace("</Oops>", "</Ntfctn>"), "utf-8")
    assert "2,000 payments taken in" in purr("import", str(bank)).output


def test_today_prints_the_list_of_another_day(file: Path) -> None:
    purr("import", str(file))
    assert "Café Norrsken" not in purr("today").output
    assert "Café Norrsken" in purr("today", "--on", str(DUE + timedelta(days=14))).output


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "1.12.2026"])
def test_a_day_that_cannot_be_is_refused_with_how_to_write_one(day: str) -> None:
    result = purr("today", "--on", day)
    assert result.exit_code == 2 and day in result.output and "2026-12-01" in result.output


@pytest.mark.parametrize("command", ["read", "import"])
def test_a_file_that_is_not_there_is_named(command: str) -> None:
    result = purr(command, "no-such.csv")
    assert result.exit_code == 2 and "no-such.csv: No such file" in result.output


@pytest.mark.parametrize("command", ["read", "import"])
def test_a_folder_is_no_file(command: str, tmp_path: Path) -> None:
    result = purr(command, str(tmp_path))
    assert result.exit_code == 2 and "directory" in result.output


def test_the_doctor_says_how_each_part_is() -> None:
    result = purr("doctor")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    parts = [line.removeprefix("ok").split(":")[0].strip() for line in lines if "  law: " not in line]
    where_it_runs = ["schema", "backup", "disk", "key", "folder"]
    outside = ["mail server", "mailbox", "language model", "time zone"]
    assert parts == ["settings", "database", *where_it_runs, *outside]


def test_a_bad_setting_stops_it_with_one_sentence(tmp_path: Path) -> None:
    done = started("doctor", PURR_DATA=str(tmp_path), PURR_PORT="many")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "PURR_PORT" in done.stderr


def test_books_that_cannot_be_opened_stop_it_with_one_sentence_and_may_be_tried_again(tmp_path: Path) -> None:
    away = f"postgresql://nobody:hemlig@/none?host={tmp_path}"
    stopped = started("today", PURR_DATA=str(tmp_path), DATABASE_URL=away)
    assert stopped.returncode == 1 and stopped.stderr.count("\n") == 1
    assert stopped.stderr.startswith("The database does not answer: connection to server on socket")
    assert "failed: No such file or directory" in stopped.stderr and "hemlig" not in stopped.stderr


def test_a_setting_that_does_not_exist_is_named(tmp_path: Path) -> None:
    done = started("doctor", PURR_DATA=str(tmp_path), PURR_PROT="1")
    assert done.returncode == 0 or "PURR_PROT" in done.stderr


def test_references_are_answered_line_by_line_and_nothing_else_is_said() -> None:
    questions = '{"id": "1", "scheme": "kid10", "op": "validate", "value": "0010017"}\nnonsense\n'
    asked = subprocess.run(
        [sys.executable, "-m", "bot", "reference", "--json"], env={"PYTHONPATH": str(ROOT), "PATH": ""},
        input=questions, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (asked.returncode, asked.stderr) == (0, "")
    assert [json.loads(line)["valid"] for line in asked.stdout.splitlines()] == [True, False]


def test_law_says_what_is_allowed_for_an_invoice_or_asks_for_one(file: Path) -> None:
    purr("import", str(file))
    said = purr("law", "1058")
    assert said.exit_code == 0
    assert "§" in said.output or "nothing" in said.output.casefold()
    assert purr("law").exit_code == 2


def test_pack_writes_the_evidence_about_a_claim_into_one_file(file: Path, home: Path) -> None:
    purr("import", str(file))
    made = purr("pack", "1058", "-o", str(home / "claim.zip"))
    assert (made.exit_code, made.output.strip()) == (0, str(home / "claim.zip"))
    names = zipfile.ZipFile(home / "claim.zip").namelist()
    assert names == ["index.pdf", "manifest.json", "checksums.txt"]


def test_pack_names_the_file_itself_and_says_why_there_is_none(file: Path, home: Path) -> None:
    purr("import", str(file))
    name = purr("pack", "Norrsken").output.strip()
    assert name.startswith("Cafe-Norrsken_") and (home / name).is_file()
    unknown = purr("pack", "Nobody")
    assert unknown.exit_code == 1 and "Nobody" in unknown.output
    nowhere = purr("pack", "1058", "-o", str(home / "none" / "claim.zip"))
    assert nowhere.exit_code == 2
