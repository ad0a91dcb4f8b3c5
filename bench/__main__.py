"""How fast Purr is against the bare floor of the same run: `python -m bench [size] [rounds] [many]`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time

from bench import floors, importing, letters, matching, reading, sweep

Run = Callable[[Path, int], Callable[[], int]]
"""Prepares so many of something in a folder and gives what is to be timed, which tells how many it did."""


def measured(run: Run, size: int) -> float:
    """Microseconds of CPU for each."""
    with tempfile.TemporaryDirectory() as folder:
        work = run(Path(folder), size)
        began = process_time()
        done = work()
        spent = process_time() - began
    if done != size:
        raise SystemExit(f"{run.__module__}.{run.__name__} did {done} of {size}: not comparable")
    return spent / size * 1e6


def compare(name: str, ours: Run, floor: Run, size: int, rounds: int) -> None:
    """One line: both in turn, and the median of their ratios."""
    pairs = [(measured(ours, size), measured(floor, size)) for _ in range(rounds)]
    ours_us, floor_us = (median(each) for each in zip(*pairs, strict=True))
    ratio = median(a / b for a, b in pairs)
    print(f"{name:<32} {ours_us:9.1f} {floor_us:9.1f} {ratio:8.1f}x")


def growth(name: str, run: Run, small: int, large: int) -> None:
    """One line: how many times as long the larger takes."""
    first, second = measured(run, small) * small / 1e6, measured(run, large) * large / 1e6
    print(f"{name:<32} {second:8.2f}s {first:8.2f}s {second / first:8.1f}x   {large:,} to {small:,}")


def memory(name: str, run: Run, *sizes: int) -> None:
    """One line: by how much the process grew at its peak, by the size of the file."""
    told = ", ".join(f"{_peak(run, size):.0f} MiB for {size:,}" for size in sizes)
    print(f"{name:<32} at most {told}")


def _peak(run: Run, size: int) -> float:
    """In MiB, measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder, get_context("fork").Pool(1) as pool:
        return pool.apply(_grown, (run, Path(folder), size))


def _grown(run: Run, folder: Path, size: int) -> float:
    work = run(folder, size)
    before = _resident()
    Path("/proc/self/clear_refs").write_text("5")
    work()
    return (_resident("VmHWM") - before) / 1024


def _resident(name: str = "VmRSS") -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def main(size: int = 400, rounds: int = 3, many: int = 100_000) -> None:
    """Every comparison, in microseconds of CPU for each item; `many` rows in a file."""
    print(f"{'':<32} {'ours':>9} {'floor':>9} {'ratio':>9}   up to {size}, median of {rounds}, µs CPU each")
    compare("sweep and digest, a customer", sweep.ours, sweep.floor, size, rounds)
    compare("claim, send, mark, a letter", letters.ours, letters.floor, min(size, 200), rounds)
    few, documents = many // 10, many // 50
    print(f"{many:,} rows; floors: typed csv, camt in one pass, UBL by compiled XPath; then Core inserts")
    compare("invoices, CSV", reading.csv_read, floors.csv_typed, many, rounds)
    compare("payments, camt.053", reading.camt_read, floors.camt_one_pass, many, rounds)
    compare("invoices, UBL", reading.ubl_read, floors.ubl_xpath, documents, rounds)
    compare("invoices into the books", importing.csv_taken_in, floors.csv_inserted, many, rounds)
    compare("the same invoices again", importing.csv_again, floors.csv_inserted, few, rounds)
    compare("payments into the books", importing.camt_taken_in, floors.camt_inserted, many, rounds)
    growth("matching, time", matching.matched, few // 5, 2 * few)
    memory("memory, invoices read", reading.csv_read, few, many)
    memory("memory, payments read", reading.camt_read, few, many)
    memory("memory, invoices into the books", importing.csv_taken_in, few, many)
    memory("memory, payments into the books", importing.camt_taken_in, few, many)


main(*map(int, sys.argv[1:]))
