"""Norwegian OCR giro from Nets: what came in with a KID; AvtaleGiro files are known, and hold no money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.documents import Problem, Reading, Receipt
from bot.money import Money
from storage.readers._control import Notes, check_count, check_sum, named
from storage.readers._marks import made_of
from storage.readers._records import Record, batches, once, records
from storage.readers._source import Source, Unreadable
from storage.readers._xml import plain

FORMAT = "ocr-giro"
WIDTH = 80
SERVICE, KIND, TYPE = (3, 4), (5, 6), (7, 8)
OPENS, ASSIGNMENT, AMOUNT, ACCOUNT, WORDS, ASSIGNED, CLOSES = "10", "20", "30", "31", "32", "88", "89"

OCR_GIRO, AVTALEGIRO = "09", "21"
AVTALEGIRO_KINDS = {"00": "claims", "24": "agreements", "36": "deletions"}
REVERSALS = ("18", "20")
"""Transaction types that take money back, whether or not a minus stands there."""

OUR_ACCOUNT = (25, 35)
COUNT, ROWS, TOTAL, SETTLED = (9, 16), (17, 24), (25, 41), (42, 47)
DAY, SETTLEMENT, SIGN, SIZE, KID = (16, 21), (23, 31), (32, 32), (33, 49), (50, 74)
FORM, FREE_TEXT = (16, 34), (16, 55)


def recognise(head: bytes) -> float:
    """Sure of the start of a transmission from or to Nets."""
    return 0.95 if plain(head).startswith(b"NY000010") else 0


def read(source: Source) -> Reading:
    """The payments of every transmission in the file."""
    notes, found, days = Notes(), list[Receipt](), list[date]()
    with named(FORMAT):
        for rows in once(batches(records(source.content, WIDTH), _is(OPENS), _is(CLOSES))):
            assignments = list(batches(rows[1:-1], _is(ASSIGNMENT), _is(ASSIGNED)))
            for assignment in assignments:
                found += _assignment(assignment, notes)
            if any(a[0].text(SERVICE) == OCR_GIRO for a in assignments):
                _check_transmission(rows, assignments, notes)
                days += filter(None, [notes.day(rows[-1], SETTLED, "dmy")])
    through = max((*days, *(receipt.day for receipt in found)), default=None)
    return Reading(receipts=tuple(found), problems=tuple(notes.problems), format=FORMAT, through=through)


def _is(kind: str) -> Callable[[Record], bool]:
    return lambda row: row.text(TYPE) == kind


def _check_transmission(rows: list[Record], assignments: list[list[Record]], notes: Notes) -> None:
    ends = [assignment[-1] for assignment in assignments]
    notes.count(rows[-1].total(ROWS), sum(end.total(ROWS) for end in ends) + 2)
    check_count(rows[-1].total(COUNT), sum(end.total(COUNT) for end in ends))
    check_sum(_money(rows[-1].total(TOTAL)), _money(sum(end.total(TOTAL) for end in ends)))


def _assignment(rows: list[Record], notes: Notes) -> list[Receipt]:
    """What came in by one assignment; what it is instead when nothing can."""
    service, kind = rows[0].text(SERVICE), rows[0].text(KIND)
    if service == AVTALEGIRO and kind in AVTALEGIRO_KINDS:
        notes.problems.append(Problem("avtalegiro", rows[0].line, {"what": AVTALEGIRO_KINDS[kind]}))
    elif service != OCR_GIRO:
        notes.problems.append(Problem("unsupported", rows[0].line, {"name": f"Nets {service}{kind}"}))
    return _payments(rows, notes) if service == OCR_GIRO else []


def _payments(rows: list[Record], notes: Notes) -> list[Receipt]:
    """The payments of an OCR giro assignment, once its own totals agree."""
    notes.count(rows[-1].total(ROWS), len(rows))
    payments = list(notes.led(rows[1:-1], _is(AMOUNT)))
    check_count(rows[-1].total(COUNT), len(payments))
    amounts = [_amount(payment[0]) for payment in payments]
    check_sum(_money(rows[-1].total(TOTAL)), _money(abs(sum(amounts))))
    account = rows[0].text(OUR_ACCOUNT)
    found = [_receipt(*each, account, notes) for each in zip(payments, amounts, strict=True)]
    return [receipt for receipt in found if receipt]


def _amount(item: Record) -> int:
    """In øre; below nothing where it is taken back."""
    size, sign = item.number(SIZE), item.raw(SIGN)
    if sign not in ("-", "0", " "):
        raise Unreadable("bad_amount", item.line, value=item.text((SIGN[0], SIZE[1])))
    return -size if sign == "-" or item.text(KIND) in REVERSALS else size


def _receipt(rows: list[Record], amount: int, account: str, notes: Notes) -> Receipt | None:
    """One payment from its amount items; none where its day does not exist."""
    item, *more = rows
    said = {row.text(TYPE): row for row in more}
    for row in more:
        if row.text(TYPE) not in (ACCOUNT, WORDS):
            notes.broken(row)
    day = notes.day(item, DAY, "dmy")
    if day is None:
        return None
    kid, form = notes.text(item, KID), said[ACCOUNT].text(FORM) if ACCOUNT in said else ""
    return Receipt(
        day,
        _money(amount),
        (kid,) if kid else (),
        reversal=amount < 0,
        line=item.line,
        text=said[WORDS].text(FREE_TEXT) if WORDS in said else "",
        account=account,
        mark=notes.marks.name(made_of(account, day, item.text(SETTLEMENT), form, kid, amount)),
    )


def _money(minor: int) -> Money:
    return Money(minor, "NOK")
