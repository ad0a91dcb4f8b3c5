"""The past: a case as it was known on the morning of an earlier day, without what came to be known since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot import plans, promises, workdays
from bot.cases import Case
from bot.disputes import Dispute
from bot.incoming import DATED
from bot.invoices import Invoice
from bot.ledger import FROM_BOOKS
from bot.money import Money, totals
from bot.parties import Business, Customer
from bot.payments import Payment
from bot.plans import Plan
from bot.promises import Promise
from bot.replies import Reply
from bot.rest import asked_after

A_YEAR = timedelta(days=364)
AFTERMATH = timedelta(days=60)
"""How long after the last day of old books it is worth looking."""


def known(case: Case, day: date, business: Business, left: Mapping[str, date] | None = None) -> Case:
    """What the books could tell on the morning of a day: all that had happened until the evening before.

    `case` holds everything as it stands now, with all payments; `left` says since when which invoices have
    been handed over or written off. An answer is unread until the first morning on which the owner is asked,
    and read from then on. Letters are left out: which went out is for the caller to say.
    """
    came = tuple(p for p in case.payments if p.day < day)
    invoices = tuple(_invoice(i, came, day, left or {}) for i in case.invoices if _is_issued(i, day))
    ids = {i.id for i in invoices}
    agreed = tuple(p for p in (_promise(p, case, day) for p in case.promises) if p)
    return Case(
        customer=_customer(case, day, business),
        invoices=invoices,
        replies=tuple(_replies(case.replies, day, business)),
        promises=tuple(promises.judged(p, invoices, came, business.country) for p in agreed),
        plans=tuple(plans.judged(p, invoices, came) for p in _plans(case.plans, day, ids)),
        disputes=tuple(_dispute(d, day) for d in case.disputes if d.opened < day and d.invoice in ids),
        pauses=tuple(p for p in case.pauses if p.made < day),
        calls=tuple(c for c in case.calls if c.day < day),
        credit=tuple(m for m in totals(p.amount for p in came if not p.invoice) if m.minor > 0),
        payments=came,
    )


def marks(case: Case, business: Business, left: Mapping[str, date] | None = None) -> list[date]:
    """The days after which more is known of a case: between two of them every morning knows the same."""
    came = [workdays.local_day(r.at, business.zone) for r in case.replies]
    agreed = [p.made for p in case.promises] + [p.agreed for p in case.plans]
    found = [p.day for p in case.payments] + came + [asked_after(business, d) for d in came] + agreed
    found += [day for d in case.disputes for day in (d.opened, d.closed) if day]
    found += [p.made for p in case.pauses] + [c.day for c in case.calls] + [*(left or {}).values()]
    found += [i.issued for i in case.invoices if i.issued]
    told = case.customer.since or case.customer.looked_up
    return sorted({*found, *([told] if told else [])})


def span(cases: Iterable[Case], today: date) -> tuple[date, date] | None:
    """The last year, or the last of which the books can tell where that is older; None where they cannot."""
    invoices = [i for case in cases for i in case.invoices if i.due]
    known = [day for i in invoices if (day := i.issued or i.due) and day < today]
    if not known:
        return None
    last = today - timedelta(days=1)
    latest = max([i.due for i in invoices if i.due] + [p.day for case in cases for p in case.payments])
    if latest < last - A_YEAR:
        last = latest + AFTERMATH
    return max(last - A_YEAR, min(known)), last


def is_undated(payment: Payment) -> bool:
    """Whether it is only known that it came, and not when: the list it follows from named no day."""
    return payment.key.startswith(FROM_BOOKS) and not payment.key.startswith(DATED)


def settled(invoice: Invoice, payments: Iterable[Payment]) -> date | None:
    """The first day on which what had come in, or was credited, reached an invoice's amount."""
    reached = _reaching(invoice, payments)
    return reached.day if reached else None


def _reaching(invoice: Invoice, payments: Iterable[Payment]) -> Payment | None:
    """What reached an invoice's amount."""
    running = Money(0, invoice.amount.currency)
    for payment in _on(invoice, payments):
        running += payment.amount
        if invoice.amount <= running:
            return payment
    return None


def paid(invoice: Invoice, payments: Iterable[Payment]) -> Money:
    """What some payments come to on an invoice."""
    return sum((p.amount for p in _on(invoice, payments)), Money(0, invoice.amount.currency))


def _on(invoice: Invoice, payments: Iterable[Payment]) -> Sequence[Payment]:
    currency = invoice.amount.currency
    found = [p for p in payments if p.invoice == invoice.id and p.amount.currency == currency]
    return sorted(found, key=lambda p: p.day)


def _is_issued(invoice: Invoice, day: date) -> bool:
    """Whether it was there; one that does not say when it was issued always was."""
    return invoice.issued is None or invoice.issued < day


def _invoice(invoice: Invoice, came: Sequence[Payment], day: date, left: Mapping[str, date]) -> Invoice:
    gone = invoice.state != "open" and left.get(invoice.id, date.min) < day
    total = paid(invoice, came)
    reached = _reaching(invoice, came) if invoice.amount <= total else None
    day_paid = reached.day if reached and reached.kind == "payment" else None
    return replace(
        invoice, paid=total, settled=day_paid, parked=False, state=invoice.state if gone else "open"
    )


def _customer(case: Case, day: date, business: Business) -> Customer:
    """The customer as they were known: what they asked for later, and what a register said later, is not."""
    customer = case.customer
    asked = [r for r in case.replies if r.meaning == "no_contact"]
    told = not asked or any(workdays.local_day(r.at, business.zone) < day for r in asked)
    since = customer.since or customer.looked_up
    is_known = since is None or since < day
    return replace(
        customer,
        no_contact=customer.no_contact and told,
        standing=customer.standing if is_known else "",
    )


def _replies(replies: Iterable[Reply], day: date, business: Business) -> Iterable[Reply]:
    for reply in replies:
        came = workdays.local_day(reply.at, business.zone)
        if came < day:
            fresh = day <= asked_after(business, came)
            yield replace(reply, meaning=None if fresh else reply.meaning or "other")


def _promise(promise: Promise, case: Case, day: date) -> Promise | None:
    """A promise as it stood: open until it was kept. One that was withdrawn held until the next agreement."""
    if promise.made >= day:
        return None
    if promise.state == "withdrawn":
        later = [p.made for p in case.promises if p.made > promise.made]
        later += [p.agreed for p in case.plans if p.agreed > promise.made]
        if not later or min(later) < day:
            return None
    return promise if promises.is_at_once(promise) else replace(promise, state="open")


def _plans(found: Iterable[Plan], day: date, ids: set[str]) -> Iterable[Plan]:
    """The plans there were, as they stood at first; those that came to nothing are as if never offered."""
    for plan in found:
        if plan.agreed < day and ids & set(plan.invoices) and plan.state not in ("rejected", "withdrawn"):
            yield replace(plan, state="offered" if plan.state == "offered" else "active")


def _dispute(dispute: Dispute, day: date) -> Dispute:
    is_over = dispute.closed is not None and dispute.closed < day
    return dispute if is_over else replace(dispute, closed=None, outcome="")
