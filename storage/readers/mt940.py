"""SWIFT statements in text: MT940 and MT950, and the reports of a day in progress, MT942."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.documents import Problem, Reading, Receipt
from storage.readers._covered import covered
from storage.readers._marks import Marks, made_of
from storage.readers._narrative import Narrative, narrative
from storage.readers._source import Source, Unreadable
from storage.readers._swift import Balance, Field, Line, balance, day_named, messages, money, statement_line
from storage.readers._text import decode
from storage.readers._xml import looks_like_xml, plain

BEGIN = re.compile(rb"^(?:.*\{4:)?[ \t]*:20:.*[\r\n]", re.MULTILINE)
ACCOUNT = re.compile(rb"^[ \t]*:25P?:.*[\r\n]", re.MULTILINE)
CONTENT = re.compile(rb"^[ \t]*:(60[FM]|61|62[FM]|34F|90[CD]):", re.MULTILINE)
OPENING, CLOSING = ("60F", "60M"), ("62F", "62M")
IN_PROGRESS = ("34F", "90C", "90D")
"""Fields that only a report of a day in progress has."""

SUMS = {"90D": -1, "90C": 1}
"""Where such a report says how many entries it has, by their sign."""

SUM = re.compile(r"(\d{1,5})[A-Z]{3}.*")
FINISHED = re.compile(r"-\}?\s*\Z")
CURRENCY = re.compile(r"\d*([A-Z]{3})")
OUR_REFERENCE = re.compile(r"RF\d\d[A-Z0-9]{1,21}|\d{5,25}", re.ASCII)
"""What a bank passes on as the reference for the account's owner, where it is no free word of the payer."""

CHEQUE = "CHK"


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one message gives."""

    receipts: tuple[Receipt, ...] = ()
    problems: tuple[Problem, ...] = ()
    through: date | None = None
    account: str = ""


def recognise(head: bytes) -> float:
    """Sure when a message names itself, an account, and balances or lines."""
    text = plain(head).replace(b"\r", b"\n")
    marks = (BEGIN, ACCOUNT, CONTENT)
    return 0.9 if not looks_like_xml(head) and all(mark.search(text) for mark in marks) else 0


def read(source: Source) -> Reading:
    """The payments of every message in the file; a message that lacks its end gives none."""
    text = decode(source.content)
    found = [fields for fields in messages(text) if fields[0].tag == "20"]
    statements = [*map(_statement, found), *_to_be_continued(found[-1:])]
    if found and not FINISHED.search(text) and _lacks_sums(found[-1]):
        statements.append(_Statement(problems=(Problem("statement_incomplete", found[-1][-1].line),)))
    tags = {each.tag for fields in found for each in fields}
    return Reading(
        receipts=tuple(receipt for each in statements for receipt in each.receipts),
        problems=tuple(problem for each in statements for problem in each.problems),
        format="mt942" if tags.intersection(IN_PROGRESS) and not tags.intersection(OPENING) else "mt940",
        through=covered((each.account, each.through) for each in statements),
    )


def _statement(fields: Sequence[Field]) -> _Statement:
    try:
        return _read(fields)
    except Unreadable as reason:
        return _Statement(problems=(reason.problem,))


def _read(fields: Sequence[Field]) -> _Statement:
    opened, closed = _balance(fields, OPENING), _balance(fields, CLOSING)
    in_progress = any(each.tag in IN_PROGRESS for each in fields)
    if not closed and not in_progress:
        raise Unreadable("statement_incomplete", fields[-1].line)
    currency = _currency(fields, opened, closed)
    account = _account(fields, currency)
    lines, problems = _lines(fields)
    receipts = tuple(_receipts(lines, currency, account))
    if not problems:
        problems += _disagreement(lines, opened, closed, fields[0].line) or _shortfall(fields, lines)
    days = [*(line.day for line in lines), *(day_named(each) for each in fields if each.tag == "13D")]
    through = max([*days, closed.day] if closed else days, default=None)
    return _Statement(receipts, tuple(problems), None if problems else through, account)


def _to_be_continued(last: Sequence[Sequence[Field]]) -> Iterator[_Statement]:
    """A gap where the last message of the file closes in the middle: its next page is elsewhere."""
    for fields in last:
        ends = [each for each in fields if each.tag in CLOSING]
        if ends and ends[-1].tag == "62M":
            yield _Statement(problems=(Problem("statement_incomplete", ends[-1].line),))


def _balance(fields: Sequence[Field], tags: Sequence[str]) -> Balance | None:
    return next((balance(each) for each in fields if each.tag in tags), None)


def _currency(fields: Sequence[Field], opened: Balance | None, closed: Balance | None) -> str:
    """The account's currency, by its balances, else by the sums or the floor of a report in progress."""
    named = {each.currency for each in (opened, closed) if each and each.currency}
    rest = (CURRENCY.match(each.first) for each in fields if each.tag in IN_PROGRESS)
    named = named or {found[1] for found in rest if found}
    if len(named) > 1:
        raise Unreadable("currency_conflict", fields[0].line, found=", ".join(sorted(named)))
    if not named:
        raise Unreadable("no_currency", fields[0].line)
    return named.pop()


