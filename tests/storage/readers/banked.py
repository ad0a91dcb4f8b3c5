"""Lines of a bank file read through the front door: what came in of it, or why it was refused."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents import Problem, Receipt
from storage.readers import read


def taken(lines: Iterable[str], form: str) -> tuple[Receipt, ...]:
    """The receipts of a file that must be known as `form` and read whole."""
    reading = read("\r\n".join(lines).encode("latin-1"))
    assert (reading.format, reading.problems) == (form, ())
    return reading.receipts


def refusal(lines: Iterable[str]) -> Problem:
    """The one problem for which nothing of a file was read."""
    reading = read("\r\n".join(lines).encode("latin-1"))
    assert not reading.receipts
    (problem,) = reading.problems
    return problem
