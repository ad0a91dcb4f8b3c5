"""Drafts: all that wait for the owner's word, and the next letter to everybody at once."""

from __future__ import annotations

from bot.chat import Card, Request
from handlers.desk import Answers, Desk
from handlers.desk.needs import ROWS, draft_rows
from handlers.desk.stack import write_all


def write(request: Request, desk: Desk) -> Card:
    """Write the next letter to everybody who needs one today; each waits for a yes of its own."""
    return _listed(request, desk, write_all(desk.books.cases(desk.today), desk))


def show(request: Request, desk: Desk) -> Card:
    """The drafts that wait, the first written first, a page at a time."""
    return _listed(request, desk)


def _listed(request: Request, desk: Desk, left_out: int = 0) -> Card:
    page = int(request.action.value or 0)
    drafts = desk.books.letters.in_state("draft")
    shown = drafts[page * ROWS : (page + 1) * ROWS]
    more = desk.button("more", "draft.list", value=str(page + 1), style="quiet")
    return desk.card(
        "drafts",
        {"count": len(drafts), "left_out": left_out},
        items=draft_rows(shown, desk),
        buttons=(more,) if len(drafts) > (page + 1) * ROWS else (),
        in_place=page > 0,
    )


ANSWERS: Answers = {"draft.all": write, "draft.list": show}
