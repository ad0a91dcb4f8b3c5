"""Intake: what a file would change in the books, worked out before anything is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.countries import spoken
from bot.documents import Document, Party, Problem
from bot.invoices import Invoice, days_overdue, outstanding
from bot.money import Money
from bot.parties import Business, Contact, Customer
from bot.payments import Payment

OLD = 60
"""Days overdue at first sight after which an invoice is old: never chased before the owner has been asked."""

What = Literal["new", "part_paid", "due_moved", "same", "credit", "not_chased"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one document changes: an invoice new or altered, a payment or credit, or nothing, and why."""

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
        return any(e.what not in ("same", "not_chased") for e in self.entries)


class Ledger:
    """The books as an intake sees them, growing as documents are read.

    New rows get ids from `name`; `keys` are those of the payments that are there already.
    """

    def __init__(
        self,
        business: Business,
        customers: Iterable[Customer],
        invoices: Iterable[Invoice],
        name: Callable[[], str],
        keys: Iterable[str] = (),
    ) -> None:
        self.business = business
        self.name = name
        self.keys = set(keys)
        self.customers = {c.id: c for c in customers}
        self.newcomers: dict[str, Customer] = {}
        self.met: dict[str, Customer] = {}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for customer in self.customers.values():
            self._index(customer)
        self.invoices = {(i.customer, i.number): i for i in invoices}

    def customer(self, party: Party) -> Customer | None:
        """Who a buyer is: by number, name or address; None when two fit and nothing tells them apart."""
        fitting = self.fitting(party)
        if len(fitting) > 1:
            return None
        return self._meet(fitting[0], party) if fitting else self._welcome(party)

    def fitting(self, party: Party) -> list[Customer]:
        """The known customers a buyer may be: of its number, else name, else address and a name alike."""
        named = self._under([_name_key(party.name)], party)
        mailed = [c for c in self._under(_keys("", party.email), party) if _alike(c.name, party.name)]
        found = self._under(_keys(party.org_no), party) or named or mailed
        return [c for c in found if c in named and c in mailed] or [c for c in found if c in named] or found

    def _under(self, keys: Iterable[str], party: Party) -> list[Customer]:
        """The customers under these keys whose number, where both have one, is the same."""
        found = [self.customers[i] for key in keys for i in self._by_key.get(key, [])]
        digits = _digits(party.org_no)
        return [c for c in found if digits in ("", _digits(c.number)) or not c.number]

    def add(self, invoice: Invoice) -> Invoice:
        """Remember an invoice, new or altered."""
        self.invoices[(invoice.customer, invoice.number)] = invoice
        return invoice

    def _welcome(self, party: Party) -> Customer:
        country = _country(party)
        customer = Customer(
            id=self.name(),
            name=party.name or party.email or party.org_no,
            number=party.org_no,
            kind=party.kind,
            country=country,
            language=party.language or spoken(country),
            contacts=_contacts(party),
        )
        self.newcomers[customer.id] = self.customers[customer.id] = customer
        self._index(customer)
        return customer

    def _meet(self, known: Customer, party: Party) -> Customer:
        """The customer as known, with what the document adds where nothing was known."""
        better = replace(
            known,
            number=known.number or party.org_no,
            language=known.language or party.language or spoken(known.country or _country(party)),
            country=known.country or _country(party),
            contacts=known.contacts or _contacts(party),
        )
        if better != known:
            (self.newcomers if known.id in self.newcomers else self.met)[known.id] = better
            self.customers[known.id] = better
            self._index(better)
        return better

    def _index(self, customer: Customer) -> None:
        keys = [*_keys(customer.number, *(c.email for c in customer.contacts)), _name_key(customer.name)]
        for key in keys:
            if customer.id not in self._by_key[key]:
                self._by_key[key].append(customer.id)


