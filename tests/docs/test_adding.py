"""The examples of the pages on adding something are added, and do what the pages say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from typer.testing import CliRunner

from bot.documents import Document
from bot.parties import Standing
from bot.platforms import Platform
from handlers.cli import shell
from messages.languages import BESIDE
from storage import ledgers, readers
from tests.docs.pages import CODE, DOCS, ROOT, blocks, prose
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office, Params, Said, opened

SHOP = """{"invoice": "7", "amount": "120.50", "currency": "SEK", "due": "2026-12-01", "customer": "Zebra"}
{"invoice": "8", "amount": "much", "currency": "SEK", "due": "2026-12-01", "customer": "Zebra"}
"""
BY_LANGUAGE = re.compile(r'^\[sv\]|"nb".*"sv"|^ *"sv": "', re.MULTILINE)
COPIED = (
    "pyproject.toml",
    "tests/*.py",
    "tests/handlers/*.py",
    "tests/bot/countries/*.py",
    "tests/docs/estonia.py",
)


def example(page: str) -> str:
    """The longest block of Python on a page: the whole example."""
    return max(blocks(DOCS / page, "python"), key=len)


@contextmanager
def added(folder: Path, package: ModuleType, name: str, page: str) -> Iterator[None]:
    """A module of a page's example, found by its name among those of a package."""
    (folder / f"{name}.py").write_text(example(page), encoding="utf-8")
    package.__path__.append(str(folder))
    try:
        yield
    finally:
        package.__path__.remove(str(folder))
        sys.modules.pop(f"{package.__name__}.{name}", None)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """A file of the example's kind, where its reader is one of Purr's."""
    with added(tmp_path, readers, "ndjson", "adding-a-reader.md"):
        readers.readers.cache_clear()
        (tmp_path / "shop.txt").write_text(SHOP, encoding="utf-8")
        yield tmp_path / "shop.txt"
    readers.readers.cache_clear()


def test_the_example_of_a_reader_reads_a_line_and_names_the_one_it_cannot(shop: Path) -> None:
    said = CliRunner().invoke(shell, ["read", str(shop)])
    assert said.exit_code == 0
    assert "7 · Zebra · 120.50 SEK · due 2026-12-01" in said.output
    assert "line 2" in said.output


def test_the_example_of_a_reader_never_crashes_on_a_file_that_is_cut_short(shop: Path) -> None:
    whole = shop.read_bytes()
    for end in range(0, len(whole), 5):
        found = readers.read(whole[:end], shop.name)
        assert len(found.documents) <= 1
        assert {problem.code for problem in found.problems} <= {*readers.PROBLEMS}


def invoice(name: str, balance: int, *payments: Mapping[str, object]) -> dict[str, object]:
    return {
        "id": name, "number": f"10{name}", "total": 100, "balance": balance, "currency": "NOK", "kid": "",
        "date": "2026-10-01", "due": "2026-10-15", "customer": {"name": "Norrsken", "email": ""},
        "payments": payments,
    }  # fmt: skip


def left(documents: tuple[Document, ...]) -> dict[str, str]:
    return {d.number: str(d.amount.decimal) for d in documents if d.amount is not None}


def test_the_example_of_a_ledger_reads_every_page_and_what_has_been_paid_since(tmp_path: Path) -> None:
    listed = {
        "1": [invoice("1", 100)],
        "2": [invoice("2", 60, {"date": "2026-10-20", "amount": 40, "id": "p"})],
    }

    def page(asked: Params) -> Said:
        return Said({"invoices": listed.get(asked["page"], []), "pages": 2})

    office = Office({"/invoices": page, "/invoices/2": lambda _: Said({"invoice": invoice("2", 0)})})
    office.let_in = lambda headers: headers.get("Authorization") == "Bearer t"
    with added(tmp_path, ledgers, "bokhus", "adding-a-ledger.md"), opened(office):
        ledgers.ledgers.cache_clear()
        first = pulled(office, "bokhus", {"token": "t"})
        listed["2"] = []
        later = pulled(office, "bokhus", {"token": "t"}, first.cursor)
    ledgers.ledgers.cache_clear()
    assert left(first.documents) == {"101": "100.00", "102": "60.00"}
    assert [str(r.amount.decimal) for r in first.receipts] == ["40.00"]
    assert left(later.documents) == {"101": "100.00", "102": "0.00"}
    assert first.papers == {"101": "/invoices/1/pdf", "102": "/invoices/2/pdf"}


