"""Runs in which everything goes wrong: `python -m tests.chaos [letters] [kills]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.chaos import faults
from tests.chaos.killing import killed
from tests.postgres import postgres


def main(letters: int = 10_000, kills: int = 3) -> None:
    """Each run in turn; the first that loses or repeats a letter ends it."""
    with tempfile.TemporaryDirectory() as folder:
        found = killed(f"sqlite:///{folder}/purr.db", Path(folder), letters, 1, kills)
        _tell("kill -9, SQLite, one process", found)
    with postgres() as address, tempfile.TemporaryDirectory() as folder:
        url = address.replace("postgresql://", "postgresql+psycopg://")
        shared = killed(url, Path(folder), letters, 2, kills)
        _tell("kill -9, PostgreSQL, two workers", shared)
    faults.run(lambda line: _tell("", line))
    if found.lost or found.twice or shared.lost or shared.twice:
        raise SystemExit("a letter was lost or sent twice")


def _tell(run: str, result: object) -> None:
    sys.stdout.write(f"{run:<34} {result}\n".lstrip())
    sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
