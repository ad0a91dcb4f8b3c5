"""Finnish account statements of the older kind (TITO, konekielinen tiliote)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot import references
from bot.documents import Reading, Receipt
from bot.money import Money, exponent
from storage.readers._control import Notes, check_sum, named
from storage.readers._marks import made_of
from storage.readers._records import FINNISH, Record, groups, incomplete, once, records, reference
from storage.readers._source import Source, Unreadable
from storage.readers._xml import plain

FORMAT = "tito"
WIDTH = 323
OPENS, ENTRY, MORE, BALANCE = "T00", "T10", "T11", "T40"
TYPE = (1, 3)

ACCOUNT, NUMBER, THROUGH, OPENING, ROWS, CURRENCY, BANKS_OWN = (
    (10, 23), (24, 26), (33, 38), (72, 90), (91, 96), (97, 99), (263, 322)
)  # fmt: skip
BALANCE_DAY, CLOSING = (7, 12), (13, 31)
ENTRY_NUMBER, ARCHIVE, BOOKED, SORT, CODE, BANKS_WORD, AMOUNT, PARTY, REFERENCE, LEVEL = (
    (7, 12), (13, 30), (31, 36), (49, 49), (50, 52), (53, 87), (88, 106), (109, 143), (160, 179), (188, 188)
)  # fmt: skip
MORE_TYPE, MESSAGE, INVOICE_NUMBER, PAYERS_REFERENCE = (7, 8), (9, 428), (20, 34), (9, 43)
FREE_TEXT, INVOICE, SEPA = "00", "02", "11"
LINE = 35
"""How wide the lines of a message are."""

DEPOSITS = ("1", "3")
"""Sorts of entries about money that came in: paid, and taken back."""
CORRECTIONS = ("3", "4")
REJECTED = "9"
LISTED_ELSEWHERE = ("704", "705")
"""Codes of direct debits and reference payments, of which a statement may have no more than the sum."""

Item: TypeAlias = list[Record]
"""An entry, or one part of it, with the lines that tell more of it."""


@dataclass(frozen=True, slots=True)
class _Statement:
    account: str
    currency: str
    number: str
    through: date


def recognise(head: bytes) -> float:
    """Sure of a statement's first record."""
    return 0.95 if plain(head).startswith(b"T00322") else 0


def read(source: Source) -> Reading:
    """What came in by every statement in the file."""
    notes, found, days = Notes(), list[Receipt](), list[date]()
    with named(FORMAT):
        for rows in once(groups(records(source.content, WIDTH, FINNISH), _is(OPENS))):
            receipts, through = _statement(rows, notes)
            found += receipts
            days.append(through)
    return Reading(receipts=tuple(found), problems=tuple(notes.problems), format=FORMAT, through=max(days))


def _is(*kinds: str) -> Callable[[Record], bool]:
    return lambda row: row.text(TYPE) in kinds


def _statement(rows: list[Record], notes: Notes) -> tuple[list[Receipt], date]:
    """What came in, once it leads from the first balance to the last, and the last day it tells of."""
    first, balances = rows[0], list(filter(_is(BALANCE), rows))
    if first.text(TYPE) != OPENS or not balances:
        raise incomplete(rows[-1].line)
    currency = first.text(CURRENCY)
    if not re.fullmatch("[A-Z]{3}", currency) or exponent(currency) != 2:
        raise Unreadable("bad_currency", first.line, value=currency)
    entries = _entries(rows, notes)
    moved = sum(_amount(main[0]) for main, *_ in entries)
    closing = Money(balances[-1].signed(CLOSING), currency)
    check_sum(closing, Money(first.signed(OPENING) + moved, currency))
    is_whole = _is_whole(rows, notes)
    through = first.day(THROUGH) if is_whole else balances[-1].day(BALANCE_DAY)
    statement = _Statement(_account(first), currency, first.text(NUMBER), through)
    return [receipt for entry in entries for receipt in _receipts(entry, statement, notes)], through


