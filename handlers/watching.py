"""Watching a folder: files that an accounting system or a bank puts there, once they have come whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.chat import Upload

SETTLED = 5.0
"""Seconds without a change after which a file is taken to be whole."""


def arrivals(folder: Path, now: float) -> Iterator[Upload]:
    """The files of a folder that nobody is still writing, by name; `now` in seconds since 1970."""
    for path in sorted(folder.iterdir()):
        try:
            settled = path.is_file() and now - path.stat().st_mtime >= SETTLED
            if settled and not path.name.startswith("."):
                yield Upload(path.name, path.read_bytes())
        except OSError:
            continue
