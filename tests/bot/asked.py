"""Questions to the law in few words: days as text, money in the country's own currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bot import law
from bot.answers import Answer
from bot.countries import country
from bot.money import Money
from bot.questions import Debt, Kind, Paid, Question, Written


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def letter(
    kind: Kind, sent: str, deadline: str | None = None, fee: str | None = None, **more: Any
) -> Written:
    received = day(more.pop("received", None))
    asked = Decimal(fee) if fee else None
    return Written(
        kind=kind,
        sent=date.fromisoformat(sent),
        deadline=day(deadline),
        fee=asked,
        received=received,
        **more,
    )


def reminder(sent: str, deadline: str | None = None, fee: str | None = None, **more: Any) -> Written:
    return letter("reminder", sent, deadline, fee, **more)


def notice(sent: str, deadline: str | None = None, fee: str | None = None, **more: Any) -> Written:
    return letter("final_notice", sent, deadline, fee, **more)


def demand(sent: str, deadline: str | None = None, fee: str | None = None, **more: Any) -> Written:
    return letter("demand", sent, deadline, fee, **more)


def question(
    where: str,
    on: str,
    due: str | None,
    *letters: Written,
    amount: str = "10000.00",
    currency: str = "",
    paid: dict[str, str] | None = None,
    rate: str | None = None,
    agreed: bool = True,
    fee_agreed: bool = False,
    issued: str | None = None,
    arose: str | None = None,
    demanded: str | None = None,
    mentions: bool = False,
    subscription: bool = False,
    acknowledged: str | None = None,
    handed_over: str | None = None,
    disputed_amount: str | None = None,
    **more: Any,
) -> Question:
    """A question about a claim of ten thousand, due on a day that was agreed, unless it is said otherwise."""
    currency = currency or country(where).currency
    debt = Debt(
        amount=Money.of(amount, currency),
        issued=day(issued),
        due=day(due),
        due_agreed=agreed,
        fee_agreed=fee_agreed,
        rate_agreed=Decimal(rate) if rate else None,
        arose=day(arose),
        demand_sent=day(demanded),
        demand_mentions_interest=mentions,
        continuous_service=subscription,
        payments=tuple(
            Paid(date.fromisoformat(when), Money.of(sum_, currency)) for when, sum_ in (paid or {}).items()
        ),
    )
    return Question(
        country=where,
        on=date.fromisoformat(on),
        debt=debt,
        letters=letters,
        acknowledged=day(acknowledged),
        handed_over=day(handed_over),
        disputed_amount=Money.of(disputed_amount, currency) if disputed_amount else None,
        **{"debtor": "business"} | more,
    )


def ask(where: str, on: str, due: str | None, *letters: Written, **more: Any) -> Answer:
    return law.ask(question(where, on, due, *letters, **more))


def iso(when: date | None) -> str | None:
    return when.isoformat() if when else None
