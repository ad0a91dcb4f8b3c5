"""The letters of a day: each claimed, checked once more, made into an e-mail and marked as sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from bench.books import BAKERY, NOW, database, hands, late
from bench.servers import Bare
from bot.invoices import Invoice
from bot.letters import Letter, fingerprint
from bot.parties import Customer
from handlers.clock import drain
from storage.books import Books
from tests import cast

SCHEMA = (
    "create table delivery (key text primary key, state text not null, attempts integer not null)",
    "create table letter (id text primary key, state text not null, recipient text, subject text, body text)",
    "create table history (id integer primary key, kind text not null, body text not null)",
)


def approved(invoice: Invoice) -> Letter:
    """A first reminder, approved and past its undo window."""
    letter = replace(cast.reminder(invoice, 1, NOW.date()), state="approved", sent_at=None, send_at=NOW)
    return replace(letter, approved_text=fingerprint(letter))


def ours(folder: Path, size: int) -> Callable[[], int]:
    """A drain as the engine runs it, with a mail server that takes no time."""

    def plan(books: Books, customer: Customer, invoice: Invoice) -> None:
        letter = approved(invoice)
        books.letters.add(letter)
        books.deliveries.plan(f"letter:{letter.id}", "letter", letter.id, NOW)

    made = database(folder, size, plan)

    def work() -> int:
        asyncio.run(drain(hands(made, []), BAKERY))
        with made.books(BAKERY, NOW) as books:
            sent = sum(letter.state == "sent" for letter in books.letters.all())
        made.close()
        return sent

    return work


def floor(folder: Path, size: int) -> Callable[[], int]:
    """Two transactions and a plain e-mail for each: claim, then sent with its text in the history."""
    connection = Bare(folder)
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute("begin")
    for number in range(size):
        letter = approved(late(number)[1])
        connection.execute("insert into delivery values (?, 'planned', 0)", (letter.id,))
        row = (letter.id, letter.state, letter.to, letter.subject, letter.body)
        connection.execute("insert into letter values (?, ?, ?, ?, ?)", row)
    connection.execute("commit")

    def work() -> int:
        keys = [key for (key,) in connection.execute("select key from delivery where state = 'planned'")]
        for key in keys:
            connection.execute("begin immediate")
            connection.execute(
                "update delivery set state = 'sending', attempts = attempts + 1 where key = ?", (key,)
            )
            row = connection.execute(
                "select recipient, subject, body from letter where id = ?", (key,)
            ).fetchone()
            connection.execute("update letter set state = 'sending' where id = ?", (key,))
            connection.execute("commit")
            _plain(*row).as_bytes()
            connection.execute("begin immediate")
            connection.execute("update delivery set state = 'sent' where key = ?", (key,))
            connection.execute("update letter set state = 'sent' where id = ?", (key,))
            connection.execute("insert into history (kind, body) values ('sent', ?)", (row[2],))
            connection.execute("commit")
        connection.close()
        return len(keys)

    return work


def _plain(to: str, subject: str, body: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "asa@asasbageri.example", to, subject
    message.set_content(body)
    return message