@pytest.mark.slow
def test_the_example_of_a_country_is_judged_as_the_others_and_lives_through_a_story(tmp_path: Path) -> None:
    for folder in ("bot", "messages", "storage", "handlers"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in (file for pattern in COPIED for file in ROOT.glob(pattern)):
        (tmp_path / file.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, tmp_path / file.relative_to(ROOT))
    (tmp_path / "bot/countries/estonia.py").write_text(example("adding-a-country.md"), encoding="utf-8")
    words = next(blocks(DOCS / "adding-a-country.md", "toml"))
    for file in (tmp_path / "messages").glob("*/language.toml"):
        file.write_text(f"{file.read_text('utf-8')}\n{re.sub('(?m)^   ', '', words)}", encoding="utf-8")
    judge = tmp_path / "tests/bot/countries/test_every_country.py"
    judge.write_text(
        judge.read_text("utf-8").replace("NUMBERS = {", 'NUMBERS = {"EE": "12345678", '), "utf-8"
    )
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(judge), "tests/docs/estonia.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout


def functions(code: str) -> dict[str, tuple[list[str], str]]:
    """The functions of a module, each with the names of what it takes and what it gives."""
    found = (each for each in ast.parse(code).body if isinstance(each, ast.FunctionDef))
    return {
        each.name: ([arg.arg for arg in each.args.args], ast.unparse(each.returns) if each.returns else "")
        for each in found
        if not each.name.startswith("_")
    }


@pytest.mark.parametrize(
    ("page", "real"),
    [
        ("adding-a-reader.md", "storage/readers/ubl.py"),
        ("adding-a-ledger.md", "storage/ledgers/fiken.py"),
        ("adding-a-register.md", "storage/registers/no.py"),
        ("adding-a-platform.md", "handlers/platforms/telegram/__init__.py"),
    ],
)
def test_what_a_page_says_a_module_offers_is_what_they_offer(page: str, real: str) -> None:
    said, offered = (
        functions(next(blocks(DOCS / page, "python"))),
        functions((ROOT / real).read_text("utf-8")),
    )
    assert said
    for name, (takes, gives) in said.items():
        assert takes == offered[name][0], name
        assert gives in {"", offered[name][1]}, name


def test_all_that_a_platform_offers_is_on_its_page() -> None:
    told = {
        word
        for code in CODE.findall(prose(DOCS / "adding-a-platform.md"))
        for word in re.findall(r"\w+", code)
    }
    offered = {*Platform.__annotations__, *(name for name in vars(Platform) if not name.startswith("_"))}
    assert offered <= told


def test_the_standings_of_a_register_are_those_there_are() -> None:
    told = set(CODE.findall(prose(DOCS / "adding-a-register.md")))
    assert {standing for standing in get_args(Standing) if standing} <= told


def test_every_part_of_a_language_is_on_its_page() -> None:
    told = set(CODE.findall(prose(DOCS / "adding-a-language.md")))
    parts = {f"{p.name}/*.j2" if p.is_dir() else p.name for p in (ROOT / "messages/en").iterdir()}
    assert parts - {f"{matter}.toml" for matter in BESIDE} <= told


def test_every_place_that_knows_the_languages_by_name_is_on_the_page() -> None:
    folders = (ROOT / name for name in ("bot", "handlers", "messages", "storage"))
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in {".py", ".toml"})
    knowing = {str(f.relative_to(ROOT)) for f in files if BY_LANGUAGE.search(f.read_text("utf-8"))}
    assert knowing and knowing <= set(CODE.findall(prose(DOCS / "adding-a-language.md")))


def test_the_tables_of_the_tests_that_a_language_fills_are_where_the_page_says() -> None:
    page = prose(DOCS / "adding-a-language.md")
    rows = [row.split("|")[1:3] for row in page.splitlines() if row.strip().startswith("| `tests/")]
    assert rows
    for files, tables in rows:
        first, *_ = known = [ROOT / name for name in CODE.findall(files) if name.endswith(".py")]
        assert all(file.exists() for file in known)
        for table in (name for name in CODE.findall(tables) if name.isidentifier()):
            assert re.search(rf"\b{table}\b", first.read_text("utf-8")), (first.name, table)


@pytest.mark.parametrize("page", ["adding-a-country.md", "adding-a-language.md"])
def test_the_tables_of_words_on_a_page_are_like_those_there_are(page: str) -> None:
    real = tomllib.loads((ROOT / "messages/en/language.toml").read_text("utf-8"))
    for block in blocks(DOCS / page, "toml"):
        for name, table in tomllib.loads(re.sub("(?m)^   ", "", block)).items():
            inner = next(iter(table.values()))
            like = next(iter(real[name].values())) if isinstance(inner, dict) else real[name]
            assert isinstance(like, type(inner)) or set(table) <= set(real[name])
