"""Replay: the owner's last year once more, and what would have been asked, drafted and never sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat import Action, Button, Card, Item, Request
from bot.errors import Refusal
from bot.hindsight import Surprise, surprises, wronged
from bot.money import totals
from bot.past import settled
from bot.replay import Asked, Facts, Year
from handlers.desk import Answers, Desk, law, needs
from handlers.desk.bygone import Bygone, bygone

ROWS = 6
"""How many days worth a look one page shows."""


def show(request: Request, desk: Desk) -> Card:
    """The last year in a sentence, and its days worth a look: `replay my last year`."""
    gone = bygone(desk)
    if gone is None:
        return desk.card("replay_none")
    return card(gone, desk.play(gone.facts), desk, page=int(request.action.value or 0), rows=ROWS)


def card(gone: Bygone, year: Year, desk: Desk, *, page: int = 0, rows: int = ROWS) -> Card:
    """What the year came to, with one page of its days worth a look."""
    found = surprises(year, gone.facts)
    facts = {
        "first": year.first,
        "last": year.last,
        "days": year.mornings,
        "asked": len(year.asked),
        "wronged": wronged(found),
        "letters": len(year.letters),
        "customers": len({x.customer for x in year.letters}),
        "count": len({s.day for s in found}),
        "undated": gone.undated,
        "old": gone.old,
        "waiting": gone.waiting,
        "page": page,
    }
    shown = found[page * rows : (page + 1) * rows]
    more = desk.button("more", "replay.show", value=str(page + 1), style="quiet", look=True)
    buttons = (more,) if len(found) > (page + 1) * rows else ()
    return desk.card("replay", facts, items=tuple(_row(s, desk) for s in shown), buttons=buttons)


def _row(surprise: Surprise, desk: Desk) -> Item:
    """A day worth a look: whose, why, and the way to its page."""
    opens = Action("replay.day", surprise.customer, surprise.day.isoformat())
    facts = {"count": 0, "came": surprise.day, "invoice": "", **surprise.facts}
    about = desk.word(f"replay.{surprise.kind}", **facts, day=surprise.day, term=law.term(desk))
    who = str(surprise.facts.get("customer") or desk.word("replay.morning"))
    return Item(who, about, button=Button(desk.word("buttons.open"), opens, look=True))


def day(request: Request, desk: Desk) -> Card:
    """One morning of the year: what would have been asked about one customer or all, and what came of it."""
    gone = bygone(desk, request.action.subject)
    on = date.fromisoformat(request.action.value)
    if gone is None:
        raise Refusal("not_found", what="day")
    asked = [a for a in desk.play(gone.facts).asked if a.day == on]
    told = [_told(a, gone.facts, desk) for a in asked[: needs.ROWS]]
    return desk.card("replay_day", {"day": on, "asked": told, "count": len(asked)}, items=_rows(asked, desk))


def _rows(asked: Sequence[Asked], desk: Desk) -> tuple[Item, ...]:
    return tuple(needs.row(a.need, desk) for a in asked[: needs.ROWS])


def _told(asked: Asked, facts: Facts, desk: Desk) -> dict[str, object]:
    """A question as its page tells it: the draft there would have been, and when the money came."""
    letter = asked.letter
    about = {c.invoice for c in letter.claims} if letter else set()
    case = next(c for c in facts.cases if c.customer.id == asked.customer.id)
    came = [settled(i, case.payments) for i in case.invoices if i.id in about]
    days = [d for d in came if d]
    return {
        "customer": asked.customer.name,
        "letter": letter is not None,
        "notice": letter is not None and letter.kind == "final_notice",
        "term": law.term(desk),
        "amounts": totals(c.amount for c in letter.claims) if letter else (),
        "pay_by": letter.pay_by if letter else None,
        "came": max(days) if days and len(days) == len(came) else None,
        "stopped": bool(asked.refused),
    }


def figures(gone: Bygone, year: Year) -> dict[str, object]:
    """The same as figures and days, for a program."""
    found = surprises(year, gone.facts)
    return {
        "first": year.first.isoformat(),
        "last": year.last.isoformat(),
        "working_days": year.mornings,
        "questions": len(year.asked),
        "letters": len(year.letters),
        "letters_to_paid": wronged(found),
        "undated": gone.undated,
        "old": gone.old,
        "waiting": gone.waiting,
        "days": [
            {"day": s.day.isoformat(), "kind": s.kind, "customer": s.facts.get("customer", "")} for s in found
        ],
    }


ANSWERS: Answers = {"replay.show": show, "replay.day": day}
