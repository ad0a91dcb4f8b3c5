"""What a file holds: for programs one JSON object a line, for people a line a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.documents import Document, Party, Problem, Question, Reading, Receipt


def json_lines(reading: Reading) -> Iterator[str]:
    """Each document, payment and problem of a reading; a question is a problem that asks for a column."""
    lines = [
        *map(_document, reading.documents),
        *map(_payment, reading.receipts),
        *map(_problem, reading.problems),
        *map(_question, reading.questions),
    ]
    return (json.dumps(line, ensure_ascii=False) for line in lines)


def summary(name: str, reading: Reading) -> Iterator[str]:
    """A file's contents for people: a line a document, then what is wrong."""
    yield f"{name}: {len(reading.documents)} documents"
    for document in reading.documents:
        amount = f"{document.amount.decimal} {document.amount.currency}" if document.amount else "no amount"
        due = document.due or "not stated"
        yield f"  {document.kind} {document.number} · {document.buyer.name} · {amount} · due {due}"
    for problem in reading.problems:
        where = f"line {problem.line}: " if problem.line else ""
        yield f"  {where}{problem.code} {' '.join(problem.facts.values())}"


def _document(document: Document) -> dict[str, Any]:
    amount = document.amount
    return {
        "kind": document.kind,
        "number": document.number,
        "issued": _day(document.issued),
        "due": _day(document.due),
        "due_source": document.due_source,
        "currency": amount.currency if amount is not None else None,
        "amount_due": str(amount.decimal) if amount is not None else None,
        "reference": document.reference,
        "account": document.account,
        "seller": _party(document.seller),
        "buyer": _party(document.buyer),
        "collectable": document.collectable,
        "why_not": document.why_not,
        "refers_to": list(document.refers_to),
        "line": document.line,
    }


def _payment(receipt: Receipt) -> dict[str, Any]:
    return {
        "kind": "payment",
        "booked": _day(receipt.day),
        "amount": str(receipt.amount.decimal),
        "currency": receipt.amount.currency,
        "references": list(receipt.references),
        "payer": receipt.payer,
        "reversal": receipt.reversal,
        "line": receipt.line,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"kind": "problem", "code": problem.code, "line": problem.line, "facts": problem.facts}


def _question(question: Question) -> dict[str, Any]:
    facts = {"column": question.column, "choices": list(question.choices), "sample": list(question.sample)}
    return {"kind": "problem", "code": "unsure_column", "line": None, "facts": facts}


def _party(party: Party) -> dict[str, str]:
    return {"name": party.name, "org_no": party.org_no, "email": party.email}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
