"""How much memory a piece of work takes at its peak, in a process that does nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

Run = Callable[[Path, int], Callable[[], int]]
"""Prepares so many of something in a folder and gives what is to be measured, which tells how many it did."""


def peak(run: Run, size: int) -> float:
    """In MiB. One process prepares, another does the work: nothing can hide where something was before."""
    with tempfile.TemporaryDirectory() as folder:
        _alone(_prepare, run, Path(folder), size)
        return _alone(_grown, run, Path(folder), size)


def check(run: Run, done: int, size: int) -> None:
    """Stop unless all was done."""
    if done != size:
        raise SystemExit(f"{run} did {done} of {size}: not comparable")


def _alone(work: Callable[[Run, Path, int], float], *given: object) -> float:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def _prepare(run: Run, folder: Path, size: int) -> float:
    run(folder, size)
    return 0.0


def _grown(run: Run, folder: Path, size: int) -> float:
    work = run(folder, size)
    before = _resident()
    Path("/proc/self/clear_refs").write_text("5")
    check(run, work(), size)
    return (_resident("VmHWM") - before) / 1024


def _resident(name: str = "VmRSS") -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