def _is_whole(rows: list[Record], notes: Notes) -> bool:
    """Whether as many rows are there as the first says; the money of those that are adds up in any case."""
    stated = rows[0].number(ROWS) if rows[0].text(ROWS) else 0
    if stated in (0, len(rows), sum(map(_is(ENTRY), rows))):
        return True
    notes.count(stated, len(rows))
    return False


def _account(first: Record) -> str:
    """The IBAN where the bank adds it, else the account number."""
    iban = re.match(r"FI[0-9]{16}\b", first.text(BANKS_OWN))
    return iban[0] if iban else first.text(ACCOUNT)


def _entries(rows: list[Record], notes: Notes) -> list[list[Item]]:
    """Each entry with the parts that itemise it; what belongs to no entry is a problem."""
    entries = []
    items = groups(filter(_is(ENTRY, MORE), rows), _is(ENTRY))
    for entry in groups(items, lambda item: item[0].text(TYPE) == ENTRY and not _is_part(item)):
        if entry[0][0].text(TYPE) == ENTRY and not _is_part(entry[0]):
            entries.append(entry)
        else:
            notes.broken(entry[0][0])
    return entries


def _is_part(item: Item) -> bool:
    return item[0].text(LEVEL) not in ("", "0")


def _amount(row: Record) -> int:
    """In cents; what was rejected moved nothing."""
    return 0 if row.text(SORT) == REJECTED else row.signed(AMOUNT)


def _receipts(entry: list[Item], statement: _Statement, notes: Notes) -> list[Receipt]:
    """The money that an entry tells of: its parts, when they are all of it; nothing when it went out."""
    main, *parts = entry
    row, total = main[0], _amount(main[0])
    if not total or (total < 0 and row.text(SORT) not in DEPOSITS):
        return []
    day = notes.day(row, BOOKED)
    if day is None:
        return []
    first_level = [part for part in parts if part[0].text(LEVEL) == parts[0][0].text(LEVEL)]
    amounts = [part[0].signed(AMOUNT) for part in first_level]
    is_itemised = sum(amounts) == total and all((amount < 0) == (total < 0) for amount in amounts)
    items = first_level if is_itemised else [main]
    is_back = total < 0 or row.text(SORT) in CORRECTIONS
    return [_receipt(item, day, is_back, statement, notes) for item in items]


def _receipt(item: Item, day: date, is_back: bool, statement: _Statement, notes: Notes) -> Receipt:
    row, *more = item
    amount = Money(row.signed(AMOUNT), statement.currency)
    entry = (statement.account, statement.through, statement.number, row.text(ENTRY_NUMBER), amount.minor)
    given = tuple(dict.fromkeys([*reference(notes.text(row, REFERENCE)), *_more_references(more)]))
    payer = row.text(PARTY)
    return Receipt(
        day,
        amount,
        given,
        payer,
        is_back,
        row.line,
        _message(more) or row.text(BANKS_WORD),
        statement.account,
        notes.marks.name(" ".join(row.text(ARCHIVE).split()) or made_of(*entry)),
        is_sum=row.text(CODE) in LISTED_ELSEWHERE and not given and not payer,
    )


def _message(more: list[Record]) -> str:
    """The payer's own words, whose lines are filled up with blanks."""
    written = [row.raw(MESSAGE) for row in more if row.text(MORE_TYPE) == FREE_TEXT]
    lines = [text[at : at + LINE] for text in written for at in range(0, len(text), LINE)]
    return " ".join(" ".join(lines).split())


def _more_references(more: list[Record]) -> list[str]:
    """The invoice number, and a SEPA payment's reference where it is an RF one and no end-to-end id."""
    numbers = [row.text(INVOICE_NUMBER) for row in more if row.text(MORE_TYPE) == INVOICE]
    given = [row.text(PAYERS_REFERENCE) for row in more if row.text(MORE_TYPE) == SEPA]
    return [*filter(None, numbers), *(each for each in given if references.valid(each, "rf"))]
