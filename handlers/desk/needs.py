"""Who needs the owner, as rows of a list: why, how much, and the way to their card."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat import Action, Button, Item
from bot.letters import Letter
from bot.money import totals
from bot.nudges import Need
from handlers.desk import Desk, law

ROWS = 7
"""How many customers one page of a list shows."""


def why(need: Need, desk: Desk) -> str:
    """Why a customer is on the list, in a few words."""
    step = need.step
    facts = {"days": need.days, "count": len(step.claims), "opens": step.opens, "announced": step.announced}
    named = step.announced and step.kind != "final_notice"
    return desk.word(f"why.{'announced' if named else step.why}", **facts, term=law.term(desk))


def row(need: Need, desk: Desk) -> Item:
    """One customer's row: who, why, how much, and the way to their card."""
    opens = Button(desk.word("buttons.open"), Action("customer.show", need.case.customer.id), look=True)
    return Item(need.case.customer.name, why(need, desk), desk.word("money", amounts=need.owed), opens)


def draft_rows(drafts: Iterable[Letter], desk: Desk) -> tuple[Item, ...]:
    """A row for each draft: to whom, for how much, and the way to its text."""
    drafts = tuple(drafts)
    names = {c.id: c.name for c in desk.books.customers.among({x.customer for x in drafts})}
    return tuple(_draft_row(x, names[x.customer], desk) for x in drafts)


def _draft_row(letter: Letter, name: str, desk: Desk) -> Item:
    opens = Button(desk.word("buttons.open"), Action("letter.show", letter.id), look=True)
    asked = totals([*(c.amount for c in letter.claims), *(c.amount for c in letter.charges)])
    waits = desk.word("draft_waits", first_yes=letter.first_yes)
    return Item(name, waits, desk.word("money", amounts=asked) if asked else "", opens)
