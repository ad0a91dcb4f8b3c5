"""What the tests of the answers share: a database with its tables, and a talk about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import Database
from tests.blank import blank_books
from tests.handlers.talk import Talk


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for one house, its tables made."""
    return blank_books(tmp_path).parent


@pytest.fixture
def talk(home: Path) -> Talk:
    """A talk in English about the customers of the example; letters go out by mail."""
    return Talk.about(home)


@pytest.fixture
def blank_database(home: Path) -> Iterator[Database]:
    """A database with its tables and nothing in them."""
    with closing(Database(f"sqlite:///{home / 'purr.db'}")) as database:
        yield database
