"""Erasing on the desk: until when the figures of a customer stay, and the erasure itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.cases import Case
from bot.countries import country
from bot.retention import kept_through
from handlers.desk import Desk
from storage.erasure import erase

SHOWN = 4
"""How many characters of an id tell the nameless apart: the last, as those of one import begin alike."""


def staying(case: Case, desk: Desk) -> dict[str, object]:
    """Until when bookkeeping asks for the figures of a customer, and where that stands."""
    last = max(_days(case), default=desk.today)
    return {"until": kept_through(last, desk.country), "source": country(desk.country).bookkeeping.source}


def _days(case: Case) -> Iterator[date]:
    yield from (day for i in case.invoices for day in (i.issued, i.due) if day)
    yield from (payment.day for payment in case.payments)
    yield from (letter.went_on for letter in case.letters if letter.reached)


def nameless(customer: str, desk: Desk) -> str:
    """What somebody is called of whom only figures are left."""
    return desk.word("privacy.called", mark=customer[-SHOWN:])


def let_go(case: Case, who: str, desk: Desk) -> None:
    """Erase a customer; in the talk a word stands where they were told of."""
    called, said = nameless(case.customer.id, desk), desk.word("privacy.line")
    erase(case.customer, called, said, who, desk.books, desk.today)
