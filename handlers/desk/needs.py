"""Who needs the owner, as rows of a list: why, how much, and the way to their card."""

from __future__ import annotations

from bot.chat import Action, Button, Item
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
