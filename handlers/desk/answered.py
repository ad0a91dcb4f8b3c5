"""An answer taken in, whichever way it came: kept word for word, with everything held for that customer."""

from __future__ import annotations

from datetime import datetime

from bot.identity import masked
from bot.replies import Reply, Source
from handlers.desk import Desk, new_id
from handlers.desk.drafts import silence

LONGEST = 10_000
"""How much of an answer is kept with it, in characters; a mail is kept whole beside it."""


def take(
    customer: str,
    text: str,
    source: Source,
    desk: Desk,
    *,
    who: str = "",
    ident: str = "",
    written: datetime | None = None,
) -> Reply:
    """Keep an answer, and take back every letter to that customer that has not gone out."""
    said = shortened(masked(text.replace("\0", "")).strip())
    ident = ident or new_id()
    reply = Reply(id=ident, customer=customer, text=said, at=desk.now, source=source, written=written)
    desk.books.replies.add(reply)
    desk.books.history.add("replied", customer=customer, who=who, text=said)
    silence(customer, desk)
    return reply


def shortened(said: str) -> str:
    """So much of an answer as is kept with it; that there is more is seen."""
    return f"{said[:LONGEST]} …" if len(said) > LONGEST else said
