"""What a camt statement says of itself: whose account, through which day, and whether its sums agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.documents import Problem
from bot.money import Money
from storage.readers._entries import SIGNS, Entry
from storage.readers._leaves import day_of, money
from storage.readers._source import Unreadable
from storage.readers._xml import Element, children, line_of, text

OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
SUMMARY = {1: "TtlCdtNtries", -1: "TtlDbtNtries"}
PAGES = ("StmtPgntn", "RptPgntn", "NtfctnPgntn")


@dataclass(slots=True)
class Sums:
    """A statement's own reckoning, entry by entry; what is not money yet is only counted."""

    waiting: int = 0
    last: date | None = None
    counts: dict[int, int] = field(default_factory=lambda: {1: 0, -1: 0})
    payments: dict[int, int] = field(default_factory=lambda: {1: 0, -1: 0})
    net: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """One more booked entry."""
        currency = entry.amount.currency
        self.counts[entry.sign] += 1
        self.payments[entry.sign] += max(1, len(entry.parts))
        self.net[currency] = self.net.get(currency, 0) + entry.amount.minor
        self.last = max(self.last or entry.day, entry.day)


def account_of(statement: Element) -> tuple[str, str]:
    """The account's number, without blanks, and its owner's name."""
    ways = (("IBAN",), ("Othr", "Id"), ("BBAN",), ("PrtryAcct", "Id"), ("UPIC",))
    number = next((found for way in ways if (found := text(statement, "Acct", "Id", *way))), "")
    return "".join(number.split()), text(statement, "Acct", "Ownr", "Nm")


def is_one_of_several(statement: Element) -> bool:
    """Whether it is a page of a longer statement, so that its sums are not its own."""
    return goes_on(statement) or any(text(statement, page, "PgNb") not in ("", "1") for page in PAGES)


def goes_on(statement: Element) -> bool:
    """Whether it says that another page follows."""
    return any(text(statement, page, "LastPgInd") in ("false", "0") for page in PAGES)


def through(statement: Element, sums: Sums) -> date | None:
    """The last day it tells of, by its period, its closing balance and its entries."""
    ends = [*_period(statement), *(day for _, day in _balances(statement, CLOSING))]
    return max([*ends, *([sums.last] if sums.last else [])], default=None)


def disagreement(statement: Element, sums: Sums) -> Problem | None:
    """What is wrong when there are fewer entries than it says, or its balances do not follow from them."""
    for sign, name in SUMMARY.items():
        stated = text(statement, "TxsSummry", name, "NbOfNtries")
        alike = {sums.counts[sign], sums.payments[sign], sums.counts[sign] + sums.waiting}
        if stated.isascii() and stated.isdigit() and int(stated) not in alike:
            facts = {"stated": stated, "found": str(sums.counts[sign])}
            return Problem("statement_incomplete", line_of(statement), facts)
    return _imbalance(statement, sums)


def _imbalance(statement: Element, sums: Sums) -> Problem | None:
    opened = min(_balances(statement, OPENING), key=lambda pair: pair[1], default=None)
    closed = max(_balances(statement, CLOSING), key=lambda pair: pair[1], default=None)
    if not opened or not closed or {opened[0].currency, *sums.net} != {closed[0].currency}:
        return None
    reached = opened[0] + Money(sums.net.get(opened[0].currency, 0), opened[0].currency)
    if reached == closed[0]:
        return None
    facts = {"stated": str(closed[0].decimal), "found": str(reached.decimal)}
    return Problem("statement_differs", line_of(statement), facts)


def _balances(statement: Element, kinds: tuple[str, ...]) -> list[tuple[Money, date]]:
    """The booked balances of a kind, of the first kind there is, with their days."""
    found: dict[str, list[tuple[Money, date]]] = {kind: [] for kind in kinds}
    for balance in children(statement, "Bal"):
        kind = text(balance, "Tp", "CdOrPrtry", "Cd") or text(balance, "Tp", "Cd")
        if kind in found and not children(balance, "Tp", "SubTp"):
            found[kind] += _balance(balance)
    return next((pairs for pairs in found.values() if pairs), [])


def _balance(balance: Element) -> Iterator[tuple[Money, date]]:
    (amount,) = children(balance, "Amt")[:1] or [balance]
    sign = SIGNS.get(text(balance, "CdtDbtInd"))
    try:
        stated = money((amount.text or "").strip(), amount.get("Ccy") or "")
        day = day_of(text(balance, "Dt", "Dt") or text(balance, "Dt", "DtTm"))
    except Unreadable:
        return
    if sign:
        yield stated if sign > 0 else -stated, day


def _period(statement: Element) -> Iterator[date]:
    """The last day of the period it was made for; one that ends at midnight ends the day before."""
    begin, end = (text(statement, "FrToDt", name) for name in ("FrDtTm", "ToDtTm"))
    end = end or text(statement, "FrToDt", "ToDt")
    try:
        day = day_of(end)
    except Unreadable:
        return
    yield day - timedelta(days="T00:00:00" in end and begin[:10] != end[:10])