def plan(documents: Iterable[Document], ledger: Ledger, today: date, *, first: bool) -> Intake:
    """What these documents would change; `first`: there was no invoice yet, so what is late is parked."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for document in sorted(documents, key=lambda d: d.kind == "credit_note"):
        if reason := _not_ours(document, ledger):
            entries.append(Entry("not_chased", document, why=reason))
        elif (customer := ledger.customer(document.buyer)) is None:
            problems.append(Problem("customer_ambiguous", document.line, {"customer": document.buyer.name}))
        else:
            entries.extend(_entries(document, customer, ledger, today, first))
    return Intake(
        tuple(entries), tuple(ledger.newcomers.values()), tuple(ledger.met.values()), tuple(problems)
    )


def is_other_seller(document: Document, business: Business) -> bool:
    """Whether an invoice seems to be somebody else's: by number where both are known, else by name."""
    ours, theirs = _digits(business.number), _digits(document.seller.org_no)
    if ours and theirs:
        return ours not in theirs
    words = set(document.seller.name.casefold().split())
    return bool(words and business.name) and not words & set(business.name.casefold().split())


def _not_ours(document: Document, ledger: Ledger) -> str:
    """Why a document is nothing to ask money for; empty when it is."""
    if document.buyer.org_no and _digits(document.buyer.org_no) == _digits(ledger.business.number):
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
    keys = ((c.id, document.number) for c in ledger.fitting(document.buyer))
    return document.amount is not None and any(key in ledger.invoices for key in keys)


def _entries(
    document: Document, customer: Customer, ledger: Ledger, today: date, first: bool
) -> tuple[Entry, ...]:
    if document.kind == "credit_note":
        return (_credit(document, customer, ledger, today),)
    known = ledger.invoices.get((customer.id, document.number))
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
        key = f"books:{known.id}:{document.amount.minor}"
        payment = _payment(ledger, customer, known, left - document.amount, today, key)
        known = ledger.add(replace(known, paid=known.amount - document.amount))
        yield Entry("part_paid", document, customer, known, payment)
    if document.due and document.due != known.due:
        yield Entry("due_moved", document, customer, ledger.add(replace(known, due=document.due)))


def _credit(document: Document, customer: Customer, ledger: Ledger, today: date) -> Entry:
    """A credit note is set off against the invoice it names, else it is the customer's to their credit."""
    assert document.amount is not None
    named = (ledger.invoices.get((customer.id, n)) for n in (*document.refers_to, document.number))
    found = next((i for i in named if i and i.amount.currency == document.amount.currency), None)
    key = f"credit:{customer.id}:{document.number}"
    if key in ledger.keys:
        return Entry("same", document, customer, found)
    ledger.keys.add(key)
    amount = document.amount if document.amount.minor > 0 else -document.amount
    payment = _payment(ledger, customer, found, amount, document.issued or today, key)
    return Entry("credit", document, customer, found, replace(payment, kind="credit_note"))


def _payment(
    ledger: Ledger, customer: Customer, invoice: Invoice | None, amount: Money, day: date, key: str
) -> Payment:
    where = invoice.id if invoice else ""
    return Payment(id=ledger.name(), customer=customer.id, invoice=where, day=day, amount=amount, key=key)


def _invoice(document: Document, customer: Customer, ledger: Ledger, today: date, first: bool) -> Invoice:
    assert document.amount is not None
    invoice = Invoice(
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
    )
    late = days_overdue(invoice, today)
    return replace(invoice, parked=late > (0 if first else OLD) or document.collectable == "ask")


def _country(party: Party) -> str:
    return party.country[:2].upper()


def _contacts(party: Party) -> tuple[Contact, ...]:
    if not (party.email or party.contact or party.phone):
        return ()
    return (Contact(name=party.contact, email=party.email, phone=party.phone),)


def _keys(number: str, *addresses: str) -> list[str]:
    digits = _digits(number)
    return [*([f"no:{digits}"] if len(digits) >= 6 else []), *(f"at:{a.casefold()}" for a in addresses if a)]


def _alike(one: str, other: str) -> bool:
    """Whether two names have a word in common, or one is none: an address alone may be a bookkeeper's."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return not (words and others) or bool(words & others)


def _name_key(name: str) -> str:
    return f"name:{' '.join(name.casefold().split())}"


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())
