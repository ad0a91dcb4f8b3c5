"""Claims before the law: an invoice with all that happened to it, put as a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from bot import law
from bot.answers import Answer
from bot.cases import Case, plan_kept
from bot.invoices import Invoice
from bot.letters import LADDER, Charge, Letter
from bot.money import Money
from bot.parties import Business
from bot.plans import AGREED_TO
from bot.questions import Debt, Kind, Paid, Question, Written
from bot.registers import INSOLVENT


def answers(invoices: Iterable[Invoice], case: Case, business: Business, on: date) -> Mapping[str, Answer]:
    """What the law says of each invoice on a day, by its id."""
    return {i.id: law.ask(question(i, case, business, on)) for i in invoices}


def question(invoice: Invoice, case: Case, business: Business, on: date) -> Question:
    """An invoice as the law is asked about it; what the books do not know is taken for the debtor."""
    contested = [d for d in case.disputes if d.invoice == invoice.id and d.closed is None]
    parts = [d.part for d in contested if d.part]
    return Question(
        country=business.country,
        on=on,
        debt=_debt(invoice, case, business),
        debtor=case.customer.kind,
        letters=tuple(_written(letter) for letter in letters_about(invoice, case)),
        disputed=bool(contested),
        disputed_amount=_sum(parts) if parts and len(parts) == len(contested) else None,
        acknowledged=_acknowledged(invoice, case),
        plan_kept=plan_kept(invoice, case, on, business.country),
        handed_over=on if invoice.state == "handed_over" else None,
        insolvent=case.customer.standing in INSOLVENT,
    )


def letters_about(invoice: Invoice, case: Case) -> tuple[Letter, ...]:
    """The letters of the ladder that reached the customer about an invoice, as they were written."""
    ladder = (x for x in case.letters if x.reached and x.kind in LADDER)
    return tuple(x for x in ladder if any(c.invoice == invoice.id for c in x.claims))


def fee_of(letter: Letter) -> Charge | None:
    """The fee that a letter asked for itself, booked on one of its invoices."""
    return next((c for c in letter.charges if c.kind == "fee"), None)


def _debt(invoice: Invoice, case: Case, business: Business) -> Debt:
    """A credit note was never owed; payments of which no day is known count from the start."""
    mine = [p for p in case.payments if p.invoice == invoice.id]
    paid = [Paid(p.day, p.amount) for p in mine if p.kind == "payment"]
    known = sum(p.amount.minor for p in mine)
    credited = sum(p.amount.minor for p in mine if p.kind == "credit_note") + invoice.paid.minor - known
    return Debt(
        amount=Money(max(invoice.amount.minor - credited, 0), invoice.amount.currency),
        issued=invoice.issued,
        due=invoice.due,
        due_agreed=business.terms_agreed,
        fee_agreed=business.fee_agreed,
        arose=invoice.delivered or invoice.issued,
        payments=tuple(paid),
    )


def _written(letter: Letter) -> Written:
    """A letter as the law counts it: one with a fee is one with a fee for every invoice that it names."""
    fee = fee_of(letter)
    return Written(
        kind=_kind(letter),
        sent=letter.went_on,
        deadline=letter.pay_by,
        fee=fee.amount.decimal if fee else Decimal(0),
    )


def _kind(letter: Letter) -> Kind:
    match letter.kind:
        case "final_notice" | "demand":
            return letter.kind
    return "reminder"


def _acknowledged(invoice: Invoice, case: Case) -> date | None:
    """The day of the latest plan over an invoice: it states the debt in writing, and was agreed to."""
    agreed = (p for p in case.plans if p.state in AGREED_TO and invoice.id in p.invoices)
    return max((p.agreed for p in agreed), default=None)


def _sum(parts: Iterable[Money]) -> Money:
    first, *others = parts
    return sum(others, first)
