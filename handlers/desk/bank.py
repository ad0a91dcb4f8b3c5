"""The bank on the desk: what bank files would change, and money taken in, placed, and lifted again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot import waivers
from bot.banking import KEY, Arrival, Row, arrive, in_turn, place, take_back
from bot.chat import Card
from bot.documents import Reading
from bot.invoices import Invoice
from bot.matching import Incoming, Match, Owed, is_unproved, replaced
from bot.money import Money
from bot.payments import Payment
from handlers.desk import Desk, new_id, notes
from handlers.desk.drafts import silence


def owed(desk: Desk) -> Owed:
    """All that money may be for."""
    books = desk.books
    return Owed(
        desk.country, books.invoices.all(), books.customers.all(), _beyond(desk), books.payments.all()
    )


def _beyond(desk: Desk) -> dict[str, Money]:
    """What each customer was last asked for beyond their invoices, where that is one sum."""
    asked = {x.customer for x in desk.books.letters.all() if x.reached and x.charges}
    found = {customer: waivers.asked_in_all(desk.books.case(customer)) for customer in asked}
    return {customer: amount for customer, amount in found.items() if amount}


def seen(desk: Desk) -> date | None:
    """The last day that is known of the bank: told by a file, or of a payment that was noted."""
    known = (desk.books.imports.bank_through(), desk.books.payments.last_day())
    return max((day for day in known if day), default=None)


def arrived(readings: Iterable[Reading], desk: Desk) -> Arrival:
    """What bank files would change together."""
    read = list(readings)
    receipts = [receipt for reading in read for receipt in reading.receipts]
    through = max((r.through for r in read if r.through), default=None)
    known = desk.books.incoming.marks()
    return arrive(receipts, known, desk.books.incoming.placed(), owed(desk), new_id, through)


def take_in(arrival: Arrival, who: str, desk: Desk) -> tuple[Card, ...]:
    """Write money into the books; a card for each letter that it overtakes, and for each offer it keeps."""
    touched: dict[str, None] = {}
    for row in arrival.rows:
        if desk.books.incoming.take(row.money):
            _book(row, who, desk)
            touched |= {row.money.customer: None} if row.money.customer else {}
    return changed(touched, desk)


def look_again(who: str, desk: Desk) -> tuple[Card, ...]:
    """Money that waits may be for invoices that have come since: what is certain now is placed."""
    waiting = sorted((*desk.books.incoming.waiting(), *desk.books.incoming.loose()), key=in_turn)
    if not waiting:
        return ()
    open_now, placed = owed(desk), list(desk.books.incoming.placed())
    touched: dict[str, None] = {}
    for money in waiting:
        row = place(money, open_now) if money.amount.minor > 0 else take_back(money, placed)
        if row.money != money:
            desk.books.incoming.save(row.money)
        if row.placed:
            placed += [row.money] if row.match else []
            _book(row, who, desk)
            touched[row.money.customer] = None
    return changed(touched, desk)


def lay(money: Incoming, match: Match, who: str, desk: Desk) -> tuple[Card, ...]:
    """Money goes where the owner says."""
    told = replace(money, state="placed", customer=match.customer)
    desk.books.incoming.save(told)
    _book(Row(told, match), who, desk)
    return changed([match.customer], desk)


def lift(money: Incoming, who: str, desk: Desk) -> tuple[Card, ...]:
    """Money that was placed waits again, as if nobody had known where it belongs."""
    for payment in _booked(money, desk):
        desk.books.payments.remove(payment.id)
        notes.money("payment_undone", payment.amount, payment.invoice, payment.customer, who, desk)
    desk.books.incoming.save(replace(money, state="waiting", customer=""))
    return changed([money.customer], desk)


def changed(customers: Iterable[str], desk: Desk) -> tuple[Card, ...]:
    """What is owed has changed: letters on their way are taken back, promises and plans looked at again."""
    those = dict.fromkeys(customers)
    awaiting = desk.books.letters.approved()
    agreed = {*desk.books.plans.of_many(those), *desk.books.promises.of_many(those)}
    told: list[Card] = []
    for customer in those:
        if customer in awaiting and silence(customer, desk):
            name = desk.books.customers.get(customer).name
            told.append(desk.card("undone", {"customer": name}, subject=customer))
        if customer in agreed:
            told += notes.settle_agreements(customer, desk)
    return tuple(told)


def _book(row: Row, who: str, desk: Desk) -> None:
    if row.match:
        _pay(row.money, row.match, who, desk)
    elif row.taken_from:
        for number, payment in enumerate(_booked(row.taken_from, desk)):
            back = replace(payment, id=new_id(), amount=-payment.amount, day=row.money.day, at=desk.now)
            desk.books.payments.add(replace(back, key=f"{KEY}{row.money.id}:{number}"))
            notes.money("payment_undone", payment.amount, payment.invoice, payment.customer, who, desk)


def _pay(money: Incoming, match: Match, who: str, desk: Desk) -> None:
    """Lay money on invoices, in the place of what was noted of it before; what is more is to their credit."""
    extra, credit = waivers.parted(match.rest, desk.books.case(match.customer))
    for number, (invoice, amount) in enumerate(match.shares):
        _take_place(invoice, amount, money, desk)
        _add(money, number, invoice.id, amount, match.customer, desk)
        notes.money("paid", amount, invoice.id, match.customer, who, desk)
    if extra:
        notes.money("paid_beyond", extra, "", match.customer, who, desk)
        notes.end_offers(match.customer, desk)
    if credit:
        _add(money, len(match.shares), "", credit, match.customer, desk)
        notes.money("paid", credit, "", match.customer, who, desk)


def _take_place(invoice: Invoice, amount: Money, money: Incoming, desk: Desk) -> None:
    """What was noted by hand, or followed from the books, gives way to the money itself."""
    theirs = desk.books.payments.of(invoice.customer)
    noted = [p for p in theirs if p.invoice == invoice.id and is_unproved(p)]
    left = {p.id: p for p in replaced(noted, money, amount)}
    for payment in noted:
        if payment.id not in left:
            desk.books.payments.remove(payment.id)
        elif left[payment.id] != payment:
            desk.books.payments.save(left[payment.id])


def _add(money: Incoming, number: int, invoice: str, amount: Money, customer: str, desk: Desk) -> None:
    desk.books.payments.add(
        Payment(
            id=new_id(),
            customer=customer,
            invoice=invoice,
            day=min(money.day, desk.today),
            amount=amount,
            key=f"{KEY}{money.id}:{number}",
            at=desk.now,
        )
    )


def _booked(money: Incoming, desk: Desk) -> list[Payment]:
    """The payments that a piece of money became."""
    mine = f"{KEY}{money.id}:"
    return [p for p in desk.books.payments.of(money.customer) if p.key.startswith(mine)]
