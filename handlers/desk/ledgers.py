"""Accounting systems on the desk: what was read taken in, trouble told, PDFs put to their invoices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Literal

from bot import rounds
from bot.chat import Card, Check
from bot.documents import Problem
from bot.intake import Intake
from bot.invoices import Invoice, is_late
from bot.ledger import number_key
from bot.ledgers import Connection, Pulled, asked_for, dated
from handlers.desk import Desk, digest_of, faults, new_id
from handlers.desk.intake import planned, take_in

FETCHED = 10
"""How many PDFs are fetched after one reading: those of the rest come with the next."""


def changes(found: Pulled, desk: Desk) -> Intake:
    """What a reading would change, payments on the days that the system tells."""
    return dated(planned(found.documents, desk), found.receipts, desk.today, new_id)


def troubles(found: Pulled, intake: Intake) -> tuple[Problem, ...]:
    """What is unclear in a reading, there or here."""
    return (*found.problems, *intake.problems)


def read(connection: Connection, found: Pulled, desk: Desk) -> tuple[Card, ...]:
    """Take in what was read by itself, without asking; a card only for what the owner must know of."""
    intake = changes(found, desk)
    told = take_in(intake, "", desk).more if intake.changes else ()
    problems = troubles(found, intake)
    fresh = [p for p in problems if _mark(p) not in connection.noted.split()]
    noted(connection, found, problems, desk)
    name = name_of(connection.system, desk)
    healed = (desk.card("ledger_healed", {"name": name}),) if connection.told else ()
    odd = (desk.card("ledger_odd", {"name": name}, checks=faults.told(fresh, desk)),) if fresh else ()
    return (*healed, *odd, *told)


def noted(
    connection: Connection, found: Pulled, problems: Iterable[Problem], desk: Desk, *, by_hand: bool = False
) -> None:
    """Write down how far a system was read, and what the owner was shown.

    What a reading by hand leaves for the clock is done soon: PDFs, and after the very first one a look at
    what the books know to be open from elsewhere and the system did not list, for it may be paid there.
    """
    unseen = _unseen(found, desk) if connection.pulled_at is None else ()
    soon = by_hand and bool(unseen or wanted(found, desk))
    marks = " ".join(dict.fromkeys(map(_mark, problems)))
    cursor = " ".join((*found.cursor.split(), *map(asked_for, unseen)))
    done = rounds.after_reading(connection, cursor, marks, desk.business, desk.now)
    next_at = desk.now + rounds.SOON if soon else done.next_at
    desk.books.connections.note(replace(done, next_at=next_at))


def _unseen(found: Pulled, desk: Desk) -> tuple[str, ...]:
    """The numbers of open invoices that a system did not tell of."""
    told = {number_key(document.number) for document in found.documents}
    return tuple(i.number for i in desk.books.invoices.open() if number_key(i.number) not in told)


def _mark(problem: Problem) -> str:
    """What a problem is known by when it comes again."""
    return digest_of(f"{problem.code} {sorted(problem.facts.items())}".encode())[:12]


def failed(connection: Connection, trouble: str, desk: Desk, *, shown: bool = False) -> Card | None:
    """A system could not be read: why, and what can be done. None where that passes, or was told before.

    `shown`: the owner asked for it, and hears of it in any case.
    """
    after = rounds.after_trouble(connection, trouble, desk.business, desk.now, told=shown)
    desk.books.connections.note(after)
    if not shown and (connection.told or not after.told):
        return None
    buttons = (
        desk.button("fetch", "ledger.pull", connection.system),
        desk.button("ledger_again", "ledger.form", connection.system, style="quiet"),
    )
    facts = {"name": name_of(connection.system, desk), "why": desk.word(f"ledger_trouble.{trouble}")}
    return desk.card("ledger_trouble", facts, buttons=buttons)


def name_of(system: str, desk: Desk) -> str:
    """A system as people call it."""
    return next((each.name for each in desk.systems if each.key == system), system)


def fresh(desk: Desk) -> tuple[Check, ...]:
    """When each connected system was last read, as lines of a card: a look where that is long ago."""
    return tuple(
        Check(_state(each, desk), seen(each.pulled_at, name_of(each.system, desk), desk))
        for each in desk.books.connections.all()
        if each.pulled_at
    )


def _state(connection: Connection, desk: Desk) -> Literal["ok", "look"]:
    is_old = rounds.is_old(connection, desk.business, desk.now)
    return "look" if connection.trouble or is_old else "ok"


def seen(at: datetime, name: str, desk: Desk) -> str:
    """How long ago a system was read: "Read from Fiken 2 hours ago"."""
    minutes = max(0, round((desk.now - at).total_seconds() / 60))
    return desk.word("ledgers.read", name=name, minutes=minutes)


def wanted(found: Pulled, desk: Desk) -> Mapping[str, str]:
    """The addresses of the PDFs that are missing of late invoices, by the invoice's id.

    Each hour another lot of many has its turn, so that those which cannot be had hold up no others.
    """
    late = list(_late(found, desk)) if found.papers else []
    known = desk.books.files.bearing(invoice.id for invoice, _ in late)
    missing = ((i.id, address) for i, address in late if i.id not in known and _is_free(i.customer, desk))
    turn = str(desk.now.hour)
    return dict(islice(sorted(missing, key=lambda each: digest_of((turn + each[0]).encode())), FETCHED))


def _late(found: Pulled, desk: Desk) -> Iterator[tuple[Invoice, str]]:
    """The invoices in the books that may be asked for now, each with where its PDF is."""
    for entry in changes(found, desk).of("same"):
        invoice, address = entry.invoice, found.papers.get(entry.document.number)
        if invoice and address and not invoice.parked and is_late(invoice, desk.today):
            yield invoice, address


def _is_free(customer: str, desk: Desk) -> bool:
    """Whether no letter to a customer is being written or on its way: it was made without the paper."""
    return not any(x.state in ("draft", "approved") for x in desk.books.letters.of(customer))


def keep_papers(papers: Mapping[str, bytes], desk: Desk) -> None:
    """Put PDFs to their invoices, so that they go along with the letters from now on."""
    bearing = desk.books.files.bearing(papers)
    for invoice in desk.books.invoices.among(papers):
        if invoice.id not in bearing and _is_free(invoice.customer, desk):
            name = re.sub(r"[^\w.-]+", "-", invoice.number).strip("-") or invoice.id
            desk.books.files.attach(invoice.id, f"{name}.pdf", papers[invoice.id])
