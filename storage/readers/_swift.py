"""The parts of a SWIFT statement message: its fields, balances and statement lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.money import Money
from storage.readers._source import Unreadable

FIELD = re.compile(r"\s*:(\d\d[A-Z]?|NS):(.*)")
END = re.compile(r"-\s*|-?\}.*")
"""What ends a message: a dash alone, or the bracket of the block that it came in."""

BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})?(\d[\d.,]*)\s*")
LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4}| {4})?(?P<mark>R[CD]|E[CD]|[CD])[A-Z]?(?P<amount>\d[\d.,]*|,\d+)"
    r"(?P<kind>[A-Z][A-Z0-9 ]{3})(?P<rest>.*)"
)
AMOUNT = re.compile(r"(\d{1,15})(?:,(\d{0,2})|\.(\d\d))", re.ASCII)
"""A comma before the decimals, even where there are none; some banks write a point."""

SIGNS = {"C": 1, "D": -1, "RD": 1, "RC": -1}
CENTURY_FROM = 80
"""Two-digit years from here on are of the last century."""

NO_NAME = {"", "NONREF", "NOTPROVIDED", "NONE"}


@dataclass(slots=True)
class Field:
    """One field of a message: its tag, its lines, and the line of the file it begins on."""

    tag: str
    lines: list[str]
    line: int

    @property
    def first(self) -> str:
        """Its first line."""
        return self.lines[0].strip()


@dataclass(frozen=True, slots=True)
class Balance:
    """What was on the account at the end of a day."""

    amount: Decimal
    day: date
    currency: str


@dataclass(slots=True)
class Line:
    """A statement line: what was booked, when, and what the bank tells of it, in its own field and aside."""

    amount: Decimal
    day: date
    mark: str
    kind: str
    reference: str
    bank_reference: str
    line: int
    aside: str = ""
    told: list[str] = field(default_factory=list)

    @property
    def is_reversal(self) -> bool:
        """Whether it undoes an earlier line."""
        return self.mark in ("RC", "RD")


def messages(text: str) -> Iterator[list[Field]]:
    """The fields of each message; what stands between messages is left out."""
    found: list[Field] = []
    for each in _fields(text):
        if each.tag == "20" and found:
            yield found
            found = []
        found.append(each)
    if found:
        yield found


def balance(found: Field) -> Balance:
    """A balance, below zero when the account is overdrawn; `Unreadable` where it is garbled."""
    parts = BALANCE.fullmatch(found.first)
    if not parts:
        raise Unreadable("bad_amount", found.line, value=found.first[:40])
    amount = _amount(parts[4], found.line)
    return Balance(amount if parts[1] == "C" else -amount, _day(parts[2], found.line), parts[3] or "")


def statement_line(found: Field) -> Line | None:
    """A line as booked; none where it is only expected; `Unreadable` where any of it is in doubt."""
    parts = LINE.fullmatch(found.first)
    if not parts:
        raise Unreadable("broken_row", found.line)
    amount = _amount(parts["amount"], found.line)
    day = _booked(_day(parts["value"], found.line), (parts["entry"] or "").strip(), found.line)
    if parts["mark"] not in SIGNS:
        return None
    reference, _, bank_reference = parts["rest"].partition("//")
    return Line(
        amount=amount * SIGNS[parts["mark"]],
        day=day,
        mark=parts["mark"],
        kind=parts["kind"],
        reference=_named(reference),
        bank_reference=_named(bank_reference),
        line=found.line,
        aside=" ".join(" ".join(found.lines[1:]).split()),
    )


def day_named(found: Field) -> date:
    """The day that a field begins with; `Unreadable` where there is no such day."""
    return _day(found.first[:6], found.line)


def money(amount: Decimal, currency: str, line: int) -> Money:
    """An amount in the account's currency; `Unreadable` where it has too many decimals for it."""
    try:
        return Money.of(amount, currency)
    except ValueError as error:
        raise Unreadable("bad_amount", line, value=str(amount)) from error


def _fields(text: str) -> Iterable[Field]:
    current: Field | None = None
    for number, written in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        row = written.rpartition("{4:")[2]
        if found := FIELD.fullmatch(row):
            if current:
                yield current
            current = Field(found[1], [found[2]], number)
        elif current and END.fullmatch(row):
            yield current
            current = None
        elif current:
            current.lines.append(row)
    if current:
        yield current


def _amount(written: str, line: int) -> Decimal:
    found = AMOUNT.fullmatch(written if written[:1] != "," else f"0{written}")
    if not found:
        raise Unreadable("bad_amount", line, value=written[:40])
    return Decimal(f"{found[1]}.{found[2] or found[3] or 0}")


def _day(digits: str, line: int) -> date:
    try:
        year = int(digits[:2])
        return date(year + (1900 if year >= CENTURY_FROM else 2000), int(digits[2:4]), int(digits[4:]))
    except ValueError as error:
        raise Unreadable("bad_date", line, value=digits) from error


def _booked(value: date, entry: str, line: int) -> date:
    """The booking day, which has no year: of the years around, the one that is nearest to the value day."""
    if not entry:
        return value
    days = []
    for year in (value.year - 1, value.year, value.year + 1):
        try:
            days.append(date(year, int(entry[:2]), int(entry[2:])))
        except ValueError:
            continue
    if not days:
        raise Unreadable("bad_date", line, value=entry)
    return min(days, key=lambda day: abs(day - value))


def _named(reference: str) -> str:
    text = " ".join(reference.split())
    return "" if text.upper() in NO_NAME else text
