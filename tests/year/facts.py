"""The truth of one business as the facts that a replay takes, with every answer read the morning after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from bot import workdays
from bot.cases import Case
from bot.disputes import Dispute
from bot.hindsight import surprises, wronged
from bot.instalments import Instalment
from bot.invoices import Invoice
from bot.letters import Claim
from bot.money import Money
from bot.parties import Contact, Customer
from bot.payments import Payment
from bot.plans import Plan
from bot.promises import Promise
from bot.replay import Facts, Year, play
from bot.replies import Reply
from tests.year.promises import broken
from tests.year.sources import unfounded
from tests.year.truth import Bill, Buyer, Coin, Firm, Town, Word


def facts(firm: Firm, town: Town) -> Facts:
    """All of a business's year, as its books would hold it in the end."""
    cases = tuple(_case(b, firm) for b in firm.buyers)
    return Facts(business=firm.business, cases=cases, first=town.first, last=town.last)


def replayed(town: Town) -> Iterator[tuple[Year, Iterator[str]]]:
    """Each business's year as it is replayed, and the promises that it breaks."""
    for firm in town.firms:
        given = facts(firm, town)
        year = play(given)
        yield year, _broken(year, given, firm, town.seed)


def _broken(year: Year, given: Facts, firm: Firm, seed: int) -> Iterator[str]:
    numbers = {b.number: b.number for b in firm.bills}
    for buyer in firm.buyers:
        mine = [x for x in year.letters if x.customer == buyer.key]
        found = (
            *broken(mine, buyer.key, firm, numbers),
            *(u for x in mine for u in unfounded(x, firm, numbers)),
        )
        yield from (f"seed {seed} {firm.business.name}: {each}" for each in found)
    if count := wronged(surprises(year, given)):
        yield f"seed {seed} {firm.business.name}: {count} letters to people who had paid"


def _case(buyer: Buyer, firm: Firm) -> Case:
    words = [w for w in firm.words if w.buyer == buyer.key]
    bills = {b.number: b for b in firm.bills_of(buyer.key)}
    return Case(
        customer=Customer(
            id=buyer.key,
            name=buyer.name,
            kind=buyer.kind,
            language=buyer.language,
            contacts=(Contact(email=buyer.email),),
            no_contact=any(w.saying == "no_contact" for w in words),
        ),
        invoices=tuple(_invoice(b) for b in bills.values()),
        payments=tuple(p for c in firm.coins if c.buyer == buyer.key for p in _payments(c, firm)),
        replies=tuple(_reply(w) for w in words),
        promises=tuple(_promise(w, bills, firm) for w in words if w.saying == "promise"),
        plans=tuple(_plan(w, firm) for w in words if w.saying == "plan"),
        disputes=tuple(_dispute(w, firm) for w in words if w.saying == "dispute"),
    )


def _invoice(bill: Bill) -> Invoice:
    return Invoice(
        id=bill.number,
        customer=bill.buyer,
        number=bill.number,
        amount=bill.amount,
        paid=Money(0, bill.amount.currency),
        due=bill.due,
        issued=bill.issued,
        reference=bill.reference,
        description="Arbeid",
    )


def _payments(coin: Coin, firm: Firm) -> tuple[Payment, ...]:
    """Money on its invoice, and what is too much of it on none."""
    bill = next(b for b in firm.bills if b.number == coin.bill)
    earlier = [
        c.amount for c in firm.coins if c.bill == coin.bill and (c.day, c.mark) < (coin.day, coin.mark)
    ]
    left = bill.amount - sum(earlier, Money(0, bill.amount.currency))
    on = min(coin.amount, left)
    shares = ((bill.number, on), ("", coin.amount - on))
    return tuple(
        Payment(
            id=f"{coin.mark}{invoice}",
            customer=coin.buyer,
            invoice=invoice,
            day=coin.day,
            amount=amount,
            key=f"{coin.mark}{invoice}",
        )
        for invoice, amount in shares
        if amount.minor
    )


def _reply(word: Word) -> Reply:
    at = datetime.combine(word.day, time(18), UTC)
    ident = f"{word.day}{word.bill}{word.saying}"
    return Reply(id=ident, customer=word.buyer, text=word.text, at=at, meaning=word.saying)


def _promise(word: Word, bills: dict[str, Bill], firm: Firm) -> Promise:
    """A promise is about all that is owed on the day it is made."""
    assert word.until
    made = workdays.after(word.day, firm.business.country)
    open_then = [b for b in bills.values() if b.issued < made and firm.owed(b, made).minor > 0]
    return Promise(
        id=f"{word.day}{word.bill}",
        customer=word.buyer,
        day=word.until,
        made=made,
        claims=tuple(Claim(b.number, firm.owed(b, made)) for b in open_then),
    )


def _plan(word: Word, firm: Firm) -> Plan:
    return Plan(
        id=f"{word.day}{word.bill}",
        customer=word.buyer,
        invoices=(word.bill,),
        instalments=tuple(Instalment(n, day, amount) for n, (day, amount) in enumerate(word.parts, 1)),
        agreed=workdays.after(word.day, firm.business.country),
        agreed_by=firm.business.owner,
    )


def _dispute(word: Word, firm: Firm) -> Dispute:
    return Dispute(
        id=f"{word.day}{word.bill}",
        customer=word.buyer,
        invoice=word.bill,
        opened=workdays.after(word.day, firm.business.country),
        closed=word.closed,
        outcome="dropped",
    )
