"""Starting: the time until `purr --help` is on the screen, and what it loads for that."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

PURR = "from handlers.cli import main; main()"
HEAVY = frozenset({"polars", "pandas", "pyarrow", "sqlalchemy", "lxml", "dbos", "slack_bolt", "telegram"})
"""Libraries that nobody waits for who only asks what there is."""


def help_shown(pairs: int = 9) -> tuple[float, float]:
    """Seconds to print the help, and for Python to do nothing: the medians of so many of each, in turn."""
    _check()
    taken = [(_seconds(PURR, "--help"), _seconds("pass")) for _ in range(pairs)]
    ours, floor = zip(*taken, strict=True)
    return median(ours), median(floor)


def _seconds(*code: str) -> float:
    began = perf_counter()
    _run(*code)
    return perf_counter() - began


def _check() -> None:
    """Stop unless it is the help that is timed, and unless nothing heavy is loaded for it."""
    if "doctor" not in _run(PURR, "--help"):
        raise SystemExit("there is no help to time")
    loading = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {PURR}"
    loaded = subprocess.run(
        [sys.executable, "-c", loading, "--help"], check=True, capture_output=True, text=True
    )
    if found := sorted(HEAVY & set(loaded.stderr.split())):
        raise SystemExit(f"the help loads {', '.join(found)}")


def _run(*code: str) -> str:
    return subprocess.run([sys.executable, "-c", *code], check=True, stdout=subprocess.PIPE, text=True).stdout
