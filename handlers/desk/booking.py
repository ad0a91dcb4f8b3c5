"""Booking: money laid on invoices, or taken back from them, many pieces at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from bot import waivers
from bot.banking import KEY, Laid, Row
from bot.history import Event
from bot.incoming import Incoming, replaced
from bot.matching import Match
from bot.money import Money
from bot.payments import Payment
from handlers.desk import Desk, notes, series


class Booking:
    """Rows that are written down together; `touched` are the customers who now owe something else."""

    def __init__(self, who: str, desk: Desk) -> None:
        self.who = who
        self.desk = desk
        self.touched: dict[str, None] = {}
        self._name = series()
        self._said = lru_cache(lambda amount: desk.word("money", amounts=(amount,)))
        self._changed: list[Incoming] = []
        self._matched: list[tuple[Incoming, Match]] = []
        self._payments: list[Payment] = []
        self._events: list[Event] = []

    def book(self, row: Row, before: Incoming) -> None:
        """Take note of where money goes; it is written down by the time its place must be known."""
        if row.money != before:
            self._changed.append(row.money)
        if row.placed:
            self.touched[row.money.customer] = None
        if row.match and row.match.rest:
            self._settle(row.money, row.match)
        elif row.match:
            self._matched.append((row.money, row.match))
        elif row.taken_from:
            self.write()
            self._take_back(row.money, row.taken_from)

    def write(self) -> None:
        """Write all down."""
        books = self.desk.books
        books.incoming.settle(self._changed)
        noted = defaultdict(list)
        for payment in books.payments.unproved({i.id for _, m in self._matched for i, _ in m.shares}):
            noted[payment.invoice].append(payment)
        for money, match in self._matched:
            for number, (invoice, amount) in enumerate(match.shares):
                noted[invoice.id] = self._take_place(noted[invoice.id], money, amount)
                self._pay(money, number, invoice.id, amount, match.customer)
        books.payments.add_all(self._payments)
        books.history.add_all(self._events)
        for done in (self._changed, self._matched, self._payments, self._events):
            done.clear()

    def _take_place(self, noted: Iterable[Payment], money: Incoming, amount: Money) -> list[Payment]:
        """What was noted by hand, or followed from the books, gives way to the money itself."""
        left = {p.id: p for p in replaced(noted, money, amount)}
        for payment in noted:
            if payment.id not in left:
                self.desk.books.payments.remove(payment.id)
            elif left[payment.id] != payment:
                self.desk.books.payments.save(left[payment.id])
        return list(left.values())

    def _pay(self, money: Incoming, number: int, invoice: str, amount: Money, customer: str) -> None:
        payment = Payment(
            id=self._name(),
            customer=customer,
            invoice=invoice,
            day=min(money.day, self.desk.today),
            amount=amount,
            key=f"{KEY}{money.id}:{number}",
            at=self.desk.now,
        )
        self._payments.append(payment)
        self._tell("paid", amount, invoice, customer)

    def _tell(self, kind: str, amount: Money, invoice: str, customer: str) -> None:
        self._events.append(
            Event(
                id=self._name(),
                at=self.desk.books.now,
                kind=kind,
                customer=customer,
                invoice=invoice,
                who=self.who,
                data={"what": self._said(amount)},
            )
        )

    def _settle(self, money: Incoming, match: Match) -> None:
        """More than the invoices: the rest was asked for beyond them, or is to the payer's credit."""
        self.write()
        extra, credit = waivers.parted(match.rest, self.desk.books.case(match.customer))
        self._matched.append((money, match))
        self.write()
        if extra:
            self._tell("paid_beyond", extra, "", match.customer)
            notes.end_offers(match.customer, self.desk)
        if credit:
            self._pay(money, len(match.shares), "", credit, match.customer)

    def _take_back(self, money: Incoming, back: Incoming) -> None:
        for number, payment in enumerate(booked(back, self.desk)):
            gone = replace(payment, id=self._name(), amount=-payment.amount, day=money.day, at=self.desk.now)
            self._payments.append(replace(gone, key=f"{KEY}{money.id}:{number}"))
            self._tell("payment_undone", payment.amount, payment.invoice, payment.customer)


def booked(money: Incoming, desk: Desk) -> list[Payment]:
    """The payments that a piece of money became."""
    mine = f"{KEY}{money.id}:"
    return [p for p in desk.books.payments.of(money.customer) if p.key.startswith(mine)]


def laid(money: Incoming, desk: Desk) -> list[Laid]:
    """On which invoices a piece of money lies, and how much of it."""
    return [(p.invoice, p.amount) for p in booked(money, desk) if p.invoice]
