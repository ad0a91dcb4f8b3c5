"""Errors by what must happen next: tell the owner, or try again later."""

from __future__ import annotations


class Refusal(Exception):
    """A rule that says no: `key` names the words, `facts` fill them; the router says it to the owner."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts


class DeliveryError(Exception):
    """A letter or card did not get through.

    `permanent`: trying again cannot help. `unknown`: it may have got through, so it must not be repeated.
    """

    def __init__(self, reason: str, *, permanent: bool = False, unknown: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.unknown = unknown


class BooksShut(Exception):
    """The books cannot be opened or written in just now; `full`: there is no room for more.

    What was begun has not happened, but for a line that broke as it was being kept; it may be tried again.
    `why`: what the database said of it, for whoever starts Purr, and no log.
    """

    def __init__(self, *, full: bool, why: str = "") -> None:
        super().__init__(
            "There is no room for the books: the disk is full." if full else "The database does not answer."
        )
        self.key = "no_room" if full else "books_shut"
        self.why = why

    @property
    def at_length(self) -> str:
        """The same, with what the database said."""
        return f"{str(self).removesuffix('.')}: {self.why}" if self.why else str(self)
