"""Questions to the law as JSON, a line in and a line out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, get_args

from bot import law
from bot.answers import Answer, Escalation, Permission
from bot.charges import Interest, Segment
from bot.countries import codes, country
from bot.money import Money
from bot.questions import Debt, Debtor, Kind, Paid, Question, Written

T = TypeVar("T")

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
AMOUNT = re.compile(r"(0|[1-9]\d{0,14})(\.\d{1,2})?", re.ASCII)
PERCENT = re.compile(r"(0|[1-9]\d{0,3})(\.\d{1,6})?", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}")
YEARS = range(1900, 2900)
"""The years a day may lie in, far from the calendar's end: every period must end."""


def answers(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The answer to each line, in order; what cannot be read, or breaks a type, is refused."""
    for line in lines:
        name: str | None = None
        try:
            asked = _object(json.loads(line.decode("utf-8-sig")))
            name = _text(asked["id"])
            question = _question(asked)
        except (ValueError, KeyError, RecursionError):
            yield _line(name, Answer(refusals=("invalid_input",)))
        else:
            yield _line(name, law.ask(question))


def _line(name: str | None, answer: Answer) -> bytes:
    text = json.dumps({"id": name, **_written(answer)}, ensure_ascii=False)
    # Half a surrogate pair is text to JSON but not to UTF-8; its escape is both.
    return text.encode("utf-8", "backslashreplace")


def _question(asked: Mapping[str, Any]) -> Question:
    where = _text(asked["country"])
    claim = _object(asked["claim"])
    national = country(where).currency if where in codes() else "EUR"
    currency = _maybe(_currency, claim.get("currency")) or national

    def money(value: object) -> Money:
        return Money.of(_amount(value), currency)

    return Question(
        country=where,
        on=_day(asked["on"]),
        debt=_debt(claim, money),
        debtor=_one_of(Debtor, asked.get("debtor", "unknown")),
        letters=tuple(_letter(_object(x)) for x in _list(asked.get("letters", []))),
        disputed=_yes(asked, "disputed"),
        disputed_amount=_maybe(money, asked.get("disputed_amount")),
        acknowledged=_maybe(_day, asked.get("acknowledged")),
        acknowledged_sum=_yes(asked, "acknowledged_sum"),
        plan_kept=_yes(asked, "plan_kept"),
        insolvent=_yes(asked, "insolvent"),
        handed_over=_maybe(_day, asked.get("handed_over")),
    )


def _debt(claim: Mapping[str, Any], money: Callable[[object], Money]) -> Debt:
    return Debt(
        amount=money(claim["amount"]),
        issued=_maybe(_day, claim.get("issued")),
        due=_maybe(_day, claim.get("due")),
        due_agreed=_yes(claim, "due_agreed"),
        fee_agreed=_yes(claim, "fee_agreed"),
        rate_agreed=_maybe(_percent, claim.get("interest_rate_agreed")),
        arose=_maybe(_day, claim.get("arose")),
        demand_sent=_maybe(_day, claim.get("demand_sent")),
        demand_mentions_interest=_yes(claim, "demand_mentions_interest"),
        continuous_service=_yes(claim, "continuous_service"),
        payments=tuple(
            Paid(_day(paid["date"]), money(paid["amount"]))
            for paid in map(_object, _list(claim.get("payments", [])))
        ),
    )


def _letter(letter: Mapping[str, Any]) -> Written:
    return Written(
        kind=_one_of(Kind, letter["kind"]),
        sent=_day(letter["sent"]),
        deadline=_maybe(_day, letter.get("deadline")),
        fee=_maybe(_amount, letter.get("fee")),
        received=_maybe(_day, letter.get("received")),
        earlier_invoice=_yes(letter, "earlier_invoice"),
    )


def _maybe(read: Callable[[object], T], value: object) -> T | None:
    return None if value is None else read(value)


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(value)
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _yes(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name, False)
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _one_of(words: Any, value: object) -> Any:
    if _text(value) not in get_args(words):
        raise ValueError(value)
    return value


def _day(value: object) -> date:
    day = date.fromisoformat(_like(DAY, value))
    if day.year not in YEARS:
        raise ValueError(value)
    return day


def _amount(value: object) -> Decimal:
    return Decimal(_like(AMOUNT, value))


def _percent(value: object) -> Decimal:
    return Decimal(_like(PERCENT, value))


def _currency(value: object) -> str:
    return _like(CURRENCY, value)


def _like(shape: re.Pattern[str], value: object) -> str:
    text = _text(value)
    if not shape.fullmatch(text):
        raise ValueError(value)
    return text


def _written(answer: Answer) -> dict[str, Any]:
    owed, limits = answer.owed, answer.limitation
    return {
        "due_effective": _iso(answer.due),
        "overdue": answer.overdue,
        "days_overdue": answer.days_overdue,
        "reminder": _permission(answer.reminder, "fee_from"),
        "final_notice": {"term": answer.term} | _permission(answer.final_notice, "fee_from", "min_deadline"),
        "demand": _permission(answer.demand, "from", "min_deadline") if answer.demand else None,
        "escalate": _escalation(answer.escalation),
        "letters": [{"valid": x.valid, "fee": _whole(x.fee)} for x in answer.letters],
        "compensation": _whole(answer.compensation),
        "plan_fee": _whole(answer.plan_fee),
        "interest": _interest(answer.interest) if answer.interest else None,
        "owed": {
            "principal": _exact(owed.principal),
            "claimable": _exact(owed.claimable),
            "fees": _whole(owed.fees),
            "charges": _whole(owed.charges),
            "interest": _exact(owed.interest),
            "total": _exact(owed.total),
        },
        "limitation": {"bars_on": _iso(limits.bars_on), "barred": limits.barred},
        "refusals": list(answer.refusals),
        "unsure": list(answer.unsure),
        "citations": list(answer.citations),
    }


def _permission(permission: Permission, opens: str, *more: str) -> dict[str, Any]:
    written: dict[str, Any] = {
        "may_send": permission.may_send,
        "may_charge": permission.may_charge,
        "max_fee": _whole(permission.max_fee),
        opens: _iso(permission.opens),
    }
    return written | {name: _iso(permission.min_deadline) for name in more}


def _escalation(escalation: Escalation) -> dict[str, Any]:
    return {
        "may": escalation.may,
        "from": _iso(escalation.opens),
        "routes": list(escalation.routes),
        "max_fee": _whole(escalation.max_fee),
    }


def _interest(interest: Interest) -> dict[str, Any]:
    return {
        "from": _iso(interest.start),
        "amount": _exact(interest.amount),
        "segments": [_segment(segment) for segment in interest.segments],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "from": _iso(segment.start),
        "to": _iso(segment.end),
        "principal": _exact(segment.principal),
        "rate": f"{segment.rate:.2f}" if segment.rate == round(segment.rate, 2) else str(segment.rate),
        "days": segment.days,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _exact(money: Money | None) -> str | None:
    return str(money.decimal) if money is not None else None


def _whole(amount: Decimal | int | None) -> str | None:
    """An amount that is whole as a rule, without its decimals; else with them."""
    if amount is None:
        return None
    return str(int(amount)) if amount == int(amount) else str(amount)
