"""Manifests: an evidence pack told to machines, in one fixed form whatever the language and the agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.dossiers import Dossier, Stated
from bot.letters import Claim, Letter
from bot.money import Money
from bot.parties import Business, Customer
from bot.payments import Payment
from messages.papers import Enclosed

FORMAT, VERSION = "purr-evidence-pack", 1
Record = dict[str, Any]


def manifest(dossier: Dossier, files: Iterable[Enclosed]) -> Record:
    """Everything that the index says and more, under names that do not change."""
    numbers = {i.id: i.number for i in dossier.invoices}
    return {
        "format": FORMAT,
        "version": VERSION,
        "day": told(dossier.day),
        "creditor": _creditor(dossier.business),
        "debtor": _debtor(dossier.customer),
        "total": told(dossier.sums),
        "invoices": [_claim(each) for each in dossier.claims],
        "letters": [_letter(each, numbers) for each in dossier.letters],
        "answers": [{"at": told(r.at), "source": r.source, "text": r.text} for r in dossier.replies],
        "calls": [{"day": told(c.day), "outcome": c.outcome, "words": c.words} for c in dossier.calls],
        "promises": [_promise(p, numbers) for p in dossier.promises],
        "plans": [_plan(p, numbers) for p in dossier.plans],
        "disputes": [_dispute(d, numbers) for d in dossier.disputes],
        "missing": [{"what": f.key} | {k: told(v) for k, v in f.facts.items()} for f in dossier.missing],
        "files": [{"name": f.name, "sha256": f.sha256, "bytes": f.size} for f in files],
    }


def told(value: object) -> Any:
    """A value as JSON has it: days and moments by ISO 8601, amounts as decimal and currency."""
    match value:
        case Money():
            return {"amount": str(value.decimal), "currency": value.currency}
        case date() | datetime():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple() | list():
            return [told(each) for each in value]
    return value


def _creditor(business: Business) -> Record:
    names = ("name", "number", "country", "owner", "email", "phone", "account", "address")
    return {name: told(getattr(business, name)) for name in names}


def _debtor(customer: Customer) -> Record:
    names = ("name", "also", "number", "kind", "country", "language", "address")
    known = {name: told(getattr(customer, name)) for name in names}
    return known | {"contacts": [asdict(each) for each in customer.contacts]}


def _claim(each: Stated) -> Record:
    invoice = each.invoice
    names = ("number", "issued", "delivered", "due", "description", "reference", "account", "amount")
    charges = [{"kind": c.kind, "amount": told(c.amount)} | _segments(c.segments) for c in each.charges]
    return {name: told(getattr(invoice, name)) for name in names} | {
        "paid": [_payment(p) for p in each.paid],
        "principal": told(each.left),
        "charges": charges,
        "unknown": list(each.unknown),
        "sum": told(each.sums),
        "lapses": told(each.lapses),
    }


def _segments(segments: Iterable[Any]) -> Record:
    found = [
        {"from": told(s.start), "through": told(s.end), "principal": told(s.principal), "rate": told(s.rate)}
        for s in segments
    ]
    return {"computed": found} if found else {}


def _payment(payment: Payment) -> Record:
    return {"day": told(payment.day), "amount": told(payment.amount), "kind": payment.kind}


def _letter(letter: Letter, numbers: dict[str, str]) -> Record:
    """`fingerprint` binds the approval to exactly the text, subject and recipients that it was given for."""
    names = ("kind", "level", "language", "to", "cc", "subject", "state", "approved_by", "approved_at")
    more = ("sent_at", "message_id", "pay_by", "next_step", "next_day")
    return {name: told(getattr(letter, name)) for name in (*names, *more)} | {
        "day": told(letter.went_on),
        "fingerprint": letter.approved_text,
        "claims": _claims(letter.claims, numbers),
        "charges": [
            {"kind": c.kind, "invoice": numbers[c.invoice], "amount": told(c.amount)}
            for c in letter.charges
            if c.invoice in numbers
        ],
    }


def _claims(claims: Iterable[Claim], numbers: dict[str, str]) -> list[Record]:
    return [{"invoice": numbers[c.invoice], "amount": told(c.amount)} for c in claims if c.invoice in numbers]


def _promise(promise: Any, numbers: dict[str, str]) -> Record:
    names = ("kind", "made", "day", "amount", "drops", "state", "words")
    claims = _claims(promise.claims, numbers)
    return {name: told(getattr(promise, name)) for name in names} | {"claims": claims}


def _plan(plan: Any, numbers: dict[str, str]) -> Record:
    parts = [{"day": told(p.day), "amount": told(p.amount)} for p in plan.instalments]
    names = ("agreed", "agreed_by", "state")
    about = [numbers[i] for i in plan.invoices if i in numbers]
    return {name: told(getattr(plan, name)) for name in names} | {"invoices": about, "instalments": parts}


def _dispute(dispute: Any, numbers: dict[str, str]) -> Record:
    names = ("opened", "reason", "part", "words", "closed", "outcome")
    return {name: told(getattr(dispute, name)) for name in names} | {"invoice": numbers[dispute.invoice]}
