"""A claim, whose money and what else came about it, and a year of that, for the tests of the replay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.cases import Case
from bot.ladder import ladder, opening
from bot.payments import Payment
from bot.replay import Facts
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, invoice, kr

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DUE = date(2026, 3, 2)
"""A Monday."""
CLAIM = invoice(BYGG_OCH_BETONG, "2042", "18400.00", DUE, "20420")
DAY = timedelta(days=1)
STRICT = replace(ASAS_BAGERI, final_notice=True)


def bygg(*payments: Payment) -> Case:
    return Case(customer=BYGG_OCH_BETONG, invoices=(CLAIM,), payments=payments)


def money(day: date, amount: str = "18400.00") -> Payment:
    return Payment(id=f"{day}{amount}", customer=CLAIM.customer, invoice=CLAIM.id, day=day, amount=kr(amount))


def facts(*cases: Case, first: date = FIRST, last: date = LAST) -> Facts:
    return Facts(business=STRICT, cases=cases, first=first, last=last)


FIRST_LETTER = opening(CLAIM, (), ladder(STRICT), "SE")
"""The morning on which the first letter about the claim opens."""
