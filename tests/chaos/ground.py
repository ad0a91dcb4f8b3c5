"""The ground of a run: businesses whose letters are approved and due, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.chat import Request
from bot.letters import Letter, fingerprint
from bot.parties import Business
from handlers.app import App
from storage.engine import Database
from tests import cast

MORNING = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""Ten o'clock in Stockholm, on a Wednesday."""


def lay(database: Database, letters: int, businesses: int) -> None:
    """So many letters, each to a customer of its own, shared out evenly."""
    database.migrate()
    for number in range(businesses):
        business = replace(cast.ASAS_BAGERI, id=f"b{number}", name=f"Bageri {number}", opened=MORNING)
        business = replace(business, undo_minutes=0, sends="mail")
        database.add_business(business)
        _fill(database, business, range(number, letters, businesses))


def _fill(database: Database, business: Business, numbers: range) -> None:
    with database.books(business.id, MORNING) as books:
        books.set_next_nudge(MORNING + timedelta(days=1))
        for number in numbers:
            contact = replace(cast.CAFE_NORRSKEN.contacts[0], email=address(f"l{number}"))
            customer = replace(
                cast.CAFE_NORRSKEN, id=f"c{number}", name=f"Café {number}", number="", contacts=(contact,)
            )
            due = MORNING.date() - timedelta(days=12)
            invoice = cast.invoice(customer, str(10000 + number), "4125.50", due)
            books.customers.add(customer)
            books.invoices.add(invoice)
            draft = cast.reminder(invoice, 1, MORNING.date())
            draft = replace(draft, id=f"l{number}", to=contact.email, sent_at=None, send_at=MORNING)
            approved = replace(draft, state="approved")
            books.letters.add(replace(approved, approved_text=fingerprint(approved)))
            books.deliveries.plan(f"letter:l{number}", "letter", f"l{number}", MORNING)


def letters(database: Database) -> Iterator[Letter]:
    """Every letter as it is now."""
    for business in database.businesses():
        with database.books(business.id, MORNING) as books:
            yield from books.letters.all()


def states(database: Database) -> Counter[str]:
    """How many letters are in each state."""
    return Counter(letter.state for letter in letters(database))


def address(letter: str) -> str:
    """Whom a letter goes to: nobody else, so that a mail server that knows nothing of ours can tell it."""
    return f"{letter}@norrsken.example"


def doubtful(database: Database) -> frozenset[str]:
    """The letters of which an owner is asked whether they went out."""
    return frozenset(letter.id for letter in letters(database) if letter.state == "unknown")


def answer(app: App, asked: Collection[str], came: Callable[[str], bool]) -> int:
    """What owners do who are asked about some letters: look, and write anew what did not go. How often."""
    return sum(1 for business in app.database.businesses() for _ in _answered(app, business.id, asked, came))


def _answered(app: App, business: str, asked: Collection[str], came: Callable[[str], bool]) -> Iterator[str]:
    with app.database.books(business, app.now()) as books:
        about = [letter for letter in books.letters.all() if letter.id in asked]
    for letter in about:
        if came(letter.to):
            _press(app, business, "letter.went_out", letter.id)
        else:
            _press(app, business, "letter.did_not_go", letter.id)
            _press(app, business, "letter.again", letter.id)
            _press(app, business, "letter.approve")
        yield letter.to


def _press(app: App, business: str, verb: str, letter: str = "") -> None:
    """The newest button that does this, to this letter or to any."""
    with app.database.books(business, app.now()) as books:
        lines = books.lines.recent(limit=10_000)
    buttons = [b for line in lines for b in line.card.buttons if b.action.verb == verb]
    found = [b for b in buttons if letter in {"", b.action.subject}]
    app.inbox(Request(business, press=found[-1].token))
