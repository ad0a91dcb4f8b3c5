"""Slow work that must not hold the books: done between two tries of an answer, while they are closed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from bot.documents import Reading
from bot.ledgers import Connection, Pulled
from bot.model import Question, Said
from bot.parties import MailServer
from bot.registers import Registered
from bot.replay import Facts, Year
from bot.sign_ins import Invitation, SignedIn
from handlers.desk import Desk, Read
from storage.ids import digest_of

T = TypeVar("T")


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


def put_off(desk: Desk, errands: Errands) -> Desk:
    """A desk that reads files and asks other systems only while the books are closed."""
    try_mail, try_mailbox, find, fetch = desk.try_mail, desk.try_mailbox, desk.find_numbers, desk.fetch
    look_up, ask, play, sign_in = desk.look_up, desk.ask, desk.play, desk.sign_in

    def tried(server: MailServer) -> str:
        return errands.ask(("mail", server), partial(try_mail, server))

    def opened(server: MailServer) -> str:
        return errands.ask(("mailbox", server), partial(try_mailbox, server))

    def found(content: bytes, known: Iterable[str], name: str) -> tuple[str, ...]:
        numbers = tuple(known)
        return errands.ask(
            ("numbers", digest_of(content), numbers, name), partial(find, content, numbers, name)
        )

    def fetched(connection: Connection, today: date) -> Pulled | str:
        key = ("ledger", connection.system, tuple(connection.secrets.items()), connection.cursor, today)
        return errands.ask(key, partial(fetch, connection, today))

    def looked_up(country: str, number: str) -> Registered | str:
        return errands.ask(("register", country, number), partial(look_up, country, number))

    def asked(question: Question) -> Said:
        return errands.ask(("model", question), partial(ask, question))

    def played(facts: Facts) -> Year:
        key = ("replay", facts.business.id, facts.first, facts.last, len(facts.cases))
        return errands.ask(key, partial(play, facts))

    def signed_in(key: str) -> Invitation | SignedIn | str:
        return errands.ask(("sign in", key), partial(sign_in, key))

    return replace(
        desk,
        read=_reader(desk.read, errands),
        try_mail=tried,
        try_mailbox=opened,
        find_numbers=found,
        fetch=fetched,
        look_up=looked_up,
        ask=asked,
        play=played,
        sign_in=signed_in if desk.signs_in else sign_in,
    )
