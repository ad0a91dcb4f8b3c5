"""One process owns the file of the books: a second one that would also work on it is refused."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.errors import Refusal


class Alone:
    """The right to work on a file, held until it is given back or the process ends, however it ends."""

    def __init__(self, file: Path) -> None:
        self._path = file.with_name(f"{file.name}.lock")
        self._held: int | None = None

    def take(self) -> None:
        """Take it, or refuse: somebody else is at work on this file."""
        held = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(held)
            raise Refusal("already_running", file=str(self._path)) from None
        self._held = held

    def give_back(self) -> None:
        """Let the next one have it. The file stays: were it deleted, two could each hold one of that name."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
