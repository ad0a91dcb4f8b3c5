"""Mentions: what names one customer and nobody else, and whether a text or a line of the talk does."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.names import fold
from bot.owed import words_of
from bot.parties import Customer
from storage.books import Books
from storage.parties import customers

LEAST = 4
"""A word of a name, or a number, that is shorter names nobody by itself."""
CODES = frozenset({"verb", "style", "kind", "state", "token", "role", "language", "content", "still", "at"})
"""What stands under these keys is for programs: nobody is named there."""
OURS = frozenset({"label", "submit", "hint", "foot"})
"""And under these are words of ours, where a word of a name is only a word."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Any of some texts, as words of their own. Looking for each first takes a fourth of the time."""

    texts: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Mention:
        """Of texts as they stand in words; those that are too short name nobody."""
        long = {" ".join(text.split()) for text in texts if len(text.strip()) >= LEAST}
        ways = "|".join(re.escape(text) for text in sorted(long, key=len, reverse=True))
        pattern = re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)
        return cls(tuple(text.casefold() for text in long), pattern)

    def is_in(self, text: str) -> bool:
        """Whether a text names them."""
        folded = text.casefold()
        return any(each in folded for each in self.texts) and bool(self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class Names:
    """What names one customer alone: `whole`, their id, names and addresses; `any`, a telling word too.

    `apart`: what nobody else can mean by it, so not a name of one word. `ids`: their own, and of whoever has
    gone into them.
    """

    ids: frozenset[str]
    apart: Mention
    whole: Mention
    any: Mention

    def are_written(self, text: str, by: str = "") -> bool:
        """Whether what somebody wrote, as text or JSON, names them for certain, or bears just their name."""
        is_theirs = bool(by) and bool(self.whole.pattern.fullmatch(" ".join(by.split())))
        return is_theirs or any(self.apart.is_in(each) for each in _texts(_read(text), CODES))

    def are_told(self, kept: str, *, words: bool = True) -> bool:
        """Whether what is kept as JSON names them to whoever reads it; `words`: a word of the name does."""
        value = _read(kept)
        if any(self.whole.is_in(text) for text in _texts(value, CODES)):
            return True
        return words and any(self.any.is_in(text) for text in _texts(value, CODES | OURS))


def names(customer: Customer, books: Books) -> Names:
    """All that names a customer and nobody else: nothing that another has too, no place, no first name."""
    known = (customer, *(join.gone for join in books.joins.of(customer.id)))
    ids = frozenset(each.id for each in known)
    called = {name for each in known for name in each.names}
    others = _of_others(customer, books)
    told = {text for each in known for text in _told(each)}
    whole = ids | {text for text in told if not Mention.of({text}).is_in(others)}
    words = {word for name in called for word in words_of(name) if len(word) >= LEAST}
    own = {word for word, whose in books.customers.bearers(words, 1).items() if whose == (customer.id,)}
    telling = {word for name in called for word in re.findall(r"\w+", name) if fold(word) in own}
    apart = {text for text in whole if text not in called or len(words_of(text)) > 1}
    return Names(ids, Mention.of(apart), Mention.of(whole), Mention.of(whole | telling))


def _told(customer: Customer) -> Iterator[str]:
    """What one customer is called and reached by."""
    yield from (*customer.names, customer.number)
    for contact in customer.contacts:
        yield from (contact.email, contact.phone, contact.name if len(contact.name.split()) > 1 else "")


def _of_others(customer: Customer, books: Books) -> str:
    """What all other customers are called and reached by."""
    contacts, also = (sa.type_coerce(customers.c[name], sa.Text()) for name in ("contacts", "also"))
    query = books.customers.scope.select(customers, customers.c.name, customers.c.number, also, contacts)
    rows = books.customers.scope.rows(query.where(customers.c.id != customer.id))
    return "\n".join(part for row in rows for part in row)


def _read(kept: str) -> Any:
    try:
        return json.loads(kept)
    except ValueError:
        return kept


def _texts(value: Any, but: Collection[str]) -> Iterator[str]:
    """Every text in a value read from JSON, but under some keys, and but for the names of a form's fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, but)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in but and not (key == "name" and "label" in value):
                yield from _texts(each, but)
