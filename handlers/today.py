"""Today: what needs the owner this morning, most important first."""

from __future__ import annotations

from bot import workdays
from bot.chat import Action, Button, Card, Item, Request
from bot.nudges import Digest, Need, digest
from handlers.desk import Answers, Desk

ROWS = 7
"""How many customers one page of the digest shows."""


def show(request: Request, desk: Desk) -> Card:
    """What needs the owner today: `today`, or a further page of it."""
    page = int(request.action.value or 0)
    return morning(desk, page=page)


def morning(desk: Desk, *, away: int = 0, page: int = 0, greet: bool = False) -> Card:
    """The digest of the day; `away`: for how many days there was none; `greet`: it came by itself."""
    found = digest(desk.books.cases(desk.today), desk.business, desk.today)
    if not found.needs:
        return _quiet(found, desk)
    first = found.needs[0]
    facts = {
        "count": len(found.needs),
        "customer": first.case.customer.name,
        "reason": why(first, desk),
        "looks": len(found.looks),
        "away": away,
        "greet": greet,
        "day": found.day,
        "again": workdays.after(found.day, desk.country),
    }
    shown = found.needs[page * ROWS : (page + 1) * ROWS]
    return desk.card(
        "digest",
        facts,
        items=tuple(row(n, desk) for n in shown),
        buttons=_pages(found, page, desk),
        in_place=page > 0,
    )


def why(need: Need, desk: Desk) -> str:
    """Why a customer is on the list, in a few words."""
    step = need.step
    facts = {"days": need.days, "count": len(step.claims), "opens": step.opens, "announced": step.announced}
    return desk.word(f"why.{'announced' if step.announced else step.why}", **facts)


def row(need: Need, desk: Desk) -> Item:
    """One customer's row: who, why, how much, and the way to their card."""
    opens = Button(desk.word("buttons.open"), Action("customer.show", need.case.customer.id), look=True)
    return Item(need.case.customer.name, why(need, desk), desk.word("money", amounts=need.owed), opens)


def _pages(found: Digest, page: int, desk: Desk) -> tuple[Button, ...]:
    left = len(found.needs) - (page + 1) * ROWS
    more = desk.button("more", "today.show", value=str(page + 1), style="quiet")
    looks = desk.button("just_late", "today.looks", style="quiet", look=True)
    return (*((more,) if left > 0 else ()), *((looks,) if found.looks else ()))


def looks(_request: Request, desk: Desk) -> Card:
    """Who is just late and can wait a few days."""
    found = digest(desk.books.cases(desk.today), desk.business, desk.today)
    return desk.card(
        "just_late", {"count": len(found.looks)}, items=tuple(row(n, desk) for n in found.looks[:ROWS])
    )


def _quiet(found: Digest, desk: Desk) -> Card:
    """One quiet line, with whoever is just late."""
    buttons = (desk.button("just_late", "today.looks", style="quiet", look=True),) if found.looks else ()
    return desk.card(
        "empty_day", {"looks": len(found.looks), "parked": len(desk.books.invoices.parked())}, buttons=buttons
    )


ANSWERS: Answers = {"today.show": show, "today.looks": looks}
