"""Letting go of what has been kept long enough, a little at a time; never what a claim or the books need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice

import sqlalchemy as sa

from bot.privacy import obstacles
from bot.retention import PERIODS, Kind, over_before
from bot.workdays import instant
from storage.books import Books
from storage.conversations import lines, tokens
from storage.erasure import overwrite, remove
from storage.escalations import escalations, packs
from storage.history import history
from storage.imports import imports
from storage.incoming import incoming
from storage.invoices import IS_OPEN, invoices
from storage.letters import letters
from storage.mails import mails, sources
from storage.payments import payments
from storage.places import posts
from storage.replies import calls, replies
from storage.scope import Where

MOST = 200
"""How many of a kind are let go of at once, so that nothing else waits long for the books."""
QUIET = timedelta(days=400)
"""How long nothing at all may have happened in a business that is at work."""
UNPLACED = "answer_unplaced"
"""The event that holds an answer of which nobody has said whose it is."""


def prune(books: Books, today: date) -> int:
    """Let go of what is over, at most so many of each kind; how much that was, 0 once nothing is left."""
    overwrite(books)
    gone = sum(let_go(books, PERIODS[kind].before(today)) for kind, let_go in WAYS.items())
    return gone + _over(books, over_before(today, books.business.country))


def _talk(books: Books, before: date) -> int:
    """Lines of the talk, but for living lists; the last stays, as all that follow are counted from it."""
    scope = books.lines.scope
    highest = sa.select(sa.func.max(lines.c.place), sa.func.max(lines.c.revision))
    place, revision = scope.rows(highest.where(lines.c.business == scope.business))[0]
    is_over = sa.and_(
        lines.c.at < _begins(books, before),
        sa.or_(lines.c.topic == "", lines.c.closed),
        lines.c.place < (place or 0),
        lines.c.revision < (revision or 0),
    )
    found = _some(books, lines.c.id, is_over)
    for table in (tokens, posts):
        scope.delete(table, scope.among(table.c.line, found))
    return scope.delete(lines, scope.among(lines.c.id, found))


def _files(books: Books, before: date) -> int:
    """The bytes of files that were read; that they were stays, so that the same file changes nothing."""
    is_over = sa.and_(imports.c.at < _begins(books, before), sa.func.length(imports.c.content) > 0)
    found = _some(books, imports.c.digest, is_over)
    scope = books.customers.scope
    return scope.update(imports, scope.among(imports.c.digest, found), {"content": b""})


def _packs(books: Books, before: date) -> int:
    found = _of_settled(books, packs, packs.c.id, packs.c.day < before)
    return books.packs.scope.delete(packs, books.packs.scope.among(packs.c.id, found))


def _mails(books: Books, before: date) -> int:
    """Mails as they came, with what was attached; the words that were an answer stay one."""
    has_source = mails.c.id.in_(sa.select(sources.c.mail).where(sources.c.business == mails.c.business))
    found = _of_settled(books, mails, mails.c.id, mails.c.at < _begins(books, before), has_source)
    return books.mails.scope.delete(sources, books.mails.scope.among(sources.c.mail, found))


def _unplaced(books: Books, before: date) -> int:
    """Mails and answers of which nobody has said whose they are."""
    at = _begins(books, before)
    waiting = _some(books, mails.c.id, sa.and_(mails.c.state == "waiting", mails.c.at < at))
    for mail in waiting:
        books.mails.drop(mail)
    told = _some(books, history.c.id, sa.and_(history.c.kind == UNPLACED, history.c.at < at))
    books.history.let_go(told)
    return len(waiting) + len(told)


def _unknown_money(books: Books, before: date) -> int:
    """Who paid what fits nothing that is owed; sum, day and the bank's own name for it stay."""
    named = sa.or_(incoming.c.payer != "", incoming.c.text != "", incoming.c.account != "")
    lies_nowhere = sa.and_(incoming.c.customer.is_(None), incoming.c.state.in_(("loose", "aside")))
    found = _some(books, incoming.c.id, sa.and_(lies_nowhere, named, incoming.c.day < before))
    scope = books.incoming.scope
    nobody = {"payer": "", "text": "", "account": ""}
    return scope.update(incoming, scope.among(incoming.c.id, found), nobody)


WAYS: Mapping[Kind, Callable[[Books, date], int]] = {
    "talk": _talk,
    "files": _files,
    "packs": _packs,
    "mails": _mails,
    "unplaced": _unplaced,
    "unknown_money": _unknown_money,
}


def _over(books: Books, before: date) -> int:
    """Customers of whom nothing has been heard since a day that bookkeeping no longer asks about.

    Years that pass without a single event are rather a clock that ran ahead: then nobody goes.
    """
    if not _is_lived_in(books):
        return 0
    since = _begins(books, before)
    lately: tuple[tuple[sa.Table, Where], ...] = (
        (invoices, sa.or_(*_lately(before, invoices.c.issued, invoices.c.due), _undated())),
        (payments, payments.c.day >= before),
        (letters, sa.func.coalesce(letters.c.sent_day, letters.c.made) >= before),
        (replies, replies.c.at >= since),
        (mails, mails.c.at >= since),
        (calls, calls.c.day >= before),
        (escalations, sa.func.coalesce(escalations.c.ended, escalations.c.day) >= before),
    )
    scope = books.customers.scope
    alive = {row[0] for table, is_new in lately for row in scope.rows(_customers(books, table, is_new))}
    known = {row[0] for row in scope.rows(_customers(books, invoices, sa.true()))}
    found = _settled(books, sorted(known - alive))
    for customer in found:
        remove(books.customers.get(customer), books)
    return len(found)


def _is_lived_in(books: Books) -> bool:
    latest = books.history.scope.select(history, sa.func.max(history.c.at))
    newest: datetime | None = books.history.scope.rows(latest)[0][0]
    return newest is not None and newest > books.now - QUIET


def _lately(before: date, *columns: sa.Column[date]) -> Iterable[Where]:
    return (column >= before for column in columns)


def _undated() -> Where:
    return sa.and_(invoices.c.issued.is_(None), invoices.c.due.is_(None))


def _customers(books: Books, table: sa.Table, where: Where) -> sa.Select[tuple[str]]:
    return books.customers.scope.select(table, table.c.customer).where(where).distinct()


def _of_settled(books: Books, table: sa.Table, key: sa.Column[str], *where: Where) -> list[str]:
    """Some rows that meet conditions and belong to customers with whom nothing is open."""
    scope, is_over = books.customers.scope, sa.and_(*where)
    whose = [row[0] for row in scope.rows(_customers(books, table, is_over)) if row[0]]
    return _some(books, key, sa.and_(is_over, scope.among(table.c.customer, _settled(books, whose))))


def _settled(books: Books, customers: Collection[str]) -> list[str]:
    """Those of some customers, up to so many, whose data nothing needs."""
    owing = {row[0] for row in books.customers.scope.rows(_customers(books, invoices, IS_OPEN))}
    free = (customer for customer in customers if customer not in owing)
    return list(islice((each for each in free if not obstacles(books.case(each))), MOST))


def _some(books: Books, key: sa.Column[str], where: Where) -> list[str]:
    scope = books.customers.scope
    return [row[0] for row in scope.rows(scope.select(key.table, key).where(where).limit(MOST))]


def _begins(books: Books, day: date) -> datetime:
    return instant(day, time.min, books.business.zone)
