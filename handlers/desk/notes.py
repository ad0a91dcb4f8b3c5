"""Notes that several features write down alike: an answer read, a pause, a promise resolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from bot.cases import Pause
from bot.replies import Meaning
from handlers.desk import Desk, new_id

Closed = Literal["kept", "broken", "withdrawn"]


def read_reply(ident: str, meaning: Meaning, who: str, desk: Desk) -> None:
    """An answer counts as read, with what it meant; nothing where a matter did not start from one."""
    if not ident:
        return
    reply = desk.books.replies.get(ident)
    if reply.unread:
        desk.books.replies.save(replace(reply, meaning=meaning))
        what = desk.word(f"buttons.means_{meaning}")
        desk.books.history.add("reply_read", customer=reply.customer, who=who, what=what)


def pause(customer: str, until: date, desk: Desk) -> None:
    """Leave a customer alone until a day, on which the owner is asked again."""
    desk.books.pauses.add(Pause(id=new_id(), customer=customer, until=until, made=desk.today))


def close_promises(customer: str, state: Closed, desk: Desk) -> None:
    """Open promises of a customer are over, in the way named."""
    for promise in desk.books.promises.of(customer):
        if promise.state == "open":
            desk.books.promises.save(replace(promise, state=state))
