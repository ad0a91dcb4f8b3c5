"""The ledger: the books as an intake sees them, growing as documents are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.buyers import Buyers, digits_of
from bot.documents import Document
from bot.invoices import Invoice
from bot.money import Money
from bot.parties import Business, Customer
from bot.payments import Payment

FROM_BOOKS = "books:"
"""How the key of a payment begins that only follows from less being left than before."""


class Ledger:
    """Customers, invoices and payments, in the books and just read; new rows get ids from `name`.

    Payments are told by `paid`, by their customer, where they are not all given at once.
    """

    def __init__(
        self,
        business: Business,
        customers: Iterable[Customer],
        invoices: Iterable[Invoice],
        name: Callable[[], str],
        payments: Iterable[Payment] = (),
        paid: Callable[[str], Iterable[Payment]] = lambda customer: (),
    ) -> None:
        self.business = business
        self.own = digits_of(business.number)
        self.name = name
        self.paid = paid
        self.buyers = Buyers(customers, name)
        self.look_at(invoices)
        for payment in payments:
            self._note(payment)

    def look_at(self, invoices: Iterable[Invoice]) -> None:
        """Go on with these invoices of the books alone, all that the next documents can be about.

        What was read before them has to be in the books by now.
        """
        self.buyers.written()
        self._told: dict[str, dict[str, Payment]] = {}
        self._noted: dict[str, dict[str, Payment]] = defaultdict(dict)
        self._invoices: dict[tuple[str, str], Invoice] = {}
        self._holders: dict[str, set[str]] = {}
        for invoice in invoices:
            self.add(invoice)

    def add(self, invoice: Invoice) -> Invoice:
        """Remember an invoice, new or altered."""
        key = number_key(invoice.number)
        self._invoices[invoice.customer, key] = invoice
        self._holders.setdefault(key, set()).add(invoice.customer)
        return invoice

    def invoice(self, customer: Customer, number: str) -> Invoice | None:
        """A customer's invoice of this number."""
        return self._invoices.get((customer.id, number_key(number)))

    def customer(self, document: Document) -> Customer | None:
        """Whom a document is about; None where only the owner can tell."""
        return self.buyers.find(document.buyer, self._holding(document))

    def fitting(self, document: Document) -> list[Customer]:
        """The known customers a document may be about."""
        return self.buyers.fitting(document.buyer, self._holding(document))

    def _holding(self, document: Document) -> set[str]:
        return {customer for number in numbers_of(document) for customer in self._holders.get(number, ())}

    def held(self, document: Document) -> Iterator[tuple[Customer, Invoice]]:
        """The invoices a document can be about, whoever has them."""
        for number in numbers_of(document):
            for holder in self._holders.get(number, ()):
                if customer := self.buyers.customers.get(holder):
                    yield customer, self._invoices[holder, number]

    def of_erased(self, document: Document) -> Iterator[tuple[Customer, Invoice]]:
        """Those that lie with customers who have been erased."""
        return ((customer, invoice) for customer, invoice in self.held(document) if customer.erased)

    def has(self, key: str, customer: Customer) -> bool:
        """Whether a customer's payment of this key is there already, also of one who has gone into them."""
        return any(_nobodys(p.key) == _nobodys(key) for p in self._of(customer.id))

    def _of(self, customer: str) -> Iterable[Payment]:
        """A customer's payments, in the books and just noted."""
        if customer not in self._told:
            self._told[customer] = {p.id: p for p in self.paid(customer)}
        return (self._told[customer] | self._noted[customer]).values()

    def pay(self, customer: Customer, invoice: Invoice | None, amount: Money, day: date, key: str) -> Payment:
        """Write down money that came, on an invoice or on none."""
        where = invoice.id if invoice else ""
        return self._note(
            Payment(id=self.name(), customer=customer.id, invoice=where, day=day, amount=amount, key=key)
        )

    def credit(
        self, customer: Customer, invoice: Invoice | None, amount: Money, day: date, key: str
    ) -> tuple[Payment, bool]:
        """A credit note written down, and whether its amount had been counted before it came.

        It had, where the owner credited it by hand, or where the books said that so much less was left.
        """
        before = (p for p in self._of(customer.id) if p.amount == amount)
        counted = next((p for p in before if _may_be(p, customer, invoice)), None)
        payment = counted or self.pay(customer, invoice, amount, day, key)
        return self._note(replace(payment, kind="credit_note", key=key)), counted is not None

    def _note(self, payment: Payment) -> Payment:
        self._noted[payment.customer][payment.id] = payment
        return payment


def _nobodys(key: str) -> tuple[str, ...]:
    """A key without the customer it names, who may have gone into another since."""
    kind, *rest = key.split(":", 2)
    return kind, *rest[1:]


def _may_be(payment: Payment, customer: Customer, invoice: Invoice | None) -> bool:
    """Whether what was written down before may be the credit note that comes now."""
    by_hand = payment.kind == "credit_note" and not payment.key
    if invoice is None:
        return by_hand and payment.customer == customer.id
    return payment.invoice == invoice.id and (by_hand or payment.key.startswith(FROM_BOOKS))


def number_key(number: str) -> str:
    """An invoice number as it is compared."""
    return number.strip().casefold()


def numbers_of(document: Document) -> list[str]:
    """The numbers of all invoices that a document can be about, as they are compared."""
    return [number_key(number) for number in (document.number, *document.refers_to)]
