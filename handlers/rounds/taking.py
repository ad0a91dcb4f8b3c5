"""Taking in mail: what is new in a mailbox, each mail kept and placed as the mark moves past it."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat import Card
from bot.mail import Inbox, Mail, MailboxError
from bot.parties import MailServer
from handlers.letterbox.hands import Hands, Page, opened
from handlers.letterbox.imap import Box
from storage.books import Books
from storage.mail import read
from storage.mails import LIMIT

LEASE = timedelta(minutes=10)
"""How long a worker has a mailbox; it takes it anew with every look."""
LOOK_SECONDS = 60.0
"""After which a mailbox is looked into whether or not the server told of news."""
AT_ONCE, BYTES_AT_ONCE = 20, 8 * 1024 * 1024
"""How many mails, and how many bytes, are taken in together."""
PATIENCE = timedelta(days=1)
"""How long a mailbox may be out of reach before the owner is told; a refused password is told at once."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What taking in mail needs beside the hands. `server` says which mailbox a business has, if any.

    `arrived` takes a mail in and gives the card for the owner, if any; `put_by` keeps one that broke that.
    `troubled` gives the card for a mailbox that cannot be read, and why. `let_in` gives the server with what
    opens it now; `refused` hears that it did not.
    """

    server: Callable[[Books], MailServer | None]
    arrived: Callable[[Books, Mail, bytes, date], Card | None]
    put_by: Callable[[Books, Mail, bytes], Card]
    troubled: Callable[[Books, str], Card]
    let_in: Callable[[str, MailServer], MailServer] = lambda business, server: server
    refused: Callable[[str, MailServer], None] = lambda business, server: None
    timeout: float = 30
    look_seconds: float = LOOK_SECONDS
    trust: ssl.SSLContext | None = None


class Taken(Exception):
    """Another worker has the mailbox now, or the business has another mailbox."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails that are taken in together, and the number of the last."""

    mails: tuple[tuple[Mail, bytes], ...]
    last: int


def catch_up(hands: Hands, taking: Taking, business: str, box: Box) -> None:
    """Take in all that is new; raises `Taken` where the mailbox is not ours to read, and keeps nothing."""
    inbox = hold(hands, business, lambda books: taking.server(books) == box.server)
    if inbox is None:
        raise Taken
    is_same = box.counts_on(inbox.validity, inbox.seen)
    seen = inbox.seen if is_same else 0
    for batch in _batches(box, box.after(seen, inbox.since)):
        seen = batch.last
        _take_in(hands, taking, business, box, inbox.since, batch)
    if is_same and seen == inbox.seen:
        _take_in(hands, taking, business, box, inbox.since, Batch((), seen))
    elif not is_same and seen < box.last:
        _take_in(hands, taking, business, box, inbox.since, Batch((), box.last))


def _batches(box: Box, numbers: Sequence[int]) -> Iterator[Batch]:
    """The mails with these numbers, as many together as are few bytes; what has gone is passed over."""
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        sizes = box.sizes(some)
        mails: list[tuple[Mail, bytes]] = []
        held = 0
        for number in some:
            raw = box.mail(number, sizes[number], LIMIT) if number in sizes else None
            if raw is not None:
                mails.append((read(raw), raw))
                held += len(raw)
            if held >= BYTES_AT_ONCE or number == some[-1]:
                yield Batch(tuple(mails), number)
                mails, held = [], 0


def _take_in(hands: Hands, taking: Taking, business: str, box: Box, since: date, batch: Batch) -> None:
    """The mark and the mails in one transaction, and only for the worker that has the mailbox."""
    with opened(hands, business) as page:
        is_theirs = taking.server(page.books) == box.server
        if not is_theirs or not page.books.inboxes.moved(hands.worker, box.validity, batch.last):
            raise Taken
        for mail, raw in batch.mails:
            page.say(_arrived(page, taking, mail, raw, since))


def _arrived(page: Page, taking: Taking, mail: Mail, raw: bytes, since: date) -> Card | None:
    """One mail. One that breaks something of ours is put by for the owner, and stops no other."""
    try:
        with page.books.connection.begin_nested():
            return taking.arrived(page.books, mail, raw, since)
    except Exception:
        log.exception("a mail could not be taken in: %s", mail.identity)
        return taking.put_by(page.books, mail, raw)


def hold(hands: Hands, business: str, wanted: Callable[[Books], bool] = lambda books: True) -> Inbox | None:
    """Have the mailbox for a while; None when another worker has it, or it is not `wanted` any longer."""
    with opened(hands, business) as page:
        if not wanted(page.books):
            return None
        page.books.inboxes.begin(page.today)
        return page.books.inboxes.claim(hands.worker, LEASE)


def release(hands: Hands, business: str) -> None:
    """Let the next one have the mailbox."""
    with opened(hands, business) as page:
        page.books.inboxes.release(hands.worker)


def note(hands: Hands, taking: Taking, business: str, problem: MailboxError) -> None:
    """Write down what is wrong; the owner is told once, of what only they can mend or what lasts."""
    with opened(hands, business) as page:
        inbox = page.books.inboxes.failed(hands.worker, problem.key)
        if inbox is None or inbox.told or inbox.troubled_at is None:
            return
        if problem.permanent or page.books.now - inbox.troubled_at >= PATIENCE:
            page.books.inboxes.told()
            page.say(taking.troubled(page.books, problem.key))
