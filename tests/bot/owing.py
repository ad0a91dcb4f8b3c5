"""One customer who owes one invoice in any country, and the letters sent about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.additions import propose
from bot.announcements import announce, of_notice
from bot.cases import Case
from bot.countries import country
from bot.invoices import Invoice
from bot.ladder import ladder
from bot.letters import LEGAL, Addition, Claim, Kind, Letter
from bot.money import Money
from bot.parties import Business, CustomerKind
from tests.cast import ASA, ASAS_BAGERI, BYGG_OCH_BETONG, noon

DAY = timedelta(days=1)
TODAY = date(2026, 11, 26)
ALL: tuple[Addition, ...] = ("fee", "interest", "compensation")


def house(code: str, **more: Any) -> Business:
    """A business that adds all that is lawful, whose due dates and fees are agreed beforehand."""
    known: dict[str, Any] = {"charges": ALL, "terms_agreed": True, "fee_agreed": True, "final_notice": True}
    return replace(ASAS_BAGERI, country=code, **(known | more))


def owed(code: str, days_late: int, amount: str = "10000", number: str = "1", on: date = TODAY) -> Invoice:
    currency = country(code).currency
    due = on - days_late * DAY
    return Invoice(
        id=f"bygg-{number}",
        customer=BYGG_OCH_BETONG.id,
        number=number,
        amount=Money.of(amount, currency),
        paid=Money(0, currency),
        due=due,
        issued=due - 14 * DAY,
        account="1234",
        description="Bread",
    )


def case(*invoices: Invoice, kind: CustomerKind = "business", **more: Any) -> Case:
    return Case(customer=replace(BYGG_OCH_BETONG, kind=kind), invoices=invoices, **more)


def claims(of: Case) -> tuple[Claim, ...]:
    return tuple(Claim(i.id, i.amount) for i in of.invoices)


def wrote(kind: Kind, of: Case, business: Business, on: date, level: int = 1) -> Letter:
    """A letter as it went out on a day: with what the law let it add, and what it announced."""
    charges = propose(kind, claims(of), of, business, on).charges
    charged = any(c.kind == "fee" for c in charges)
    said = (
        of_notice(kind, business, on)
        if kind in LEGAL
        else announce(of.invoices, level, business, on, charged=charged)
    )
    return Letter(
        id=f"{kind}-{on}",
        customer=of.customer.id,
        kind=kind,
        language="sv",
        subject="",
        body="Hej",
        made=on,
        level=ladder(business).last + 1 if kind in LEGAL else level,
        claims=claims(of),
        charges=charges,
        pay_by=said.pay_by,
        next_step=said.step,
        next_day=said.day,
        state="sent",
        approved_by=ASA,
        approved_at=noon(on),
        sent_at=noon(on),
        sent_day=on,
    )


def after(letter: Letter, of: Case) -> Case:
    """The case once a letter has gone out."""
    return replace(of, letters=(*of.letters, letter))
