"""What the tests of the answers share: a database with its tables, and a talk about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import Database
from tests.handlers.talk import Talk


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all its tables and nothing in them."""
    file = tmp_path_factory.mktemp("blank") / "purr.db"
    with closing(Database(f"sqlite:///{file}")) as database:
        database.migrate()
    return file


@pytest.fixture
def home(blank: Path, tmp_path: Path) -> Path:
    """A folder for one house, its tables made."""
    shutil.copy(blank, tmp_path / "purr.db")
    return tmp_path


@pytest.fixture
def talk(home: Path) -> Talk:
    """A talk in English about the customers of the example; letters go out by mail."""
    return Talk.about(home)


@pytest.fixture
def blank_database(home: Path) -> Iterator[Database]:
    """A database with its tables and nothing in them."""
    with closing(Database(f"sqlite:///{home / 'purr.db'}")) as database:
        yield database