def _account(fields: Sequence[Field], currency: str) -> str:
    """Our account: what stands before it names the bank, what may stand behind it the currency."""
    written = next((each.first for each in fields if each.tag in ("25", "25P")), "")
    parts = [part for part in "".join(written.split()).split("/") if part and part != currency]
    account = parts[-1] if parts else ""
    return account.removesuffix(currency) if account[:2].isalpha() else account


def _lines(fields: Sequence[Field]) -> tuple[list[Line], list[Problem]]:
    """The lines, each with what is told behind it; one that cannot be read is a problem."""
    lines: list[Line] = []
    problems: list[Problem] = []
    latest: Line | None = None
    for each in fields:
        if each.tag == "61":
            try:
                latest = statement_line(each)
            except Unreadable as reason:
                problems.append(reason.problem)
                latest = None
            lines += [latest] if latest else []
        elif each.tag in ("86", "NS") and latest:
            latest.told += each.lines
        else:
            latest = None
    return lines, problems


def _receipts(lines: Sequence[Line], currency: str, account: str) -> Iterator[Receipt]:
    marks = Marks()
    for line in lines:
        told = narrative(line.told)
        amount = money(line.amount, currency, line.line)
        back = line.is_reversal or told.is_return
        if amount.minor and (amount.minor > 0 or back):
            text = told.text or line.aside
            named = (line.reference, line.bank_reference, text)
            yield Receipt(
                day=line.day,
                amount=amount,
                references=_references(line, told),
                payer=told.payer,
                reversal=back,
                line=line.line,
                text=text,
                account=account,
                mark=marks.name(made_of(account, line.day, amount.decimal, currency, *named)),
            )


def _references(line: Line, told: Narrative) -> tuple[str, ...]:
    named = line.reference.replace(" ", "")
    ours = OUR_REFERENCE.fullmatch(named) and CHEQUE not in line.kind
    return tuple(dict.fromkeys((*told.references, *((line.reference,) if ours else ()))))


def _disagreement(
    lines: Sequence[Line], opened: Balance | None, closed: Balance | None, at: int
) -> list[Problem]:
    """What is wrong when the closing balance does not follow from the opening one and the lines."""
    if not opened or not closed:
        return []
    reached = opened.amount + sum((line.amount for line in lines), Decimal())
    if reached == closed.amount:
        return []
    facts = {"stated": str(closed.amount), "found": str(reached)}
    return [Problem("statement_differs", at, facts)]


def _lacks_sums(fields: Sequence[Field]) -> bool:
    """Whether it is a report in progress without the sums behind its lines, so that some may be missing."""
    tags = {each.tag for each in fields}
    return bool(tags.intersection(IN_PROGRESS)) and not tags.intersection((*SUMS, *CLOSING))


def _shortfall(fields: Sequence[Field], lines: Sequence[Line]) -> list[Problem]:
    """What is wrong when a report in progress has fewer entries than it says, however it counts reversals."""
    problems = []
    for each in fields:
        if each.tag in SUMS and (stated := SUM.fullmatch(each.first)):
            moved = sum(line.amount * SUMS[each.tag] > 0 for line in lines)
            marked = sum(line.mark.endswith(each.tag[-1]) for line in lines)
            if int(stated[1]) > max(moved, marked):
                facts = {"stated": stated[1], "found": str(moved)}
                problems.append(Problem("statement_incomplete", each.line, facts))
    return problems
