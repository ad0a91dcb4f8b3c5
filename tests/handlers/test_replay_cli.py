"""`purr replay`: a year of files tried in books that are thrown away, and of the business's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from handlers.cli import shell
from tests.handlers.test_bank import ENTRY, bank_file

LIST = """Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language
Café Norrsken;nils@norrsken.example;1058;2024-01-22;2024-02-21;4125,50;SEK;10587;Bread;sv
Bygg & Betong;bo@byggbetong.example;1059;2024-01-22;2024-02-21;900,00;SEK;10595;Bread;sv
"""
PAID = ENTRY.format(
    amount="900.00",
    sign="CRDT",
    back="",
    day="2024-02-20",
    mark="A1",
    payer="Bygg &amp; Betong",
    remittance="<Strd><CdtrRefInf><Ref>10595</Ref></CdtrRefInf></Strd>",
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PURR_DATA", str(tmp_path / "books"))
    monkeypatch.setenv("PURR_LANGUAGE", "en")
    (tmp_path / "open.csv").write_text(LIST, "utf-8")
    (tmp_path / "bank.xml").write_text(bank_file(PAID), "utf-8")
    return "bank.xml", "open.csv"


def purr(*words: str) -> Result:
    return CliRunner().invoke(shell, ["replay", *words])


def test_files_are_tried_in_books_of_which_nothing_is_kept(files: tuple[str, str], tmp_path: Path) -> None:
    said = purr(*files, "--country", "se")
    assert said.exit_code == 0
    assert "0 letters to people who had paid." in said.stdout
    assert "would have gone to one customer" in said.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank.xml", "open.csv"]


def test_a_program_gets_figures(files: tuple[str, str]) -> None:
    told = json.loads(purr(*files, "--country", "SE", "--json").stdout)
    assert (told["first"], told["letters_to_paid"], told["waiting"]) == ("2024-01-22", 0, 0)
    assert told["letters"] == 3


@pytest.mark.usefixtures("files")
def test_without_files_it_is_the_business_s_own_year() -> None:
    assert "Nothing to go through yet" in purr().stdout


@pytest.mark.parametrize(
    ("words", "why"), [(("open.csv", "--country", "XX"), "choose one of"), (("no.csv",), "No such file")]
)
@pytest.mark.usefixtures("files")
def test_what_cannot_be_tried_is_said_in_one_sentence(words: tuple[str, ...], why: str) -> None:
    said = purr(*words)
    assert (said.exit_code, why in said.stderr) == (2, True)
