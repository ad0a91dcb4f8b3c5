"""Intake: what a file would change in the books, worked out before anything is changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.buyers import digits_of, is_same
from bot.documents import Document, Problem
from bot.invoices import Invoice, outstanding
from bot.ledger import FROM_BOOKS, Ledger, number_key
from bot.money import Money, totals
from bot.parties import Business, Customer
from bot.payments import Payment

OLD = 60
"""Days overdue at first sight after which an invoice is old: never chased before the owner has been asked."""

What = Literal["new", "part_paid", "due_moved", "same", "credit", "not_chased"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one document changes: an invoice new or altered, a payment or credit, or nothing, and why.

    The payment of what is the same was written down before, and is only known better now.
    """

    what: What
    document: Document
    customer: Customer | None = None
    invoice: Invoice | None = None
    payment: Payment | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """All that a file would change. `newcomers` are new customers; `met` are those known better now."""

    entries: tuple[Entry, ...] = ()
    newcomers: tuple[Customer, ...] = ()
    met: tuple[Customer, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, *whats: What) -> tuple[Entry, ...]:
        """The entries of these sorts."""
        return tuple(e for e in self.entries if e.what in whats)

    @property
    def parked(self) -> tuple[Entry, ...]:
        """New invoices that are old already."""
        return tuple(e for e in self.of("new") if e.invoice and e.invoice.parked)

    @property
    def changes(self) -> bool:
        """Whether confirming it would change anything."""
        return any(e.payment or e.what not in ("same", "not_chased") for e in self.entries)

    @property
    def touched(self) -> tuple[str, ...]:
        """The customers who owe something else now, or by another day, than they did."""
        return tuple(
            {e.customer.id: None for e in self.entries if e.customer and (e.payment or e.what == "due_moved")}
        )


