"""Where customers' answers are kept, word for word, and the calls the owner made."""

from __future__ import annotations

from bot.replies import Call, Reply
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import counter, scoped

REPLY, CALL = Shape(Reply), Shape(Call)
replies = scoped(
    "replies",
    REPLY,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("meaning",), ("place",)],
)
calls = scoped(
    "calls",
    CALL,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("place",)],
)
IS_UNREAD = replies.c.meaning.is_(None)


class Replies(Repository[Reply]):
    """The answers to one business, in the order they came."""

    noun = "reply"
    table = replies
    shape = REPLY

    def unread(self) -> tuple[Reply, ...]:
        """Those whose meaning the owner has still to say."""
        return self._where(IS_UNREAD)


class Calls(Repository[Call]):
    """The phone calls of one business, in the order they were noted."""

    noun = "call"
    table = calls
    shape = CALL
