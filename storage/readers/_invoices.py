"""One invoice or credit note from one row of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from bot.documents import Collectable, Document, Party
from bot.money import Money
from storage.readers._cells import Cell, Row, as_text
from storage.readers._headings import (
    COUNTRIES,
    CREDIT,
    CURRENCY,
    KINDS,
    LANGUAGES,
    SETTLED,
    UNSETTLED,
    one_of,
)
from storage.readers._source import Source, Unreadable
from storage.readers._terms import due_by_terms

Amount = tuple[Decimal, str]
"""An amount with the currency mark that stood beside it, if any."""

KRONER = {"NOK", "SEK", "DKK"}
CODE = re.compile(r"[A-Z]{3}")
YEARS_AHEAD = 3
ZERO = Decimal(0)
DAYS = re.compile(r"\d{1,3}")
ADDRESS = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")


def invoice(row: Row, home: str, today: date | None) -> Document:
    """The document a row tells of; `home` is the currency where the row names none."""
    number, buyer = row.code("number"), _buyer(row)
    if not number:
        raise Unreadable("missing_number")
    if not buyer.name:
        raise Unreadable("missing_buyer", number=number)
    total, paid, left = row.amount("amount"), _paid(row), row.amount("open")
    owed = _owed(row, total, paid, left)
    currency = _currency(row, home, tuple([a[1] for a in (total, paid, left) if a]))
    credit = owed < 0 or (total is not None and total[0] < 0) or _says(CREDIT.search, row.text("type"))
    kind: Literal["credit_note", "invoice"] = "credit_note" if credit else "invoice"
    issued = row.day("issued")
    due, origin = _due(row, issued, today, credit)
    amount = Money.of(abs(owed), currency)
    collectable, why_not = _collectable(kind, amount, due, _disagree(total, paid, left))
    return Document(
        kind=kind,
        number=number,
        amount=amount,
        issued=issued,
        due=due,
        due_source=origin,
        reference=row.code("reference"),
        account=row.code("account"),
        buyer=buyer,
        description=row.text("description"),
        delivered=row.day("delivered"),
        collectable=collectable,
        why_not=why_not,
        line=row.line,
        total=amount if total and total[0] == owed else Money.of(abs(total[0]), currency) if total else None,
    )


def _says(test: Callable[[str], object], text: str) -> bool:
    return bool(text and test(text))


BUYER = ("customer", "email", "contact", "phone", "country", "language", "kind", "approver")


def _buyer(row: Row) -> Party:
    return _party(row.code("org_no"), *row.cells_of(BUYER))


@lru_cache(maxsize=16_384)
def _party(number: str, *cells: Cell) -> Party:
    """A buyer as these cells tell of one; lists name the same few again and again."""
    name, email, contact, phone, country, language, kind, cc = map(as_text, cells)
    approver, told = ADDRESS.search(cc), one_of(KINDS, kind)
    return Party(
        name=name,
        org_no=number,
        email=email,
        contact=contact,
        phone=phone,
        country=one_of(COUNTRIES, country) or country[:2].upper(),
        language=one_of(LANGUAGES, language) or "",
        kind=told or ("business" if number else "unknown"),
        approver=approver[0] if approver else "",
    )


def _paid(row: Row) -> Amount | None:
    """What is paid already; a column that says yes, or the day, means all of it."""
    if "paid" not in row.columns:
        return None
    written = row.text("paid")
    if not written or UNSETTLED.fullmatch(written):
        return None
    total = row.amount("amount")
    if SETTLED.fullmatch(written) or _is_day(row, "paid"):
        return (total[0], "") if total else None
    return row.amount("paid")


def _is_day(row: Row, column: str) -> bool:
    try:
        return not isinstance(row.cell(column), Decimal) and row.day(column) is not None
    except Unreadable:
        return False


def _owed(row: Row, total: Amount | None, paid: Amount | None, left: Amount | None) -> Decimal:
    """What remains to be paid."""
    if _says(SETTLED.fullmatch, row.text("status")):
        return ZERO
    if left:
        return left[0]
    if not total:
        raise Unreadable("missing_amount", number=row.text("number"))
    rest = total[0] - (paid[0] if paid else ZERO)
    return ZERO if rest < 0 < total[0] else rest


def _disagree(total: Amount | None, paid: Amount | None, left: Amount | None) -> bool:
    return bool(total and paid and left and total[0] - paid[0] != left[0]) or bool(
        total and left and abs(left[0]) > abs(total[0])
    )


def home_currency(columns: Mapping[str, int], headings: Sequence[str], source: Source) -> str:
    """The currency that the headings of a table name, as in "Beløp (NOK)", else the one at home."""
    named = (headings[columns[c]] for c in ("open", "amount") if c in columns)
    found = next((match for match in map(CURRENCY.search, named) if match), None)
    return source.currency.upper() if not found else "EUR" if found[2] else found[1].upper()


def _currency(row: Row, home: str, marks: tuple[str, ...]) -> str:
    """The currency of the row: its column, else the mark beside the amount, else the table's."""
    code = _code(row.text("currency"), marks, home)
    if not code:
        raise Unreadable("no_currency", number=row.text("number"))
    return code


@lru_cache(maxsize=1024)
def _code(written: str, marks: tuple[str, ...], home: str) -> str:
    """The currency code that these name together; empty where they name none."""
    from_column = written.upper()
    column = "kr" if from_column.startswith("KR") else "EUR" if from_column == "€" else from_column
    named = {mark for mark in (column, *marks) if mark}
    exact = named - {"kr"}
    if len(exact) > 1 or ("kr" in named and exact - KRONER):
        raise Unreadable("currency_conflict", found=", ".join(sorted(named)))
    if exact:
        return _checked(exact.pop())
    if not home or ("kr" in named and home not in KRONER):
        return ""
    return _checked(home)


def _checked(currency: str) -> str:
    if not CODE.fullmatch(currency):
        raise Unreadable("bad_currency", value=currency[:40])
    return currency


def _due(
    row: Row, issued: date | None, today: date | None, credit: bool
) -> tuple[date | None, Literal["stated", "terms"] | None]:
    stated = row.day("due")
    if stated and today and stated.year > today.year + YEARS_AHEAD:
        raise Unreadable("far_date", value=stated.isoformat())
    if stated or credit or not issued:
        return stated, "stated" if stated else None
    terms = row.text("terms")
    day = issued + timedelta(days=int(terms)) if DAYS.fullmatch(terms) else due_by_terms(terms, issued)
    return day, "terms" if day else None


def _collectable(
    kind: Literal["credit_note", "invoice"], amount: Money, due: date | None, disagree: bool
) -> tuple[Collectable, str]:
    if kind == "credit_note":
        return "no", "credit_note"
    if not amount:
        return "no", "nothing_due"
    if disagree:
        return "ask", "totals_disagree"
    return ("yes", "") if due else ("ask", "no_due_date")
