"""Home: what is open, in one card: who needs the owner, which drafts wait, and the ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.chat import Action, Button, Card, Item, Request
from bot.letters import Letter
from bot.nudges import digest
from handlers.desk import Answers, Desk
from handlers.desk.needs import ROWS, row

DRAFTS = 5
"""How many drafts are listed."""


def show(request: Request, desk: Desk) -> Card:
    """What is open: asked for in a chat a card like any other, else a page that is kept up to date."""
    card = _met(desk) if desk.business.name else _unmet(desk)
    return card if request.text or request.press else replace(card, topic="home")


def _met(desk: Desk) -> Card:
    """Drafts first: they are nearest to done."""
    drafts = desk.books.letters.in_state("draft")
    drafted, shown = {x.customer for x in drafts}, {x.customer for x in drafts[-DRAFTS:]}
    found = digest(
        desk.books.cases(desk.today),
        desk.business,
        desk.today,
        ROWS + len(drafted),
        lambda case: case.customer.id in shown,
    )
    others = [n for n in found.needs if n.case.customer.id not in drafted]
    facts = {"business": desk.business.name, "count": found.count, "drafts": len(drafts)}
    owed = {n.case.customer.id: desk.word("money", amounts=n.owed) for n in found.asked_for}
    items = (*_drafts(drafts[-DRAFTS:], owed, desk), *(row(n, desk) for n in others[:ROWS]))
    return desk.card("home", facts, items=items, buttons=_ways(desk))


def _unmet(desk: Desk) -> Card:
    """There is nothing yet but the first meeting."""
    begin = desk.button("go_on", "start.again", style="primary")
    facts = {"business": "", "count": 0, "drafts": 0}
    return desk.card("home", facts, buttons=(begin,))


def _drafts(drafts: Sequence[Letter], owed: Mapping[str, str], desk: Desk) -> tuple[Item, ...]:
    """A row for each draft, the latest first."""
    names = {c.id: c.name for c in desk.books.customers.among({x.customer for x in drafts})}
    return tuple(_draft(x, names[x.customer], owed.get(x.customer, ""), desk) for x in reversed(drafts))


def _draft(letter: Letter, name: str, owed: str, desk: Desk) -> Item:
    opens = Button(desk.word("buttons.open"), Action("letter.show", letter.id), look=True)
    return Item(name, desk.word("draft_waits", first_yes=letter.first_yes), owed, opens)


def _ways(desk: Desk) -> tuple[Button, ...]:
    return (
        desk.button("today", "today.show", style="primary", look=True),
        desk.button("people", "member.list", look=True),
        desk.button("settings", "settings.show", look=True),
    )


def renewed(_card: Card, desk: Desk) -> Card:
    """The same as it is now."""
    return show(Request(desk.business.id), desk)


ANSWERS: Answers = {"home.show": show}
TOPICS: Mapping[str, Callable[[Card, Desk], Card]] = {"home": renewed}
