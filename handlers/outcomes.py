"""Outcomes: what became of a letter on its way, told to the owner, with the way on."""

from __future__ import annotations

from collections.abc import Mapping

from bot import workdays
from bot.chat import Button, Card, Moment
from bot.letters import Letter
from handlers.desk import Desk


def report(letter: Letter, kind: str, reason: str, facts: Mapping[str, object], desk: Desk) -> Card:
    """The card on a letter that was sent, stopped, delayed, could not go, or may have gone."""
    customer = desk.books.customers.get(letter.customer)
    time = workdays.local(desk.now, desk.business.zone)
    said: dict[str, object] = {"customer": customer.name, "next_day": letter.next_day, "time": time}
    said |= {"reason": _why(letter, kind, reason, facts, desk)}
    at = Moment(desk.word("clock", time=time), desk.now)
    ways_on = _ways_on(letter, kind, desk)
    return desk.card(f"letter_{kind}", said, buttons=ways_on, subject=customer.id, moments=(at,))


def _why(letter: Letter, kind: str, reason: str, facts: Mapping[str, object], desk: Desk) -> str:
    if kind == "stopped":
        return desk.word(f"refusals.{reason}", **facts)
    return desk.word(f"delivery.{reason}", **{"to": letter.to, **facts}) if reason else ""


def _ways_on(letter: Letter, kind: str, desk: Desk) -> tuple[Button, ...]:
    match kind:
        case "failed":
            return (
                desk.button("draft_again", "letter.again", letter.id),
                desk.button("contact", "customer.contact", letter.customer),
            )
        case "stopped":
            return (
                desk.button("draft_again", "letter.again", letter.id),
                desk.button("open", "customer.show", letter.customer, look=True),
            )
        case "unknown":
            return (
                desk.button("went_out", "letter.went_out", letter.id),
                desk.button("did_not_go", "letter.did_not_go", letter.id),
            )
    return ()
