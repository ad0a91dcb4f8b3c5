"""The bank on the desk: what bank files would change, and money taken in, placed, and lifted again."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import chain

from bot.banking import Arrival, Row, Tally, arrive, lumps, place, source, take_back, taken_back_by, told
from bot.chat import Card
from bot.documents import Reading, Receipt
from bot.matching import Incoming, Match
from bot.payments import Payment
from handlers.desk import Desk, notes, series
from handlers.desk.booking import Booking, booked, laid
from handlers.desk.drafts import silence
from handlers.desk.owing import Owing
from storage.scope import batches

Watch = Callable[[float], None]
"""Is told how much of a long piece of work is done, as a share of one."""


def unwatched(_done: float) -> None:
    """Nobody looks on."""


def seen(desk: Desk) -> date | None:
    """The last day that is known of the bank: told by a file, or of a payment that was noted."""
    known = (desk.books.imports.bank_through(), desk.books.payments.last_day())
    return max((day for day in known if day), default=None)


def arrived(readings: Iterable[Reading], desk: Desk) -> Arrival:
    """What bank files would change together."""
    read, name = list(readings), series()
    apart = {receipt.lump for r in read for receipt in r.receipts} - {""}
    each = (m for r in read for m in told(_apart(r, desk), name, Counter()))
    money = [m for m in each if m.mark not in apart]
    through = max((r.through for r in read if r.through), default=None)
    known = desk.books.incoming.known([m.mark for m in money])
    earlier = desk.books.incoming.of_size(*{m.amount for m in money if m.amount.minor < 0})
    owing = Owing(desk, [m for m in money if m.mark not in known])
    return arrive(money, known, earlier, owing, through, lambda back: laid(back, desk))


def take_in(
    files: Iterable[Iterable[Reading]], who: str, desk: Desk, watch: Watch = unwatched
) -> tuple[Tally, tuple[Card, ...]]:
    """Write the money of bank files into the books, each read as a whole or in parts, and lay it in place.

    Gives what became of it, and a card for each letter that it overtakes and each offer that it keeps.
    """
    tally, last = Tally(), desk.books.incoming.last()
    for readings in files:
        _shelve(readings, tally, desk, watch)
    return tally, _settle(desk.books.incoming.unsettled(last), tally, who, desk, watch)


def taken(tally: Tally, more: tuple[Card, ...], desk: Desk) -> Card:
    """What became of the money of bank files."""
    asks = (desk.button("bank_waiting", "bank.list", style="primary", look=True),) if tally.asked else ()
    today = desk.button("today", "today.show", style="plain" if asks else "primary", look=True)
    return desk.card("bank_taken", sums(tally), buttons=(*asks, today), more=more)


def sums(tally: Tally) -> dict[str, object]:
    """How much money it was and what became of it, as cards say it."""
    return {field.name: getattr(tally, field.name) for field in fields(tally)}


def look_again(who: str, desk: Desk) -> tuple[Card, ...]:
    """Money that waits may be for invoices that have come since: what is certain now is placed."""
    return _settle(desk.books.incoming.unsettled(), Tally(), who, desk, unwatched)


def _shelve(readings: Iterable[Reading], tally: Tally, desk: Desk, watch: Watch) -> None:
    """Write down the money of one file of which the bank has not told before."""
    name, said, incoming, halves = series(), Counter[str](), desk.books.incoming, 1
    for reading in readings:
        tally.through = max(filter(None, (tally.through, reading.through)), default=None)
        receipts = _apart(reading, desk)
        tally.known += len(reading.receipts) - len(receipts)
        _set_aside(lumps(receipts, name), desk)
        for some in batches(told(receipts, name, said)):
            once = {money.mark: money for money in reversed(some)}
            known = incoming.known(once)
            fresh = [m for m in some if once[m.mark] is m and m.mark not in known]
            incoming.add_all(fresh)
            tally.sum_up(fresh)
            tally.known += len(some) - len(once) + len(known)
        halves = 2 if reading.receipts else halves
        watch(reading.done / halves)


def _apart(reading: Reading, desk: Desk) -> Sequence[Receipt]:
    """The payments of a reading but for the parts of a sum that lies in one where it belongs."""
    held = desk.books.incoming.marked({r.lump for r in reading.receipts if r.lump})
    whole = {money.mark for money in held if money.state == "placed"}
    return [r for r in reading.receipts if r.lump not in whole] if whole else reading.receipts


def _set_aside(found: Mapping[str, Incoming], desk: Desk) -> None:
    """A sum that is told of in parts is known, whether it comes before or after them, and counts no more."""
    held = desk.books.incoming.marked(found)
    desk.books.incoming.save_all(replace(money, state="aside") for money in held)
    known = {money.mark for money in held}
    desk.books.incoming.add_all(money for mark, money in found.items() if mark not in known)


def _settle(
    turns: Sequence[array[int]], tally: Tally, who: str, desk: Desk, watch: Watch
) -> tuple[Card, ...]:
    """Lay money where it certainly belongs, in its turn."""
    if not turns:
        return ()
    booking, incoming = Booking(who, desk), desk.books.incoming
    count = sum(map(len, turns))
    for some in map(incoming.numbered, batches(chain.from_iterable(turns))):
        owing = Owing(desk, some)
        for money in some:
            if money.amount.minor < 0:
                booking.write()
                placed = incoming.of_sum(-money.amount)
                row = take_back(money, incoming.of_size(money.amount) if placed else ())
                owing.give_back(laid(row.taken_from, desk) if row.taken_from else ())
            else:
                row = place(money, owing)
            booking.book(row, money)
            tally.add(row)
        booking.write()
        watch((1 + tally.count / count) / 2)
    return changed(booking.touched, desk)


def lay(money: Incoming, match: Match, who: str, desk: Desk) -> tuple[Card, ...]:
    """Money goes where the owner says."""
    booking = Booking(who, desk)
    booking.book(Row(replace(money, state="placed", customer=match.customer), match), money)
    booking.write()
    return changed(booking.touched, desk)


def lift(money: Incoming, who: str, desk: Desk) -> tuple[Card, ...]:
    """Money that was placed waits again, as if nobody knew where it belongs; so does what took it back."""
    back = taken_back_by(money, desk.books.incoming.of_size(money.amount))
    for one in filter(None, (back, money)):
        for payment in booked(one, desk):
            desk.books.payments.remove(payment.id)
            notes.money("payment_undone", payment.amount, payment.invoice, payment.customer, who, desk)
        desk.books.incoming.save(replace(one, state="waiting", customer=""))
    return changed([money.customer], desk)


def is_gone(payment: Payment, desk: Desk) -> bool:
    """Whether the bank has taken back the money that a payment came of."""
    return any(
        taken_back_by(money, desk.books.incoming.of_size(money.amount))
        for money in desk.books.incoming.among([source(payment)])
    )


def changed(customers: Iterable[str], desk: Desk) -> tuple[Card, ...]:
    """What is owed has changed: letters on their way are taken back, promises and plans looked at again."""
    those = dict.fromkeys(customers)
    awaiting = desk.books.letters.approved()
    agreed = {*desk.books.plans.of_many(those), *desk.books.promises.of_many(those)}
    agreed |= desk.books.escalations.customers()
    told: list[Card] = []
    for customer in those:
        if customer in awaiting and silence(customer, desk):
            name = desk.books.customers.get(customer).name
            told.append(desk.card("undone", {"customer": name}, subject=customer))
        if customer in agreed:
            told += notes.settle_agreements(customer, desk)
    return tuple(told)
