"""Swedish BgMax from Bankgirot: what came in, with every reference, and what was taken back of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.documents import Problem, Reading, Receipt
from bot.money import Money
from storage.readers._control import Notes, check_count, check_sum, named
from storage.readers._marks import made_of
from storage.readers._records import Record, batches, once, records
from storage.readers._source import Source, Unreadable
from storage.readers._xml import plain

FORMAT = "bgmax"
WIDTH = 80
CODE = (1, 2)
OPENS, SECTION, PAYMENT, DEDUCTION, EXTRA, EXTRA_MINUS, WORDS, NAME, DEPOSIT, CLOSES = (
    "01", "05", "20", "21", "22", "23", "25", "26", "15", "70"
)  # fmt: skip
UNUSED = ("27", "28", "29")
"""The payer's address and organisation number."""

MADE, TEST_MARK = (25, 32), (45, 45)
BANKGIRO, PLUSGIRO, CURRENCY = (3, 12), (13, 22), (23, 25)
REFERENCE, AMOUNT, SERIAL = (13, 37), (38, 55), (58, 69)
FREE_TEXT, PAYER = (3, 52), (3, 37)
DAY, DEPOSIT_NUMBER, DEPOSITED, DEPOSIT_CURRENCY, COUNT = (38, 45), (46, 50), (51, 68), (69, 71), (72, 79)
TOTALS = {(3, 10): PAYMENT, (11, 18): DEDUCTION, (27, 34): DEPOSIT}
"""Where the last line says how many there are of what brings or takes money."""

EXTRAS = (19, 26)
PLAUSIBLE = range(1987, 2100)
"""Years in which a deposit can be; the bankgiro delivers none before."""


def recognise(head: bytes) -> float:
    """Sure of the first words of the file."""
    return 0.95 if plain(head).startswith(b"01BGMAX") else 0


def read(source: Source) -> Reading:
    """The payments of every section in the file."""
    notes, found, days = Notes(), list[Receipt](), list[date]()
    with named(FORMAT):
        for rows in once(batches(records(source.content, WIDTH), _is(OPENS), _is(CLOSES))):
            if rows[0].text(TEST_MARK) == "T":
                raise Unreadable("test_file", rows[0].line)
            for span, code in TOTALS.items():
                check_count(rows[-1].total(span), sum(map(_is(code), rows)))
            notes.count(rows[-1].total(EXTRAS), sum(map(_is(EXTRA, EXTRA_MINUS), rows)))
            made = notes.day(rows[0], MADE)
            days += filter(None, [made])
            for section in batches(rows[1:-1], _is(SECTION), _is(DEPOSIT)):
                found += _section(section, made, notes)
    through = max((receipt.day for receipt in found), default=max(days, default=None))
    return Reading(receipts=tuple(found), problems=tuple(notes.problems), format=FORMAT, through=through)


def _is(*codes: str) -> Callable[[Record], bool]:
    return lambda row: row.text(CODE) in codes


def _section(rows: list[Record], made: date | None, notes: Notes) -> list[Receipt]:
    """The payments of one deposit, once they come to it; none where its day cannot be known."""
    first, *middle, last = rows
    payments = list(notes.led(middle, _is(PAYMENT, DEDUCTION)))
    amounts = [_amount(payment[0], _currency(first, last)) for payment in payments]
    check_count(last.total(COUNT), len(payments))
    deposited = Money(last.total(DEPOSITED), _currency(first, last))
    check_sum(deposited, Money(abs(sum(a.minor for a in amounts)), deposited.currency))
    day = _day(last, made, notes)
    if day is None:
        return []
    account = first.text(BANKGIRO).lstrip("0") or first.text(PLUSGIRO).lstrip("0")
    deposit = Receipt(day, deposited, account=account, mark=f"{account}/{day}/{last.text(DEPOSIT_NUMBER)}")
    found = (_receipts(*each, deposit, notes) for each in zip(payments, amounts, strict=True))
    return [receipt for receipts in found for receipt in receipts]


def _currency(first: Record, last: Record) -> str:
    """The currency of a section, which both its ends name."""
    currency = last.text(DEPOSIT_CURRENCY)
    if not re.fullmatch("[A-Z]{3}", currency) or first.text(CURRENCY) not in (currency, ""):
        raise Unreadable("bad_currency", last.line, value=currency or first.text(CURRENCY))
    return currency


def _day(last: Record, made: date | None, notes: Notes) -> date | None:
    """The day of a deposit; a year that cannot be is that of the file, if month and day are the file's."""
    day = notes.day(last, DAY)
    if day is None or day.year in PLAUSIBLE:
        return day
    if made and (day.month, day.day) == (made.month, made.day):
        facts = {"value": str(day), "year": str(made.year)}
        notes.problems.append(Problem("damaged_year", last.line, facts))
        return made
    notes.problems.append(Problem("bad_date", last.line, {"value": last.text(DAY)}))
    return None


def _amount(payment: Record, currency: str) -> Money:
    """What a payment brought, or a deduction took."""
    size = payment.number(AMOUNT)
    return Money(-size if payment.text(CODE) == DEDUCTION else size, currency)


def _receipts(rows: list[Record], amount: Money, deposit: Receipt, notes: Notes) -> list[Receipt]:
    """A payment, or the parts it names, when every part has an amount and they come to the whole."""
    payment, *more = rows
    extra = _extra(payment, more, notes)
    for row in more:
        if row.text(CODE) not in (EXTRA, EXTRA_MINUS, WORDS, NAME, *UNUSED):
            notes.broken(row)
    own = notes.text(payment, REFERENCE)
    mark = notes.marks.name(made_of(deposit.mark, payment.text(SERIAL), amount.minor, own))
    whole = replace(
        deposit,
        amount=amount,
        references=tuple(dict.fromkeys(filter(None, [own, *own.split(), *(each for each, _ in extra)]))),
        payer=next((row.text(PAYER) for row in more if row.text(CODE) == NAME), ""),
        reversal=amount.minor < 0,
        line=payment.line,
        text=" ".join(row.text(FREE_TEXT) for row in more if row.text(CODE) == WORDS),
        mark=mark,
    )
    parts = [size for _, size in extra]
    if len(parts) > 1 and min(parts) > 0 and sum(parts) == amount.minor:
        return [
            replace(whole, amount=Money(size, amount.currency), references=(each,), mark=f"{mark}/{at}")
            for at, (each, size) in enumerate(extra, 1)
        ]
    return [whole]


def _extra(payment: Record, rows: list[Record], notes: Notes) -> list[tuple[str, int]]:
    """Each further reference with its amount in öre; one whose columns have shifted is a problem."""
    found = []
    for row in filter(_is(EXTRA, EXTRA_MINUS), rows):
        size, serial = row.text(AMOUNT) or "0", row.text(SERIAL)
        if row.is_straight(SERIAL) and serial == payment.text(SERIAL) and size.isdecimal():
            sign = -1 if row.text(CODE) == EXTRA_MINUS else 1
            found.append((row.text(REFERENCE), sign * int(size)))
        else:
            notes.broken(row)
    return found
