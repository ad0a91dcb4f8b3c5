"""What the run tells as it goes: a line a step, and what came of it all."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


def tell(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass
class Report:
    """Steps done, and what failed."""

    steps: int = 0
    failed: list[str] = field(default_factory=list)
    part: str = ""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step, timed; a failure is told and ends its part."""
        began = time.monotonic()
        try:
            yield
        except Exception as problem:
            self.failed.append(f"{self.part}: {name}")
            tell(f"  FAILED  {name}\n{_indented(problem)}")
            raise Ended from problem
        self.steps += 1
        tell(f"  ok      {name} ({time.monotonic() - began:.1f} s)")

    @contextmanager
    def scene(self, part: str) -> Iterator[None]:
        """A part of the run; when it ends early the next goes on."""
        self.part = part
        tell(f"\n{part}")
        try:
            yield
        except Ended:
            pass
        except Exception as problem:  # noqa: BLE001 - a stand-in that does not start fails its part, not the run
            self.failed.append(part)
            tell(f"  FAILED  {part}\n{_indented(problem)}")

    def summary(self) -> int:
        """The last lines, and the exit code."""
        tell(f"\n{self.steps} steps done, {len(self.failed)} failed")
        for each in self.failed:
            tell(f"  {each}")
        return 1 if self.failed else 0


class Ended(Exception):
    """A part of the run is over because a step of it failed."""


def _indented(problem: BaseException) -> str:
    text = str(problem) or repr(problem)
    at = traceback.extract_tb(problem.__traceback__)[-1]
    told = [*text.splitlines(), f"({type(problem).__name__} at {at.filename.rsplit('/', 1)[-1]}:{at.lineno})"]
    return "\n".join(f"          {line}" for line in told)
