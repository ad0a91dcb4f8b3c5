"""Replies as JSON, a line in and what they say out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast, get_args

from bot.hearing import Asked, Hearing, Interval, Terms
from bot.money import Money

Hear = Callable[[str, Asked], Hearing]
REASONS = {"not_received": "not_received_goods", "duplicate": "duplicate_invoice"}
"""The reasons that JSON calls otherwise than Purr does."""


class Unreadable(ValueError):
    """A line that is no reply, and what is wrong with it."""


def answers(lines: Iterable[bytes], hear: Hear) -> Iterator[bytes]:
    """What each line's reply says, in order; a line that is none gets an `error` and the rest goes on."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _line(number, line, hear)


def _line(number: int, line: bytes, hear: Hear) -> bytes:
    name: object = None
    try:
        asked = _object(json.loads(line.decode("utf-8-sig")), "the line")
        name = asked.get("id")
        text = asked.get("text")
        if not isinstance(text, str):
            raise Unreadable("text must be a string")
        said = {"id": name, **written(hear(text, _asked(asked)))}
    except RecursionError:
        said = {"id": name, "line": number, "error": "too deeply nested"}
    except ValueError as problem:
        said = {"id": name, "line": number, "error": str(problem)}
    # Half a surrogate pair is text to JSON but not to UTF-8; its escape is both.
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "backslashreplace")


def written(hearing: Hearing) -> dict[str, Any]:
    """A hearing as JSON has it."""
    until = hearing.quiet_until
    return {
        "primary": hearing.primary,
        "intents": list(hearing.intents),
        "promised": [{"date": _iso(one.day), "amount": _amount(one.amount)} for one in hearing.promised],
        "plan": _plan(hearing.plan) if hearing.plan else None,
        "dispute_reason": REASONS.get(hearing.reason, hearing.reason) if hearing.reason else None,
        "should_pause_chasing": hearing.pauses,
        "pause_until": _iso(until),
        "needs_human": hearing.needs_person,
        "unsure": hearing.unsure or None,
        "quotes": [{"intent": intent, "text": quote} for intent, quote in hearing.quotes],
    }


def _asked(fields: Mapping[str, Any]) -> Asked:
    context = _object(fields.get("context"), "context")
    currency = context.get("currency")
    if not isinstance(currency, str) or len(currency) != len("EUR"):
        raise Unreadable("context.currency must be a code of three letters")
    offered = context.get("offered_plan")
    return Asked(
        today=_day(fields.get("today"), "today"),
        owed=_money(context.get("amount_due"), currency, "context.amount_due"),
        due=_day(context["due_date"], "context.due_date") if context.get("due_date") else None,
        offered=_terms(_object(offered, "context.offered_plan"), currency) if offered else None,
    )


def _terms(plan: Mapping[str, Any], currency: str) -> Terms:
    where = "context.offered_plan"
    count, each, first = (plan.get(name) for name in ("instalments", "amount_each", "first_date"))
    if not (count is None or (isinstance(count, int) and not isinstance(count, bool))):
        raise Unreadable(f"{where}.instalments must be a whole number")
    return Terms(
        instalments=count,
        amount_each=_money(each, currency, f"{where}.amount_each") if each is not None else None,
        first_day=_day(first, f"{where}.first_date") if first is not None else None,
        interval=_interval(plan.get("interval") or "monthly", f"{where}.interval"),
    )


def _interval(value: object, where: str) -> Interval:
    for known in get_args(Interval):
        if value == known:
            return cast(Interval, known)
    raise Unreadable(f"{where} must be monthly or weekly")


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"{where} must be an object")
    return value


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise Unreadable(f"{where} must be a date, as 2026-12-01") from None


def _money(value: object, currency: str, where: str) -> Money:
    try:
        amount = Decimal(value if isinstance(value, str) else "")
        if not amount.is_finite():
            raise InvalidOperation
        return Money.of(amount, currency)
    except (InvalidOperation, ValueError):
        raise Unreadable(f'{where} must be an amount, as "1250.00"') from None


def _plan(plan: Terms) -> dict[str, Any]:
    return {
        "instalments": plan.instalments,
        "amount_each": _amount(plan.amount_each),
        "first_date": _iso(plan.first_day),
        "interval": plan.interval,
    }


def _amount(money: Money | None) -> str | None:
    return f"{money.decimal:.2f}" if money else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
