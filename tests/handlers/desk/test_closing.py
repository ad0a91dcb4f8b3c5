"""The closing question: asked about what was paid late, once."""

from __future__ import annotations

from bot.payments import Payment
from handlers.desk import Desk, closing, new_id
from tests.handlers.talk import Talk


def test_nobody_is_asked_about_who_still_owes(talk: Talk) -> None:
    with talk.desk() as desk:
        assert closing.question(desk.books.customers.get("norrsken"), desk) == ()


def test_whose_money_came_by_the_bank_waits_to_be_asked_about_and_then_no_more(talk: Talk) -> None:
    with talk.desk() as desk:
        for claim in desk.books.invoices.of("norrsken"):
            if not claim.settled:
                _pay(claim.id, desk)
        assert [c.id for c in closing.unasked(desk)] == ["norrsken"]
        assert len(closing.question(desk.books.customers.get("norrsken"), desk)) == 1
        assert closing.unasked(desk) == ()


def _pay(invoice: str, desk: Desk) -> None:
    """Money by the bank for all of an invoice."""
    claim = desk.books.invoices.get(invoice)
    desk.books.payments.add(
        Payment(
            id=new_id(),
            customer=claim.customer,
            invoice=claim.id,
            day=desk.today,
            amount=claim.amount - claim.paid,
            key=f"bank:{claim.id}",
        )
    )
