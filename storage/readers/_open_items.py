"""What is left of invoices, from postings on a customer's account: only where nothing is unexplained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from bot.documents import Collectable, Document, Party
from bot.money import Money


@dataclass(frozen=True, slots=True)
class Posting:
    """One line on a customer's account: above nothing what is owed, below it what was paid or credited."""

    number: str
    amount: Decimal
    day: date | None = None
    due: date | None = None
    reference: str = ""
    description: str = ""
    line: int | None = None


@dataclass(slots=True)
class Account:
    """A customer's postings, in one currency; the balance they should come to, where it is known."""

    buyer: Party
    currency: str
    balance: Decimal | None = None
    postings: list[Posting] = field(default_factory=list)

    def explained(self) -> bool:
        """Whether every posting has its invoice, none is overpaid, and what is left comes to the balance."""
        left = [sum((p.amount for p in same), Decimal()) for same in self._invoices().values()]
        named = all(p.number for p in self.postings)
        comes_to = self.balance is None or sum(left, Decimal()) == self.balance
        return named and comes_to and all(each >= 0 for each in left)

    def documents(self, seller: Party) -> Iterable[Document]:
        """The invoices that something is left of."""
        for number, same in self._invoices().items():
            if (left := sum((p.amount for p in same), Decimal())) > 0:
                yield _judged(self._document(number, same, left, seller))

    def _invoices(self) -> dict[str, list[Posting]]:
        found: dict[str, list[Posting]] = {}
        for posting in self.postings:
            found.setdefault(posting.number, []).append(posting)
        return found

    def _document(self, number: str, same: Sequence[Posting], left: Decimal, seller: Party) -> Document:
        owed = [p for p in same if p.amount > 0]
        first, due = owed[0], max((p.due for p in owed if p.due), default=None)
        return Document(
            kind="invoice",
            number=number,
            amount=Money.of(left, self.currency),
            issued=first.day,
            due=due,
            due_source="stated" if due else None,
            reference=first.reference,
            seller=seller,
            buyer=self.buyer,
            description=first.description,
            line=first.line,
            total=Money.of(sum((p.amount for p in owed), Decimal()), self.currency),
        )


def _judged(document: Document) -> Document:
    judged: tuple[Collectable, str] = ("yes", "") if document.due else ("ask", "no_due_date")
    return replace(document, collectable=judged[0], why_not=judged[1])
