"""Home: what is open, in one card: who needs the owner, which drafts wait, and the ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.chat import Action, Button, Card, Request
from bot.nudges import digest
from handlers.desk import Answers, Desk
from handlers.desk.needs import ROWS, draft_rows, row

DRAFTS = 5
"""How many drafts are listed."""


def show(request: Request, desk: Desk) -> Card:
    """What is open: asked for in a chat a card like any other, else a page that is kept up to date."""
    card = _met(desk) if desk.business.name else _unmet(desk)
    return card if request.text or request.press else replace(card, topic="home")


def _met(desk: Desk) -> Card:
    """Drafts first: they are nearest to done."""
    drafts = desk.books.letters.in_state("draft")
    drafted = {x.customer for x in drafts}
    found = digest(desk.books.cases(desk.today), desk.business, desk.today, ROWS + len(drafted))
    others = [n for n in found.needs if n.case.customer.id not in drafted]
    facts = {"business": desk.business.name, "count": found.count, "drafts": len(drafts)}
    items = (*draft_rows(reversed(drafts[-DRAFTS:]), desk), *(row(n, desk) for n in others[:ROWS]))
    return desk.card("home", facts, items=items, buttons=_ways(len(drafts), desk))


def _unmet(desk: Desk) -> Card:
    """There is nothing yet but the first meeting."""
    begin = desk.button("go_on", "start.again", style="primary")
    facts = {"business": "", "count": 0, "drafts": 0}
    return desk.card("home", facts, buttons=(begin,))


def _ways(drafts: int, desk: Desk) -> tuple[Button, ...]:
    all_drafts = desk.button("all_drafts", "draft.list", look=True)
    return (
        desk.button("today", "today.show", style="primary", look=True),
        *((all_drafts,) if drafts > DRAFTS else ()),
        Button(desk.word("reports.buttons.show"), Action("report.show"), look=True),
        desk.button("people", "member.list", look=True),
        desk.button("settings", "settings.show", look=True),
    )


def renewed(_card: Card, desk: Desk) -> Card:
    """The same as it is now."""
    return show(Request(desk.business.id), desk)


ANSWERS: Answers = {"home.show": show}
TOPICS: Mapping[str, Callable[[Card, Desk], Card]] = {"home": renewed}
