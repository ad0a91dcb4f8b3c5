"""Before you write: what to look at on the first card, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot.cases import Case, late
from bot.flaws import SLOW_INVOICING, is_odd_reference, is_other_account
from bot.invoices import Invoice, days_to_invoice, missing_parts
from bot.matching import Incoming, Owed, matches
from bot.parties import Business, Customer
from bot.payments import LAST_FEW, habit
from bot.registers import SILENT, TROUBLED

STALE = 3
"""Days after which what is known of the bank account is called old."""
MONTH = timedelta(days=30)
CONTACTS = 4
"""How often in a month a customer hears of money from us before it is a lot: once a week."""
SLIPPING = 7
"""By how many days somebody pays later than they used to before it is worth a word."""

State = Literal["ok", "look", "stop"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the key of its words, whether it is fine, and the facts that fill it."""

    key: str
    state: State
    facts: dict[str, object] = field(default_factory=dict)


def before_writing(
    case: Case,
    business: Business,
    today: date,
    bank_seen: date | None,
    waiting: Iterable[Incoming] = (),
) -> tuple[Finding, ...]:
    """The findings for one customer; `bank_seen` is the last day payments were read, if ever.

    `waiting` is money of which nobody knows yet where it belongs.
    """
    overdue = late(case, today, business.country)
    found = [*_missing(overdue, business), *(f for invoice in overdue for f in _invoice(invoice, business))]
    if not found and overdue:
        found.append(Finding("invoice_ok", "ok"))
    money = (*_money(case, today, bank_seen), *_unmatched(case, business, waiting))
    return (*_standing(case.customer), *found, *money, *_history(case), *_heard_of_us(case, today))


def _standing(customer: Customer) -> Iterator[Finding]:
    """What a public register says against asking, or to ask soon."""
    if customer.standing in TROUBLED:
        facts: dict[str, object] = {"standing": customer.standing, "since": customer.since}
        facts |= {"looked_up": customer.looked_up}
        yield Finding("standing", "stop" if customer.standing in SILENT else "look", facts)


def _missing(invoices: Iterable[Invoice], business: Business) -> Iterator[Finding]:
    """What is missing on invoices, each part once with all that lack it."""
    lacking: dict[str, list[str]] = {}
    for invoice in invoices:
        for part in missing_parts(invoice, business.account):
            lacking.setdefault(part, []).append(invoice.number)
    for part, numbers in lacking.items():
        yield Finding("invoice_missing", "look", {"what": part, "numbers": tuple(numbers)})


def _invoice(invoice: Invoice, business: Business) -> Iterator[Finding]:
    number = invoice.number
    if invoice.due and invoice.issued and invoice.due < invoice.issued:
        yield Finding("due_before_issued", "stop", {"invoice": number})
    if is_other_account(invoice.account, business):
        yield Finding("account_differs", "look", {"invoice": number, "account": invoice.account})
    if is_odd_reference(invoice.reference, business):
        yield Finding("reference_odd", "look", {"invoice": number, "reference": invoice.reference})
    if (days := days_to_invoice(invoice)) > SLOW_INVOICING:
        yield Finding("late_invoiced", "look", {"days": days, "invoice": number})


def _money(case: Case, today: date, bank_seen: date | None) -> Iterator[Finding]:
    if bank_seen is None:
        yield Finding("bank_unseen", "look")
    elif (age := (today - bank_seen).days) > STALE:
        yield Finding("bank_stale", "look", {"days": age})
    else:
        yield Finding("bank_fresh", "ok", {"day": bank_seen})
    for amount in case.credit:
        yield Finding("credit", "look", {"amount": amount})


def _unmatched(case: Case, business: Business, waiting: Iterable[Incoming]) -> Iterator[Finding]:
    """Money that may be this customer's."""
    owed = Owed(business.country, case.invoices, [case.customer])
    for money in waiting:
        if money.amount.minor > 0 and matches(money, owed):
            yield Finding("unmatched", "look", {"amount": money.amount})


def is_stale(bank_seen: date | None, today: date) -> bool:
    """Whether what is known of the bank account is old; where it was never known, it is not old."""
    return bank_seen is not None and (today - bank_seen).days > STALE


def _history(case: Case) -> Iterator[Finding]:
    for dispute in case.disputes:
        if dispute.closed is None:
            number = next((i.number for i in case.invoices if i.id == dispute.invoice), "")
            yield Finding("disputed", "stop", {"invoice": number})
    for promise in case.promises:
        if promise.state == "open" and promise.kind != "waiver":
            key = "promised" if promise.amount else "promised_all"
            yield Finding(key, "look", {"day": promise.day, "amount": promise.amount})
    known = habit(case.invoices)
    if known.paid >= 2 * LAST_FEW and known.lately >= known.usual_days + SLIPPING:
        yield Finding("later_than_before", "look", {"days": known.lately, "usual": known.usual_days})
    elif known.paid and known.usual_days:
        yield Finding("usual", "ok", {"days": known.usual_days})
    elif known.paid:
        yield Finding("usually_on_time", "ok")
    if not case.customer.to:
        yield Finding("no_address", "look", {"customer": case.customer.name})


def _heard_of_us(case: Case, today: date) -> Iterator[Finding]:
    """How often they have heard of money from us within a month: letters, and calls that reached them."""
    days = [x.went_on for x in case.letters if x.reached]
    days += [call.day for call in case.calls if call.outcome != "not_reached"]
    count = sum(today - MONTH < day <= today for day in days)
    if count:
        state: State = "look" if count >= CONTACTS else "ok"
        yield Finding("contacts", state, {"count": count, "most": CONTACTS})
