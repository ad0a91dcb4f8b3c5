"""Mailboxes kept in view: a thread each, which takes in what comes, each mail once, and moves on with it.

    hold        one transaction: this worker has the mailbox for a while, unless another has it
    look        outside any transaction: which mails are new, and their bytes; they are read into values
    take in     one transaction: the mailbox is read to here, each mail is kept and placed, the owner told
    wait        IDLE until there is news, and a look all the same after a minute

A crash between any two loses nothing: what lies before the mark is in the books, for both are written in one
transaction. What comes again, under other numbers or in a mailbox that was moved, is known by its identity.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.errors import Refusal
from bot.mail import MailboxError
from bot.parties import MailServer
from handlers import mailboxes, mails
from handlers.desk import Desk
from handlers.letterbox.hands import Hands
from handlers.letterbox.imap import opened
from handlers.letterbox.incoming import Incoming
from handlers.rounds.taking import Taken, Taking, catch_up, hold, note, release
from storage.books import Books

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 900.0
"""Seconds until a mailbox that could not be read is tried again; doubled each time."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Watch:
    """One mailbox in view: the thread that reads it, and what tells it to stop."""

    server: MailServer
    stopping: threading.Event
    thread: threading.Thread


@dataclass(slots=True)
class Mailboxes:
    """All mailboxes that are to be kept in view."""

    hands: Hands
    taking: Taking
    watches: dict[str, Watch] = field(default_factory=dict)

    def __call__(self) -> None:
        """Begin with the mailboxes that are new, and leave those that are no longer to be read."""
        wanted = dict(self._wanted())
        for business in [b for b, watch in self.watches.items() if wanted.get(b) != watch.server]:
            self._leave(business)
        for business, server in wanted.items():
            if business not in self.watches or not self.watches[business].thread.is_alive():
                self.watches[business] = self._begin(business, server)

    def stop(self) -> None:
        """Leave them all; a thread that hangs on the network holds nobody up."""
        for watch in self.watches.values():
            watch.stopping.set()
        for business in list(self.watches):
            self._leave(business)

    def _wanted(self) -> Iterator[tuple[str, MailServer]]:
        for business in self.hands.database.businesses():
            if business.example:
                continue
            with self.hands.database.books(business.id, self.hands.now()) as books:
                try:
                    server = self.taking.server(books)
                except Refusal:
                    log.warning("the password of a mailbox is sealed with another key: %s", business.id)
                    continue
            if server:
                yield business.id, server

    def _begin(self, business: str, server: MailServer) -> Watch:
        stopping = threading.Event()
        arguments = (self.hands, self.taking, business, server, stopping)
        thread = threading.Thread(target=watch, args=arguments, name=f"mailbox {business}", daemon=True)
        thread.start()
        return Watch(server, stopping, thread)

    def _leave(self, business: str) -> None:
        left = self.watches.pop(business)
        left.stopping.set()
        left.thread.join(timeout=5)


def taking(desk: Callable[[Books], Desk], incoming: Incoming) -> Taking:
    """What taking in mail needs, from the desk."""
    return Taking(
        server=incoming.of,
        arrived=lambda books, mail, raw, since: mails.arrived(mail, raw, since, desk(books)),
        put_by=lambda books, mail, raw: mails.put_by(mail, raw, desk(books)),
        troubled=lambda books, key: mailboxes.troubled(key, desk(books)),
        let_in=incoming.let_in,
        refused=incoming.refused,
        timeout=incoming.timeout,
    )


def watch(hands: Hands, taking: Taking, business: str, server: MailServer, stopping: threading.Event) -> None:
    """Keep a mailbox in view until it is to stop; after each failure in a row with a longer pause."""
    pause = Pause()
    while not stopping.is_set():
        try:
            _stay(hands, taking, business, server, stopping, pause)
        except MailboxError as problem:
            log.info("mailbox of %s: %s (%r)", business, problem.key, problem.__cause__)
            if problem.key == "imap_sign_in":
                taking.refused(business, server)
            note(hands, taking, business, problem)
        except Exception:
            log.exception("reading a mailbox broke: %s", business)
        stopping.wait(pause.next())


@dataclass(slots=True)
class Pause:
    """How long to wait before the next try; short again once one went well."""

    seconds: float = 0

    def well(self) -> None:
        """A try went well."""
        self.seconds = 0

    def next(self) -> float:
        """The next wait, twice as long as the last."""
        self.seconds = min(max(FIRST_PAUSE, 2 * self.seconds), LONGEST_PAUSE)
        return self.seconds


def _stay(
    hands: Hands,
    taking: Taking,
    business: str,
    server: MailServer,
    stopping: threading.Event,
    pause: Pause,
) -> None:
    """One connection: look, take in, wait, and again; it ends when another worker has the mailbox."""
    if hold(hands, business) is None:
        return
    try:
        with opened(taking.let_in(business, server), taking.timeout, taking.trust) as box:
            while not stopping.is_set():
                catch_up(hands, taking, business, box)
                pause.well()
                box.wait(taking.look_seconds, stopping)
    except Taken:
        return
    release(hands, business)
