"""The tape: every call that a stand-in recorded, read as it grows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

from tests.e2e.running import Stuck

Call = dict[str, Any]
T = TypeVar("T")
PATIENCE = 20.0


class Tape:
    """A file of recorded calls, one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._calls: list[Call] = []
        self._read = 0

    def calls(self, method: str = "") -> list[Call]:
        """All calls so far, or those of one method."""
        if self.path.is_file():
            with self.path.open("rb") as file:
                file.seek(self._read)
                whole = file.read().rpartition(b"\n")[0]
            self._read += len(whole) + 1 if whole else 0
            self._calls += [json.loads(line) for line in whole.splitlines() if line]
        return [c for c in self._calls if not method or c["path"].rsplit("/", 1)[-1] == method]


def wait(what: str, look: Callable[[], T | None], patience: float = PATIENCE) -> T:
    """Look again and again until there is something; `what` says what was waited for."""
    until = monotonic() + patience
    while True:
        if found := look():
            return found
        if monotonic() > until:
            raise Stuck(f"waited {patience:.0f} s for {what}")
        sleep(0.05)
