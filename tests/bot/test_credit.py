"""Credit: where money goes that lies on no invoice, and that none of it is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot import cases, credit
from bot.cases import Case, Pause
from bot.credit import Credit
from bot.disputes import Dispute
from bot.invoices import outstanding
from bot.money import Money, totals
from bot.payments import Payment
from bot.reminders import next_step
from tests.cast import ASAS_BAGERI, CAFE_NORRSKEN, invoice, kr

TODAY = date(2026, 11, 24)
OLD = invoice(CAFE_NORRSKEN, "1", "1000", TODAY - timedelta(days=30))
NEW = invoice(CAFE_NORRSKEN, "2", "250", TODAY - timedelta(days=10))
CASE = Case(customer=CAFE_NORRSKEN, invoices=(OLD, NEW), credit=(kr("300"),))


def held(amount: Money, at: int = 0, key: str = "") -> Payment:
    day = TODAY - timedelta(days=40)
    return Payment(id=f"p{at}", customer=CAFE_NORRSKEN.id, invoice="", day=day, amount=amount, key=key)


def names() -> Callable[[], str]:
    fresh = count()
    return lambda: f"new{next(fresh)}"


def waiting(case: Case) -> Credit | None:
    return credit.waiting(case, cases.standing(case, TODAY, ASAS_BAGERI.country))


def test_who_is_in_credit_is_put_before_the_owner_and_not_asked() -> None:
    step = next_step(CASE, ASAS_BAGERI, TODAY)
    assert (step.kind, step.claims, step.needs_owner) == ("credit", (), True)
    assert step.facts["credit"] == Credit((kr("300"),), (OLD, NEW))


def test_credit_waits_in_silence_while_the_customer_is_left_alone_anyway() -> None:
    paused = replace(CASE, pauses=(Pause(id="1", until=TODAY + timedelta(days=3), made=TODAY),))
    assert waiting(paused) is None
    assert next_step(paused, ASAS_BAGERI, TODAY).why == "pause"


def test_credit_in_a_currency_in_which_nothing_is_late_stands_in_nobodys_way() -> None:
    euros = replace(CASE, credit=(Money.of("300", "EUR"),))
    assert waiting(euros) is None
    assert next_step(euros, ASAS_BAGERI, TODAY).kind == "reminder"


def test_what_is_contested_of_an_invoice_is_not_paid_with_money_in_credit() -> None:
    contested = Dispute(id="d", customer=CAFE_NORRSKEN.id, invoice=OLD.id, opened=TODAY, part=kr("900"))
    found = waiting(replace(CASE, disputes=(contested,)))
    assert found
    ((_, parts),) = credit.lay(found, [held(kr("300"))], names())
    assert [(p.invoice, p.amount) for p in parts] == [(OLD.id, kr("100")), (NEW.id, kr("200"))]


def test_the_oldest_invoice_is_paid_first_and_the_rest_stays_in_credit() -> None:
    every = Credit((kr("1300"),), (NEW, OLD))
    ((_, parts),) = credit.lay(every, [held(kr("1300"), key="bank:7:1")], names())
    assert [(p.invoice, p.amount) for p in parts] == [
        (OLD.id, kr("1000")),
        (NEW.id, kr("250")),
        ("", kr("50")),
    ]


def test_the_parts_of_what_a_bank_told_of_are_known_by_its_name_each_once() -> None:
    ((_, parts),) = credit.lay(Credit((kr("1300"),), (OLD, NEW)), [held(kr("1300"), key="bank:7:1")], names())
    assert all(p.key.startswith("bank:7:") for p in parts)
    assert len({p.key for p in parts}) == len({p.id for p in parts}) == 3


def test_what_was_paid_back_is_not_used_again() -> None:
    came = [held(kr("100"), 1), held(kr("-100"), 2), held(kr("40"), 3)]
    laid = credit.lay(Credit((kr("40"),), (OLD,)), came, names())
    assert [(p.id, [(q.invoice, q.amount) for q in parts]) for p, parts in laid] == [
        ("p3", [(OLD.id, kr("40"))])
    ]


amounts = st.lists(st.integers(1, 200_000), min_size=1, max_size=5)


@given(amounts, st.integers(0, 200_000), amounts)
def test_no_money_is_made_or_lost_and_no_invoice_is_paid_beyond_what_is_left(
    came: list[int], gone: int, owed: list[int]
) -> None:
    payments = [held(Money(minor, "SEK"), at) for at, minor in enumerate(came)]
    left = sum(came) - min(gone, sum(came) - 1)
    payments.append(held(Money(left - sum(came), "SEK"), len(came)))
    invoices = tuple(replace(OLD, id=str(at), amount=Money(minor, "SEK")) for at, minor in enumerate(owed))
    laid = credit.lay(Credit((Money(left, "SEK"),), invoices), payments, names())
    assert all(totals(q.amount for q in parts) == (p.amount,) for p, parts in laid)
    on = {i.id: [q.amount for _, parts in laid for q in parts if q.invoice == i.id] for i in invoices}
    assert all(sum(m.minor for m in on[i.id]) <= outstanding(i).minor for i in invoices)
    used = sum(m.minor for each in on.values() for m in each)
    assert used == min(left, sum(owed))


@given(amounts, st.integers(0, 200_000))
def test_a_credit_that_is_settled_leaves_nothing(came: list[int], gone: int) -> None:
    payments = [held(Money(minor, "SEK"), at) for at, minor in enumerate(came)]
    left = Money(sum(came) - min(gone, sum(came) - 1), "SEK")
    ends = credit.ended([left], payments, TODAY, names())
    assert totals(e.amount for e in ends) == (-left,)
    assert all(e.day == TODAY and not e.invoice for e in ends)
