"""Booking: many pieces of money at once, each in the place of what was noted of it before."""

from __future__ import annotations

from dataclasses import replace

from bot.banking import Row
from bot.incoming import Incoming
from bot.invoices import is_open, outstanding
from bot.matching import on
from bot.payments import Payment
from handlers.desk.booking import Booking, booked
from tests.handlers.talk import Talk


def test_two_pieces_for_one_invoice_take_the_place_of_one_noted_payment(talk: Talk) -> None:
    with talk.desk() as desk:
        books = desk.books
        claim = next(i for i in books.invoices.of("norrsken") if is_open(i))
        half, rest = outstanding(claim).split(2)
        books.payments.add(
            Payment(id="noted", customer="norrsken", invoice=claim.id, day=desk.today, amount=half)
        )
        money = [
            Incoming(id=f"m{n}", day=desk.today, amount=a, mark=f"M{n}") for n, a in enumerate((half, rest))
        ]
        books.incoming.add_all(money)
        booking = Booking("Åsa", desk)
        for each in money:
            told = replace(each, state="placed", customer="norrsken")
            booking.book(Row(told, on(each, [claim])), each)
        booking.write()
        assert list(booking.touched) == ["norrsken"]
        assert [p.id for p in books.payments.of_invoice(claim.id) if not p.key] == []
        assert not outstanding(books.invoices.get(claim.id))
        assert [[p.amount for p in booked(m, desk)] for m in books.incoming.placed()] == [[half], [rest]]
        assert [e.kind for e in books.history.of("norrsken")[:2]] == ["paid", "paid"]
