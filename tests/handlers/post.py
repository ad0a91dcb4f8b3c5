"""Mail for tests: what customers and mail servers write, and a bakery whose mailbox it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

from bot.invoices import is_open
from bot.letters import Letter
from bot.mail import Kept
from bot.replies import Reply
from handlers.letterbox.hands import Hands
from handlers.letterbox.imap import opened
from handlers.rounds.mailboxes import taking
from handlers.rounds.taking import Taking, catch_up
from storage.mail import read
from tests.cast import reminder
from tests.handlers.stage import shown
from tests.handlers.talk import Talk
from tests.imapserver import ImapServer

CAFE = "nils@norrsken.example"


def written(
    text: str,
    *,
    sender: str = CAFE,
    subject: str = "Sv: Påminnelse",
    number: str = "1",
    to: str = "asa@asasbageri.example",
    **headers: str,
) -> bytes:
    """A mail as a person writes it; `In_Reply_To="<…>"` sets that header."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{number}@norrsken.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def bounce(address: str, message_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery report (RFC 3464) on one of our letters."""
    head = (
        "From: MAILER-DAEMON@mx.example\r\nTo: asa@asasbageri.example\r\nSubject: Undelivered Mail\r\n"
        f"Message-ID: <bounce-{action}-{address}>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    )
    return (
        f"{head}--b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 {status} <{address}>: user unknown\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {address}\r\n\r\n"
        "--b--\r\n"
    ).encode()


@dataclass
class Post:
    """The bakery, whose mail comes straight in, or through a mailbox on a server."""

    talk: Talk
    server: ImapServer = field(default_factory=ImapServer)

    @property
    def hands(self) -> Hands:
        """The hands of this start of the process."""
        return self.talk.house.hands

    @property
    def taking(self) -> Taking:
        """What taking in mail needs."""
        app = self.talk.house.app
        return taking(app.inbox.desk, app.incoming)

    @property
    def business(self) -> str:
        """Whose mailbox it is."""
        return self.talk.house.business.id

    def comes(self, raw: bytes) -> str:
        """A mail comes in; every word that the owner is told of it."""
        with self.told() as said, self.talk.books() as books:
            card = self.taking.arrived(books, read(raw), raw, self.talk.house.clock().date())
            if card:
                self.talk.house.app.inbox.post(books, card)
        return said()

    def looks(self, hands: Hands | None = None) -> str:
        """A look into the mailbox on the server, and every word that the owner is told."""
        with self.told() as said, opened(self.server.login, 10) as box:
            catch_up(hands or self.hands, self.taking, self.business, box)
        return said()

    @contextmanager
    def told(self) -> Iterator[Callable[[], str]]:
        """What is said in the chat while the block lasts."""
        before = {line.id for line in self.talk.lines()}
        yield lambda: "\n".join(shown(line.card) for line in self.talk.lines() if line.id not in before)

    def kept(self) -> tuple[Kept, ...]:
        """Every mail in the books."""
        with self.talk.books() as books:
            return books.mails.all()

    def replies(self, name: str) -> tuple[Reply, ...]:
        """The answers of a customer."""
        with self.talk.desk() as desk:
            return desk.books.replies.of(desk.customer(name).id)

    def past(self, name: str) -> list[str]:
        """The kinds of what happened with a customer, the latest first."""
        with self.talk.desk() as desk:
            return [event.kind for event in desk.books.history.of(desk.customer(name).id)]

    def letter(self, name: str, **changed: object) -> Letter:
        """A reminder that went to a customer three days ago."""
        with self.talk.desk() as desk:
            customer = desk.customer(name)
            claim = next(i for i in desk.books.invoices.of(customer.id) if is_open(i))
            sent = replace(reminder(claim, 1, desk.today - timedelta(days=3)), to=customer.to)
            sent = replace(sent, id=f"post{len(desk.books.letters.all())}")
            sent = replace(sent, message_id=f"<{sent.id}@asasbageri.example>")
            sent = replace(sent, **changed)  # type: ignore[arg-type]  # each test names what it changes
            desk.books.letters.add(sent)
            return sent

    def state(self, letter: Letter) -> str:
        """How a letter is now."""
        with self.talk.books() as books:
            return books.letters.get(letter.id).state
