"""The long proof: `python -m tests.year [towns] [seed]`.

One town lives its whole year through the real product; then that many random years are replayed by the rules
alone, and of some of them some weeks are lived through as well. A seed makes its town again.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.mailserver import mail_server
from tests.year.facts import replayed
from tests.year.life import Life
from tests.year.making import YEAR, town
from tests.year.truth import Town

WEEKS = timedelta(days=42)
SAMPLED = 20
"""One random year in so many is also lived through for some weeks."""
FIRST = date(2023, 1, 2)
"""Random years begin from here on; the law's figures reach back further."""


def main(towns: int = 200, seed: int = 1) -> None:
    """The whole proof; it ends with an error if a promise was broken."""
    wrong = _lived(town(seed))
    letters = questions = 0
    for number in range(seed + 1, seed + 1 + towns):
        made = _random(number)
        for year, broken in replayed(made):
            letters, questions = letters + len(year.letters), questions + len(year.asked)
            wrong += _told(broken)
        if number % SAMPLED == 0:
            wrong += _lived(_random(number, WEEKS))
        if number % 10 == 0:
            _say(f"to seed {number}: {questions} questions, {letters} letters, {wrong} promises broken")
    _say(f"{towns} random years: {questions} questions, {letters} letters, {wrong} promises broken")
    if wrong:
        raise SystemExit(1)


def _random(seed: int, length: timedelta = timedelta(days=361)) -> Town:
    """A year of a seed's own, somewhere in the years whose figures are known."""
    latest = (YEAR[1] - length - FIRST).days
    first = FIRST + timedelta(days=Random(seed).randint(0, latest))
    return town(seed, first, first + length)


def _lived(made: Town) -> int:
    """A town through the real product; how many promises were broken."""
    began = time.monotonic()
    with mail_server() as mail, tempfile.TemporaryDirectory() as folder:
        life = Life.of(made, Path(folder), mail).run()
    took = time.monotonic() - began
    homes = " ".join(f.business.country for f in made.firms)
    _say(
        f"seed {made.seed}, {homes}, {made.first} to {made.last}, lived: {life.days} days,"
        f" {life.mornings} mornings, {life.letters} letters, {len(life.wrong)} promises broken, {took:.0f} s"
    )
    return _told(iter(life.wrong))


def _told(broken: Iterator[str]) -> int:
    found = list(broken)
    for each in found:
        _say(f"  {each}")
    return len(found)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
