"""How fast Purr is against the bare floor of the same run: `python -m bench [size] [rounds] [many]`."""

from __future__ import annotations

import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from bench import letters, reading, sweep

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


def memory(name: str, run: Run, *sizes: int) -> None:
    """One line: the most memory at once beside the file, with all that is kept of it, by its size."""
    peaks = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            work = run(Path(folder), size)
            tracemalloc.start()
            work()
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    told = ", ".join(f"{peak / 1e6:.0f} MB for {size:,}" for peak, size in zip(peaks, sizes, strict=True))
    print(f"{name:<32} at most {told}")


def main(size: int = 400, rounds: int = 3, many: int = 100_000) -> None:
    """Every comparison, in microseconds of CPU for each item; `many` rows in a file, read once."""
    print(f"{'':<32} {'ours':>9} {'floor':>9} {'ratio':>9}   up to {size}, median of {rounds}, µs CPU each")
    compare("sweep and digest, a customer", sweep.ours, sweep.floor, size, rounds)
    compare("claim, send, mark, a letter", letters.ours, letters.floor, min(size, 200), rounds)
    some = many // 10
    compare(f"{many:,} invoices, CSV", reading.csv_read, reading.csv_floor, many, 1)
    compare(f"{many:,} payments, camt.053", reading.camt_read, reading.camt_floor, many, 1)
    compare(f"{some:,} invoices, into the books", reading.csv_taken_in, reading.csv_floor, some, 1)
    compare(f"{some:,} payments, into the books", reading.camt_taken_in, reading.camt_floor, some, 1)
    memory("memory, invoices, CSV", reading.csv_read, some, 2 * some)
    memory("memory, payments, camt.053", reading.camt_read, some, 2 * some)


main(*map(int, sys.argv[1:]))
