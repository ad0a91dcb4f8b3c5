"""Where the tables tell of one customer: what is theirs, and what of it stays when they are erased.

A table or a column that nobody has thought about here goes: only what is named as staying does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from bot.chat import Card, Posted
from storage.closings import closings
from storage.columns import FLAG, WHOLE, Json
from storage.conversations import LINE, lines
from storage.deliveries import deliveries
from storage.disputes import disputes
from storage.escalations import escalations, packs
from storage.imports import files
from storage.incoming import incoming
from storage.invoices import invoices
from storage.joins import gone_into, joins
from storage.letters import letters
from storage.mails import mails, sources
from storage.pages import closed_pages
from storage.parties import customers, named
from storage.payments import payments
from storage.plans import plans
from storage.promises import promises
from storage.reminders import pauses
from storage.replies import calls, replies
from storage.scope import Scope, Where

Whose = Callable[[str], Where]


@dataclass(frozen=True, slots=True)
class Trace:
    """A table that tells of a customer, and which of its rows do.

    `stays`: the columns that outlive an erasure, in nobody's name; without any, whole rows go. `becomes`:
    what stands in a column afterwards that may be neither kept nor empty.
    """

    table: sa.Table
    whose: Whose
    stays: Sequence[str] = ()
    becomes: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, customer: str, scope: Scope) -> list[dict[str, Any]]:
        """All that it tells of a customer, by the names of its columns."""
        told = [column for column in self.table.c if column.name != "business"]
        query = scope.select(self.table, *told).where(self.whose(customer))
        query = query.order_by(*self.table.primary_key.columns)
        return [{c.name: cell for c, cell in zip(told, row, strict=True)} for row in scope.rows(query)]

    def empty(self, customer: str, scope: Scope) -> None:
        """Let go of all that bookkeeping does not ask for."""
        if not self.stays:
            self.drop(customer, scope)
        elif gone := {c.name: emptied(c) for c in self.table.c if self._goes(c.name)}:
            scope.update(self.table, self.whose(customer), {**gone, **self.becomes})

    def drop(self, customer: str, scope: Scope) -> None:
        """Let go of whole rows."""
        scope.delete(self.table, self.whose(customer))

    def _goes(self, column: str) -> bool:
        return column not in {"business", *self.stays, *self.becomes}


def emptied(column: sa.Column[Any]) -> Any:
    """What stands in a column once nothing does."""
    if column.nullable:
        return None
    if isinstance(column.type, Json):
        return ()
    if isinstance(column.type, sa.LargeBinary):
        return b""
    return {FLAG: False, WHOLE: 0}.get(column.type, "")


def lines_about(customer: str, scope: Scope) -> tuple[Posted, ...]:
    """What was said in the talk about a customer, oldest first; of a list, their own rows alone."""
    ids = (customer, *gone_into(customer, scope))
    raw = sa.type_coerce(lines.c.card, sa.Text())
    about = (raw.contains(f'"subject":{json.dumps(each)}', autoescape=True) for each in ids)
    query = scope.select(lines, *(lines.c[name] for name in LINE.names)).order_by(lines.c.place)
    found = map(LINE.value, scope.rows(query.where(sa.or_(*about))))
    return tuple(own for line in found if (own := _own(line, ids)))


def _own(line: Posted, ids: Collection[str]) -> Posted | None:
    """What of a line is about a customer alone; none where it only offers something to do with them."""
    if line.card.subject in ids:
        return line
    rows = tuple(item for item in line.card.items if item.button and item.button.action.subject in ids)
    return replace(line, card=Card("", items=rows)) if rows and not line.card.subject else None


def _theirs(table: sa.Table) -> Whose:
    return lambda customer: table.c.customer == customer


def _through(column: sa.Column[Any], of: sa.Table) -> Whose:
    """Whose a row is that only names an invoice, a letter or a mail of theirs."""

    def whose(customer: str) -> Where:
        theirs = sa.and_(of.c.business == column.table.c.business, of.c.customer == customer)
        return column.in_(sa.select(of.c.id).where(theirs))

    return whose


def _resting(customer: str) -> Where:
    return sa.or_(_theirs(pauses)(customer), _through(pauses.c.invoice, invoices)(customer))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MONEY = _words("amount_minor amount_currency")
WITHDRAWN = sa.case((letters.c.state == "draft", "withdrawn"), else_=letters.c.state)
TRACES: tuple[Trace, ...] = (
    Trace(files, _through(files.c.invoice, invoices)),
    Trace(sources, _through(sources.c.mail, mails)),
    Trace(
        closed_pages,
        _through(closed_pages.c.letter, letters),
        _words("letter at by"),
    ),
    Trace(
        deliveries,
        _through(deliveries.c.ref, letters),
        _words("key kind ref not_before state attempts claimed_by lease_until message_id"),
    ),
    Trace(mails, _theirs(mails), _words("id at kind way place"), {"state": "aside"}),
    *(
        Trace(table, _theirs(table))
        for table in (replies, calls, promises, plans, disputes, packs, named, joins)
    ),
    Trace(pauses, _resting),
    Trace(closings, _theirs(closings), _words("id customer day days cause place")),
    Trace(
        escalations, _theirs(escalations), _words("id customer kind day by claims left to reason ended place")
    ),
    Trace(
        letters,
        _theirs(letters),
        _words(
            "id customer kind language made level tone claims charges wanted pay_by next_step next_day edited"
            " kept first_yes approved_by approved_at papers send_at sent_at sent_day message_id about place"
        ),
        {"state": WITHDRAWN},
    ),
    Trace(
        payments,
        _theirs(payments),
        ("id", "customer", "invoice", "day", *MONEY, "kind", "key", "at", "place"),
    ),
    Trace(
        incoming,
        _theirs(incoming),
        ("id", "day", *MONEY, "mark", "references", "state", "customer", "place"),
    ),
    Trace(
        invoices,
        _theirs(invoices),
        (
            "id",
            "customer",
            "number",
            "number_key",
            *MONEY,
            *_words("due issued reference account delivered state parked"),
        ),
    ),
    Trace(customers, lambda customer: customers.c.id == customer, _words("id kind country language erased")),
)
"""In an order in which whole rows can go: first those that name others."""
