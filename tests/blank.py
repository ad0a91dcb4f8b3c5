"""A database with all its tables and nothing in them, made once and copied."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import Database


def blank_books(folder: Path, name: str = "purr.db") -> Path:
    """An empty database in a folder; one that stands there already is left as it is."""
    file = folder / name
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_blank())
    return file


@cache
def _blank() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "blank.db"
        with closing(Database(f"sqlite:///{file}")) as database:
            database.migrate()
        return file.read_bytes()
