"""The balance that runs along a bank's list: whether each line leads from one to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Step:
    """A line's place, its amount, in above nothing and out below, and the balance after it, of one account.

    One without a balance parts the lines around it: they prove nothing about each other.
    """

    at: int
    amount: Decimal
    balance: Decimal | None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """How many steps could be tried, and the places of those that do not fit."""

    tried: int
    broken: tuple[int, ...]

    @property
    def holds(self) -> bool:
        """Whether the balance is one that runs along these lines at all."""
        return self.tried > 0 and 2 * len(self.broken) <= self.tried and len(self.broken) < self.tried


def run(steps: Iterable[Step]) -> Run:
    """The run of all accounts, the newest line first or last, whichever fits better."""
    accounts: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        accounts[step.account].append(step)
    pairs = [pair for own in accounts.values() for pair in _pairs(own)]
    oldest_first = [later.at for earlier, later in pairs if not _leads(earlier, later)]
    newest_first = [earlier.at for earlier, later in pairs if not _leads(later, earlier)]
    fewer = oldest_first if len(oldest_first) <= len(newest_first) else newest_first
    return Run(len(pairs), tuple(fewer))


def _pairs(steps: Sequence[Step]) -> list[tuple[Step, Step]]:
    """Neighbours of one account; of several accounts mixed, nothing stands between two lines of one."""
    return [(a, b) for a, b in pairwise(steps) if None not in (a.balance, b.balance)]


def _leads(earlier: Step, later: Step) -> bool:
    return (earlier.balance or Decimal()) + later.amount == later.balance
