"""Finnish incoming reference payments (KTL, viitesiirrot): who paid with which reference number."""

from __future__ import annotations

import re
from datetime import date

from bot.documents import Problem, Reading, Receipt
from bot.money import Money
from storage.readers._control import Notes, check_count, check_sum, named
from storage.readers._marks import made_of
from storage.readers._records import FINNISH, Record, batches, once, records, reference
from storage.readers._source import Source
from storage.readers._xml import plain

FORMAT = "ktl"
WIDTH = 90
BEGINNING = re.compile(rb"\A0\d{10}[^\r\n]{2}[ \w]{9}[01 ][^\r\n]*[\r\n]+(?:[35]\d{14}|9\d{17})")
OPENS, TRANSFER, DIRECT_DEBIT, CLOSES = "0", "3", "5", "9"

MADE = (2, 7)
ACCOUNT, BOOKED, PAID, ARCHIVE, REFERENCE, PAYER = (2, 15), (16, 21), (22, 27), (28, 43), (44, 63), (64, 75)
CURRENCY, AMOUNT, CORRECTION, FEEDBACK = (76, 76), (78, 87), (88, 88), (90, 90)
EURO = ("1", "")
OLD_CURRENCY = "FIM"

TOTALS = {"paid": ((2, 7), (8, 18)), "corrected": ((19, 24), (25, 35)), "failed": ((36, 41), (42, 52))}
"""Where the last line says how many there are of what, and what they come to."""


def recognise(head: bytes) -> float:
    """Sure of a first line that opens a batch, and a payment or the end behind it."""
    return 0.95 if BEGINNING.match(plain(head)) else 0


def read(source: Source) -> Reading:
    """The payments of every batch in the file; a direct debit that failed brought nothing."""
    notes, found, days = Notes(), list[Receipt](), list[date]()
    rows = records(source.content, WIDTH, FINNISH)
    with named(FORMAT):
        for batch in once(batches(rows, lambda row: row.row[0] == OPENS, lambda row: row.row[0] == CLOSES)):
            payments = _payments(batch, notes)
            _check(batch[-1], payments)
            found += filter(None, (_receipt(row, notes) for row in payments if _sort(row) != "failed"))
            days += filter(None, [notes.day(batch[0], MADE)])
    through = max((receipt.day for receipt in found), default=max(days, default=None))
    return Reading(receipts=tuple(found), problems=tuple(notes.problems), format=FORMAT, through=through)


def _payments(batch: list[Record], notes: Notes) -> list[Record]:
    payments = []
    for row in batch[1:-1]:
        if row.row[0] in (TRANSFER, DIRECT_DEBIT):
            payments.append(row)
        else:
            notes.broken(row)
    return payments


def _check(last: Record, payments: list[Record]) -> None:
    """Nothing, when the numbers and sums of all three sorts are those of the last line."""
    for sort, (count, total) in TOTALS.items():
        amounts = [row.number(AMOUNT) for row in payments if _sort(row) == sort]
        check_count(last.total(count), len(amounts))
        check_sum(Money(last.total(total), "EUR"), Money(sum(amounts), "EUR"))


def _sort(row: Record) -> str:
    if row.row[0] == DIRECT_DEBIT and row.text(FEEDBACK) not in ("0", ""):
        return "failed"
    return "corrected" if row.text(CORRECTION) == "1" else "paid"


def _receipt(row: Record, notes: Notes) -> Receipt | None:
    """One payment; none where its day does not exist, or its money is no euro."""
    day = notes.day(row, BOOKED)
    if row.text(CURRENCY) not in EURO:
        notes.problems.append(Problem("bad_currency", row.line, {"value": row.text(CURRENCY)}))
        return None
    if day is None:
        return None
    is_back = _sort(row) == "corrected"
    amount = Money(row.number(AMOUNT), "EUR")
    return Receipt(
        day,
        -amount if is_back else amount,
        reference(row.text(REFERENCE)),
        row.text(PAYER),
        is_back,
        row.line,
        account=row.text(ACCOUNT),
        mark=notes.marks.name(_mark(row, day, is_back)),
    )


def _mark(row: Record, day: date, is_back: bool) -> str:
    """The bank's archive number as statements write it: with the year, which is left out here."""
    archive = row.text(ARCHIVE)
    if archive:
        return row.raw((PAID[0], PAID[0] + 1)) + archive + " R" * is_back
    return made_of(row.text(ACCOUNT), day, row.text(REFERENCE), row.text(PAYER), row.text(AMOUNT), is_back)
