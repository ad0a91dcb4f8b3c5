"""The commands in the pages run as they stand, on books made for them; what cannot run here is told apart."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.settings import load
from handlers.cli import shell
from handlers.platforms import options
from tests.docs.pages import DOCS, PAGES, blocks
from tests.handlers.test_bank import bank_file, entry

SAMPLES = Path(__file__).parents[1] / "samples"
DUE = date.today() + timedelta(days=30)
LIST = f"""Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language
Café Norrsken;nils@norrsken.example;1058;2026-01-20;{DUE};4125,50;SEK;10587;Bread;sv
Bygg & Betong;bo@byggbetong.example;1042;2026-01-20;{DUE};900,00;SEK;;Bread;sv
"""
REPLY = {"id": "r1", "today": "2026-11-25", "context": {}, "text": "Vi betalar på fredag."}
SETTING = re.compile(r"[A-Z_]+=\S*")
ELSEWHERE = {
    r"make\b": "each target is a test or a tool of its own",
    r"(PURR_GOLDEN=write )?\.venv/bin/python -m (pytest|bench)\b": "tests and measures",
    r"DATABASE_URL=|pg_dump|pg_restore": "wants a PostgreSQL",
    r"purr( work)?$": "runs until it is stopped",
    r"purr (backup|restore|health)\b": "tests/test_running.py",
}
"""Lines that do not run here, and why."""


def lines(page: Path) -> Iterator[str]:
    """What a reader types: each line of the blocks for a shell, without its remark."""
    for block in blocks(page, "sh", "console"):
        for line in block.replace("\\\n", " ").splitlines():
            typed = re.sub(r"\s+# .*$", "", line).strip().removeprefix("$ ")
            if typed:
                yield typed.removeprefix(".venv/bin/") if typed.startswith(".venv/bin/purr") else typed


OURS = re.compile(r"purr|make|\.venv|[A-Z_]+=")
"""How a line begins that is about Purr itself; the page on running it has others, about machines."""


def elsewhere(line: str) -> bool:
    return any(re.match(pattern, line) for pattern in ELSEWHERE)


TYPED = [(page, line) for page in PAGES for line in lines(page)]
RUN = list(dict.fromkeys(line for _, line in TYPED if line.startswith("purr") and not elsewhere(line)))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the pages name, and books in which Norrsken has paid and 1042 is open."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "invoices.csv").write_text(LIST, "utf-8")
    paid = entry("4125.50", reference="10587", payer="Café Norrsken")
    (folder / "bank.xml").write_text(bank_file(paid), "utf-8")
    shutil.copy(SAMPLES / "ubl/invoice.xml", folder / "invoice.xml")
    question = next(blocks(DOCS / "law.md", "json"))
    (folder / "questions.jsonl").write_text(f"{json.dumps(json.loads(question))}\n", "utf-8")
    (folder / "replies.jsonl").write_text(f"{json.dumps(REPLY)}\n", "utf-8")
    with pytest.MonkeyPatch.context() as here:
        at(folder, here)
        for file in ("invoices.csv", "bank.xml"):
            assert run(f"purr import {file}").exit_code == 0
    return folder


def at(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(folder)
    patch.setenv("PURR_DATA", str(folder / "purr-data"))
    patch.setenv("PURR_LANGUAGE", "en")


def run(line: str) -> Result:
    """A line as a shell runs it; whoever is asked writes the word."""
    words, given, into = shlex.split(line)[1:], "ERASE\n", ""
    if ">" in words:
        words, into = words[: words.index(">")], words[words.index(">") + 1]
    if "<" in words:
        words, given = words[: words.index("<")], Path(words[words.index("<") + 1]).read_text("utf-8")
    done = CliRunner().invoke(shell, words, input=given)
    if into:
        Path(into).write_text(done.output, "utf-8")
    return done


def test_every_line_is_a_setting_a_command_that_runs_here_or_one_that_cannot() -> None:
    ours = [line for page, line in TYPED if OURS.match(line) or page.name != "running.md"]
    assert [line for line in ours if not (line in RUN or elsewhere(line) or SETTING.match(line))] == []
    assert len(RUN) > 15


@pytest.mark.parametrize("line", RUN)
def test_a_command_runs_as_it_stands(
    line: str, books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(books, tmp_path / "reader")
    at(folder, monkeypatch)
    done = run(line)
    looks = line == "purr doctor"
    assert done.exit_code == 0 or (looks and "to mend" in done.output), done.output
    assert done.output.strip() or "<" in line
    for name in re.findall(r"(?:-o|>) (\S+)", line):
        assert (folder / name).stat().st_size


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_settings_of_a_block_can_be_used(page: Path, tmp_path: Path) -> None:
    for block in blocks(page, "sh", ""):
        given = [line for line in block.splitlines() if SETTING.match(line.strip())]
        own = [
            line.partition(" #")[0].strip()
            for line in given
            if "://purr@" not in line and " .venv" not in line
        ]
        (tmp_path / ".env").write_text("\n".join(own), encoding="utf-8")
        load(tmp_path / ".env", options())


def test_the_question_about_the_law_on_the_page_has_an_answer(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(books, monkeypatch)
    answer = json.loads(run("purr law --json < questions.jsonl").output)
    assert answer["id"] == "q1" and "invalid_input" not in str(answer)
