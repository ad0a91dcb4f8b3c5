"""Slow work that must not hold the books: done between two tries of an answer, while they are closed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, ParamSpec, TypeVar

from bot.documents import Reading
from bot.ledgers import Connection, Pulled
from bot.replay import Facts, Year
from handlers.desk import Desk, Read
from storage.ids import digest_of

T = TypeVar("T")
P = ParamSpec("P")


class Outside(Exception):
    """An answer needs something that takes long; it is to be asked again once that is known."""

    def __init__(self, key: Hashable, work: Callable[[], object]) -> None:
        super().__init__(key)
        self.key = key
        self.work = work


@dataclass(slots=True)
class Errands:
    """What was found out so far, outside the books."""

    known: dict[Hashable, object] = field(default_factory=dict)

    def run(self, errand: Outside) -> None:
        """Do what an answer asked for; a refusal is kept, and raised when it is asked for again."""
        try:
            self.known[errand.key] = errand.work()
        except Exception as problem:  # noqa: BLE001  # it belongs to whoever asks for the result
            self.known[errand.key] = problem

    def ask(self, key: Hashable, work: Callable[[], T]) -> T:
        """The result of some work; the first time it is put off until the books are closed."""
        if key not in self.known:
            raise Outside(key, work)
        found: Any = self.known[key]
        if isinstance(found, Exception):
            raise found
        result: T = found
        return result


def _reader(read: Read, errands: Errands) -> Read:
    """Files are read while the books are closed; each is read once in the same way."""

    def reading(
        content: bytes,
        name: str = "",
        *,
        columns: Mapping[str, str] | None = None,
        currency: str = "",
        today: date | None = None,
    ) -> Reading:
        key = ("read", digest_of(content), name, tuple((columns or {}).items()), currency, today)
        work = partial(read, content, name, columns=columns, currency=currency, today=today)
        return errands.ask(key, work)

    return reading


def _put_off(name: str, work: Callable[P, T], errands: Errands) -> Callable[P, T]:
    """Work that is done while the books are closed, once for all that it is told."""

    def asked(*told: P.args, **named: P.kwargs) -> T:
        return errands.ask((name, *told, *named.items()), partial(work, *told, **named))

    return asked


def put_off(desk: Desk, errands: Errands) -> Desk:
    """A desk that reads files and asks other systems only while the books are closed."""
    find, fetch, play = desk.find_numbers, desk.fetch, desk.play

    def found(content: bytes, known: Iterable[str], name: str) -> tuple[str, ...]:
        numbers = tuple(known)
        return errands.ask(
            ("numbers", digest_of(content), numbers, name), partial(find, content, numbers, name)
        )

    def fetched(connection: Connection, today: date) -> Pulled | str:
        key = ("ledger", connection.system, tuple(connection.secrets.items()), connection.cursor, today)
        return errands.ask(key, partial(fetch, connection, today))

    def played(facts: Facts) -> Year:
        key = ("replay", facts.business.id, facts.first, facts.last, len(facts.cases))
        return errands.ask(key, partial(play, facts))

    return replace(
        desk,
        read=_reader(desk.read, errands),
        try_mail=_put_off("mail", desk.try_mail, errands),
        try_mailbox=_put_off("mailbox", desk.try_mailbox, errands),
        find_numbers=found,
        fetch=fetched,
        look_up=_put_off("register", desk.look_up, errands),
        ask=_put_off("model", desk.ask, errands),
        play=played,
        sign_in=_put_off("sign in", desk.sign_in, errands) if desk.signs_in else desk.sign_in,
    )