@dataclass(slots=True)
class Tally:
    """How much intakes change: how many documents of each sort, new customers, old claims, and the sum."""

    new: int = 0
    paid: int = 0
    moved: int = 0
    credits: int = 0
    same: int = 0
    left_out: int = 0
    customers: int = 0
    parked: int = 0
    total: tuple[Money, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything that the books did not have."""
        return bool(self.new or self.paid or self.moved or self.credits)

    def add(self, found: Intake) -> Tally:
        """One more intake."""
        sorts = Counter(entry.what for entry in found.entries)
        self.new += sorts["new"]
        self.paid += sorts["part_paid"]
        self.moved += sorts["due_moved"]
        self.credits += sorts["credit"]
        self.same += sorts["same"]
        self.left_out += sorts["not_chased"]
        self.customers += len(found.newcomers)
        self.parked += len(found.parked)
        fresh = (e.invoice.amount for e in found.of("new") if e.invoice)
        self.total = totals((*self.total, *fresh))
        return self


def plan(documents: Iterable[Document], ledger: Ledger, today: date, *, first: bool) -> Intake:
    """What these documents would change; `first`: there was no invoice yet, so what is late is parked."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    ordered = sorted(documents, key=lambda d: d.kind == "credit_note")
    contradicted = _contradicted(ordered, ledger)
    for document in ordered:
        if id(document) in contradicted:
            problems.append(_problem("repeated_number", document, number=document.number))
        elif reason := _not_ours(document, ledger):
            entries.append(Entry("not_chased", document, why=reason))
        elif _is_of_erased(document, ledger):
            entries.append(Entry("same", document))
        elif (customer := ledger.customer(document)) is None:
            problems.append(_ambiguous(document, ledger))
        else:
            entries.extend(_entries(document, _holder(customer, document, ledger), ledger, today, first))
    buyers = ledger.buyers
    newcomers, met = tuple(buyers.newcomers.values()), tuple(buyers.met.values())
    return Intake(tuple(entries), newcomers, met, tuple(problems))


def _contradicted(documents: Iterable[Document], ledger: Ledger) -> set[int]:
    """The ids of documents of one number and buyer that state different amounts: none tells which is true."""
    alike: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        if document.amount is not None and _not_ours(document, ledger) in ("", "nothing_due"):
            alike[document.kind, number_key(document.number)].append(document)
    several = (same for same in alike.values() if len(same) > 1)
    return {id(d) for same in several for d in same if any(_contradict(d, other) for other in same)}


def _contradict(one: Document, other: Document) -> bool:
    assert one.amount is not None and other.amount is not None
    differ = _absolute(one.amount) != _absolute(other.amount)
    return differ and is_same(one.buyer, other.buyer)


def _ambiguous(document: Document, ledger: Ledger) -> Problem:
    """Two customers may be meant: both known, or one known at another address."""
    fitting = ledger.fitting(document)
    known = [c.email for c in fitting[0].contacts if c.email] if len(fitting) == 1 else []
    return _problem("customer_ambiguous", document, customer=document.buyer.name, email="".join(known[:1]))


def _problem(code: str, document: Document, **facts: str) -> Problem:
    return Problem(code, document.line, facts, document.source)


def is_other_seller(document: Document, business: Business) -> bool:
    """Whether an invoice seems to be somebody else's: by number where both are known, else by name."""
    ours, theirs = digits_of(business.number), digits_of(document.seller.org_no)
    if ours and theirs:
        return ours not in theirs
    words = set(document.seller.name.casefold().split())
    return bool(words and business.name) and not words & set(business.name.casefold().split())


def _not_ours(document: Document, ledger: Ledger) -> str:
    """Why a document is nothing to ask money for; empty when it is."""
    if ledger.own and digits_of(document.buyer.org_no) == ledger.own:
        return "bill_to_you"
    if document.kind == "credit_note":
        return "" if document.amount else "no_amount"
    if document.why_not == "nothing_due" and _is_known(document, ledger):
        return ""
    if document.collectable == "no":
        return document.why_not or document.kind
    return "" if document.amount else "no_amount"


def _is_known(document: Document, ledger: Ledger) -> bool:
    """Whether it is an invoice in the books, so that nothing left on it tells that it was paid."""
    known = (ledger.invoice(customer, document.number) for customer in ledger.fitting(document))
    return document.amount is not None and any(known)


def _is_of_erased(document: Document, ledger: Ledger) -> bool:
    """Whether it is settled with somebody who was erased: an older list tells of them no less than before."""
    found = ledger.of_erased(document)
    if document.kind == "credit_note":
        return any(ledger.has(_credit_key(customer, document), customer) for customer, _ in found)
    return any(_is_like(document, invoice) for _, invoice in found)


def _holder(customer: Customer, document: Document, ledger: Ledger) -> Customer:
    """Who has an invoice: what came while two were one stays where it is once they are known to be two."""
    held = tuple(ledger.held(document))
    if any(holder.id == customer.id for holder, _ in held):
        return customer
    is_note = document.kind == "credit_note"
    twins = (c for c, i in held if customer.id in c.apart and (is_note or _is_like(document, i)))
    return next(twins, customer)


def _is_like(document: Document, known: Invoice) -> bool:
    """Whether a document may be an invoice of which the number is the same: of that day, and of no more."""
    assert document.amount is not None
    is_more = document.amount.currency != known.amount.currency or document.amount > known.amount
    return not is_more and document.due == known.due


def _entries(
    document: Document, customer: Customer, ledger: Ledger, today: date, first: bool
) -> tuple[Entry, ...]:
    if document.kind == "credit_note":
        return (_credit(document, customer, ledger, today),)
    known = ledger.invoice(customer, document.number)
    if known is None:
        fresh = ledger.add(_invoice(document, customer, ledger, today, first))
        return (Entry("new", document, customer, fresh),)
    changed = tuple(_again(document, customer, known, ledger, today))
    return changed or (Entry("same", document, customer, known),)


def _again(
    document: Document, customer: Customer, known: Invoice, ledger: Ledger, today: date
) -> Iterator[Entry]:
    """An invoice seen before: less left in the books is money that came; a moved due date is taken over."""
    assert document.amount is not None
    left = outstanding(known)
    if document.amount.currency == left.currency and document.amount < left:
        key = f"{FROM_BOOKS}{known.id}:{document.amount.minor}"
        payment = ledger.pay(customer, known, left - document.amount, today, key)
        known = ledger.add(replace(known, paid=known.amount - document.amount))
        yield Entry("part_paid", document, customer, known, payment)
    if document.due and document.due != known.due:
        yield Entry("due_moved", document, customer, ledger.add(replace(known, due=document.due)))


def _credit(document: Document, customer: Customer, ledger: Ledger, today: date) -> Entry:
    """A credit note is set off against the invoice it names, else it is the customer's to their credit."""
    assert document.amount is not None
    named = (ledger.invoice(customer, n) for n in (*document.refers_to, document.number))
    found = next((i for i in named if i and i.amount.currency == document.amount.currency), None)
    key = _credit_key(customer, document)
    if ledger.has(key, customer):
        return Entry("same", document, customer, found)
    amount, day = _absolute(document.amount), document.issued or today
    payment, was_counted = ledger.credit(customer, found, amount, day, key)
    return Entry("same" if was_counted else "credit", document, customer, found, payment)


def _credit_key(customer: Customer, document: Document) -> str:
    return f"credit:{customer.id}:{document.number}"


def _absolute(amount: Money) -> Money:
    return amount if amount.minor >= 0 else -amount


def _invoice(document: Document, customer: Customer, ledger: Ledger, today: date, first: bool) -> Invoice:
    assert document.amount is not None
    late = (today - document.due).days if document.due else 0
    return Invoice(
        id=ledger.name(),
        customer=customer.id,
        number=document.number,
        amount=document.amount,
        paid=Money(0, document.amount.currency),
        due=document.due,
        issued=document.issued,
        reference=document.reference,
        account=document.account,
        description=document.description,
        delivered=document.delivered,
        parked=late > (0 if first else OLD) or document.collectable == "ask",
    )
