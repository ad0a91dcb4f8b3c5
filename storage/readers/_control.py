"""How far a bank file can be trusted: its own totals, and what is wrong with single lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from bot.documents import Problem
from bot.money import Money
from storage.readers._marks import Marks
from storage.readers._records import Order, Record, Span, groups, incomplete
from storage.readers._source import Unreadable


@dataclass(slots=True)
class Notes:
    """What was found wrong in single lines, none of which hides the others, and the names of entries."""

    problems: list[Problem] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)

    def broken(self, record: Record) -> None:
        """Note a line that cannot be read while the others count."""
        self.problems.append(Problem("broken_row", record.line))

    def led(self, rows: Iterable[Record], is_first: Callable[[Record], bool]) -> Iterator[list[Record]]:
        """Rows from one that opens until the next; those before the first are problems."""
        for group in groups(rows, is_first):
            if is_first(group[0]):
                yield group
            else:
                for row in group:
                    self.broken(row)

    def count(self, stated: int, found: int) -> None:
        """Note that lines are missing, or too many, while the money holds in any case."""
        if stated != found:
            self.problems.append(incomplete(None, stated, found).problem)

    def text(self, record: Record, span: Span) -> str:
        """A field, or nothing and a problem where its columns have shifted."""
        if record.is_straight(span):
            return record.text(span)
        self.broken(record)
        return ""

    def day(self, record: Record, span: Span, order: Order = "ymd") -> date | None:
        """The day a field names, or none and a problem."""
        try:
            return record.day(span, order)
        except Unreadable as reason:
            self.problems.append(reason.problem)
            return None


@contextmanager
def named(name: str) -> Iterator[None]:
    """Whatever makes the file unreadable meanwhile is told to be of this format."""
    try:
        yield
    except Unreadable as reason:
        reason.format = name
        raise


def check_count(stated: int, found: int) -> None:
    """Nothing, when as many are there as the file says; `Unreadable` otherwise."""
    if stated != found:
        raise incomplete(None, stated, found)


def check_sum(stated: Money, found: Money) -> None:
    """Nothing, when the lines come to what the file says; `Unreadable` otherwise."""
    if stated != found:
        raise Unreadable("statement_wrong", stated=_written(stated), found=_written(found))


def _written(money: Money) -> str:
    return f"{money.decimal} {money.currency}"
