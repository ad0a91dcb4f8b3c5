"""How fast Purr is against a bare floor: `python -m bench --help`."""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pytest

from bench import (
    clicks,
    drafts,
    floors,
    importing,
    letters,
    matching,
    memory,
    mornings,
    presses,
    reading,
    servers,
    starting,
    sweep,
)
from bench.figures import Figure, write
from bench.memory import Run
from tests.postgres import postgres

FIGURES: list[Figure] = []
"""What was found so far."""


def measured(run: Run, size: int, server: str = "") -> float:
    """Microseconds of CPU for each; over a server that does the work elsewhere, microseconds waited."""
    clock = perf_counter if server else process_time
    with tempfile.TemporaryDirectory() as folder:
        if server:
            servers.put(Path(folder), server)
        work = run(Path(folder), size)
        began = clock()
        done = work()
        spent = clock() - began
    memory.check(run, done, size)
    return spent / size * 1e6


def compare(
    name: str,
    ours: Run,
    floor: Run,
    size: int,
    rounds: int,
    must: float | None = None,
    aim: float | None = None,
    server: str = "",
) -> None:
    """One line: both in turn, and the median of their ratios."""
    pairs = [(measured(ours, size, server), measured(floor, size, server)) for _ in range(rounds)]
    ours_us, floor_us = (median(each) for each in zip(*pairs, strict=True))
    unit = "µs waited" if server else "µs CPU"
    _tell(Figure(name, ours_us, floor_us, median(a / b for a, b in pairs), unit, must, aim))


def waited(name: str, taken: tuple[float, float], must: float, aim: float) -> None:
    """One line: how long people wait for ours, and for the floor, in seconds."""
    ours, floor = taken
    _tell(Figure(name, ours * 1e6, floor * 1e6, ours / floor, "µs waited", must, aim))


def growth(
    name: str,
    run: Run,
    small: int,
    large: int,
    must: float | None = None,
    aim: float | None = None,
    server: str = "",
) -> None:
    """One line: how many times as long the larger takes."""
    first, second = measured(run, small, server) * small, measured(run, large, server) * large
    unit = "µs waited" if server else "µs CPU"
    _tell(Figure(f"{name}, {large:,} to {small:,}", second, first, second / first, unit, must, aim))


def _tell(figure: Figure) -> None:
    FIGURES.append(figure)
    print(figure)


def grown(name: str, small: tuple[Run, int], large: tuple[Run, int]) -> None:
    """One line: by how much more a process grows when there is more to do."""
    first, second = memory.peak(*small), memory.peak(*large)
    FIGURES.append(Figure(name, second, first, second / max(first, 0.1), "MiB"))
    sizes = f"{large[1]:,} to {small[1]:,}"
    print(f"{name:<32} {second:6.1f}MiB {first:6.1f}MiB {second - first:+6.1f}MiB   {sizes}")


def main(size: int = 400, rounds: int = 3, many: int = 100_000, most: int = 0) -> None:
    """Every comparison, in µs of CPU for each item; `many` rows in a file, and `most` for memory."""
    print(f"{'':<32} {'ours':>9} {'floor':>9} {'ratio':>9}   up to {size}, median of {rounds}, µs CPU each")
    compare("claim, send, mark, a letter", letters.ours, letters.floor, min(size, 200), rounds)
    compare("a draft, its words", drafts.ours, drafts.floor, 5 * size, 2 * rounds, must=4, aim=2)
    compare("Telegram, a press", presses.ours, presses.floor, size, rounds, must=3, aim=1.7)
    waited("Slack, a click acknowledged", clicks.acknowledged(size), must=20, aim=10)
    waited("purr --help", starting.help_shown(), must=12, aim=6)
    few, documents = many // 10, many // 50
    compare("sweep and digest, a customer", sweep.ours, sweep.floor, few, rounds)
    compare("sweep with a stored draft", mornings.ours, mornings.floor, few, rounds, must=8, aim=4)
    compare("a quiet day, to a busy one", sweep.quiet, sweep.busy, many, rounds, must=0.02, aim=0.005)
    growth("sweep, time", sweep.ours, few, many, must=11.5, aim=10.5)
    grown("memory, a sweep", (sweep.ours, few), (sweep.ours, many))
    print(f"{many:,} rows; floors: typed csv, camt in one pass, UBL by compiled XPath; then Core inserts")
    compare("invoices, CSV", reading.csv_read, floors.csv_typed, many, rounds)
    compare("payments, camt.053", reading.camt_read, floors.camt_one_pass, many, rounds, must=6, aim=3)
    compare("invoices, UBL", reading.ubl_read, floors.ubl_xpath, documents, rounds, must=8, aim=4)
    compare(
        "invoices into the books", importing.csv_taken_in, floors.csv_inserted, many, rounds, must=8, aim=4
    )
    compare("the same invoices again", importing.csv_again, floors.csv_inserted, few, rounds)
    compare("payments into the books", importing.camt_taken_in, floors.camt_inserted, many, rounds)
    compare("payments of all kinds", importing.camt_mixed, floors.camt_inserted, many, rounds)
    growth("matching, time", matching.matched, few // 5, 2 * few, must=15, aim=11)
    small, large = (many, most) if most else (few, many)
    grown("memory, invoices read", (reading.csv_read, small), (reading.csv_read, large))
    grown("memory, payments read", (reading.camt_read, small), (reading.camt_read, large))
    grown("memory, invoices into books", (importing.csv_taken_in, small), (importing.csv_taken_in, large))
    on_few, on_many = (partial(importing.camt_parts, opens=opens) for opens in (few, many))
    grown("memory, payments into books", (on_few, small), (on_few, large))
    grown("memory, by open invoices", (on_few, many), (on_many, many))
    grown("memory, payments of all kinds", (importing.camt_mixed, few), (importing.camt_mixed, many))


def on_postgres(size: int = 400, rounds: int = 3, many: int = 100_000, _most: int = 0) -> None:
    """What is done in books, on a PostgreSQL of the benchmark's own, which syncs nothing for either side."""
    few = many // 10
    with postgres() as server:
        print(f"{'On PostgreSQL':<32} {'ours':>9} {'floor':>9} {'ratio':>9}   µs waited each")
        told, grew = partial(compare, rounds=rounds, server=server), partial(growth, server=server)
        told("claim, send, mark", letters.ours, letters.floor, min(size, 200))
        told("sweep and digest", sweep.ours, sweep.floor, few)
        told("sweep with a stored draft", mornings.ours, mornings.floor, few)
        told("a quiet day, to a busy one", sweep.quiet, sweep.busy, many)
        grew("sweep, time", sweep.ours, few, many)
        told("invoices into the books", importing.csv_taken_in, floors.csv_inserted, many)
        told("payments into the books", importing.camt_taken_in, floors.camt_inserted, many)


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser("python -m bench", description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, metavar="N", help="size, rounds, many, most")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the figures down as JSON, too")
    asked.add_argument("--postgres", action="store_true", help="measure on a PostgreSQL alone")
    return asked.parse_args()


if __name__ == "__main__":
    given = _asked()
    try:
        (on_postgres if given.postgres else main)(*given.sizes)
    except pytest.skip.Exception as missing:
        print(missing)
    if given.json:
        write(FIGURES, given.json)
