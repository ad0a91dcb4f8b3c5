"""Cases: what keeps us silent, and what may be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import cases, disputes, plans, promises
from bot.cases import Case, Pause
from bot.countries import codes
from bot.disputes import Dispute
from bot.instalments import propose
from bot.invoices import Invoice, is_open, outstanding
from bot.letters import Claim
from bot.money import Money
from bot.payments import Payment
from bot.plans import Plan
from bot.promises import Promise
from bot.replies import Reply
from tests.cast import ASA, BYGG_OCH_BETONG, IBAN, blomman, bygg, invoice, kr, mogens, noon, reminder, settled

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
CLAIM = invoice(BYGG_OCH_BETONG, "1", "1000", TODAY - 20 * DAY)
OTHER = invoice(BYGG_OCH_BETONG, "2", "250", TODAY - 10 * DAY)
CASE = Case(customer=BYGG_OCH_BETONG, invoices=(CLAIM, OTHER))
OF: dict[str, Any] = {"id": "x", "customer": BYGG_OCH_BETONG.id}
REPLY = Reply(**OF, text="Vad gäller det?", at=noon(TODAY))
PENDING = replace(reminder(CLAIM, 1, TODAY), state="approved", sent_at=None)
PROMISE = Promise(**OF, day=TODAY + DAY, made=TODAY)
PAUSE = Pause(id="x", customer=BYGG_OCH_BETONG.id, until=TODAY + DAY, made=TODAY)
PLAN = Plan(
    **OF,
    invoices=(CLAIM.id,),
    instalments=propose([CLAIM.amount], 2, TODAY, "SE"),
    agreed=TODAY,
    agreed_by=ASA,
)


def asked(case: Case, today: date = TODAY) -> set[str]:
    return {c.invoice for c in cases.claims(case, today, "SE")}


def kinds(case: Case, today: date = TODAY) -> list[str]:
    return [b.kind for b in cases.blocks(case, today, "SE")]


def test_all_that_is_late_is_asked_for_together() -> None:
    assert cases.claims(CASE, TODAY, "SE") == tuple(Claim(i.id, i.amount) for i in (CLAIM, OTHER))


WHOLE: dict[str, dict[str, Any]] = {
    "no_contact": {"customer": replace(BYGG_OCH_BETONG, no_contact=True)},
    "mine": {"customer": replace(BYGG_OCH_BETONG, mine=True)},
    "bankrupt": {"customer": replace(BYGG_OCH_BETONG, standing="bankrupt")},
    "restructuring": {"customer": replace(BYGG_OCH_BETONG, standing="restructuring")},
    "dissolved": {"customer": replace(BYGG_OCH_BETONG, standing="dissolved")},
    "reply": {"replies": (REPLY,)},
    "letter_pending": {"letters": (PENDING,)},
    "promise": {"promises": (PROMISE,)},
    "deferral": {"promises": (replace(PROMISE, kind="deferral"),)},
    "pause": {"pauses": (PAUSE,)},
}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_holds_the_customer_holds_every_claim(kind: str) -> None:
    held = replace(CASE, **WHOLE[kind])
    assert kinds(held) == [kind] and asked(held) == set()


def test_a_pause_of_everything_holds_this_customer_too() -> None:
    assert asked(replace(CASE, pauses=(replace(PAUSE, customer=""),))) == set()


ONE: dict[str, Callable[[], Case]] = {
    "parked": lambda: replace(CASE, invoices=(replace(CLAIM, parked=True), OTHER)),
    "handed_over": lambda: replace(CASE, invoices=(replace(CLAIM, state="handed_over"), OTHER)),
    "dispute": lambda: replace(CASE, disputes=(Dispute(**OF, invoice=CLAIM.id, opened=TODAY),)),
    "plan": lambda: replace(CASE, plans=(PLAN,)),
    "pause": lambda: replace(CASE, pauses=(replace(PAUSE, customer="", invoice=CLAIM.id),)),
}


@pytest.mark.parametrize("kind", ONE)
def test_what_holds_one_claim_leaves_the_other(kind: str) -> None:
    held = ONE[kind]()
    assert kinds(held) == [kind] and asked(held) == {OTHER.id}


def test_only_the_part_that_is_not_contested_is_asked_for() -> None:
    part = Dispute(**OF, invoice=CLAIM.id, opened=TODAY, part=kr("400"))
    found = cases.claims(replace(CASE, disputes=(part,)), TODAY, "SE")
    assert [c.amount for c in found] == [kr("600"), kr("250")]


def test_a_read_answer_and_a_sent_letter_hold_nothing() -> None:
    case = replace(CASE, replies=(replace(REPLY, meaning="other"),), letters=(reminder(CLAIM, 1, TODAY),))
    assert kinds(case) == []


def test_a_pause_and_a_promise_end_by_themselves() -> None:
    held = replace(CASE, pauses=(PAUSE,), promises=(PROMISE,))
    assert kinds(held, TODAY + DAY) == ["promise"]
    assert kinds(held, TODAY + 2 * DAY) == []


def test_only_a_pause_of_the_customer_or_of_everything_pauses_the_customer() -> None:
    one = replace(CASE, pauses=(replace(PAUSE, customer="", invoice=CLAIM.id),))
    assert not cases.is_paused(one, TODAY)
    assert cases.is_paused(replace(CASE, pauses=(PAUSE,)), TODAY)
    assert not cases.is_paused(replace(CASE, pauses=(PAUSE,)), PAUSE.until)


def test_nobody_in_credit_is_asked_for_anything_before_that_money_has_its_place() -> None:
    assert asked(replace(CASE, credit=(kr("1250"),))) == set()
    assert asked(replace(CASE, credit=(kr("0.01"),))) == set()


def test_an_old_debt_at_rest_does_not_make_credit_too_small() -> None:
    case = replace(CASE, invoices=(replace(CLAIM, parked=True), OTHER), credit=(kr("250"),))
    assert asked(case) == set()


def test_credit_in_kronor_leaves_the_claim_in_euros() -> None:
    euros = replace(OTHER, amount=Money.of("90", "EUR"), paid=Money.of("0", "EUR"))
    case = replace(CASE, invoices=(CLAIM, euros), credit=(kr("1000"),))
    assert asked(case) == {euros.id}


def test_due_on_a_saturday_is_not_late_on_monday_in_sweden() -> None:
    case = replace(CASE, invoices=(replace(CLAIM, due=TODAY - 2 * DAY),))
    assert cases.late(case, TODAY, "SE") == () and len(cases.late(case, TODAY, "NO")) == 1


def test_the_cast_is_asked_for_what_its_stories_say() -> None:
    assert asked(bygg(TODAY)) == {"bygg-2042"}
    assert asked(blomman(TODAY)) == asked(mogens(TODAY)) == set()
    assert IBAN in {i.account for i in mogens(TODAY).invoices}


def test_paid_in_full_is_neither_blocked_nor_asked_for() -> None:
    paid = replace(CASE, invoices=(settled(replace(CLAIM, parked=True), TODAY),))
    assert kinds(paid) == [] and asked(paid) == set()


near = st.dates(TODAY - 90 * DAY, TODAY + 30 * DAY)
moneys = st.builds(Money, st.integers(0, 2000), st.sampled_from(["SEK", "EUR"]))


@st.composite
def invoices_(draw: st.DrawFn, number: int) -> Invoice:
    amount = draw(moneys)
    return replace(
        CLAIM,
        id=str(number),
        number=str(number),
        amount=amount,
        paid=Money(draw(st.integers(0, 2500)) if draw(st.booleans()) else 0, amount.currency),
        due=draw(st.none() | near),
        state=draw(st.sampled_from(["open", "open", "written_off", "handed_over"])),
        parked=draw(st.sampled_from([False, False, True])),
    )


def few(each: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.just(()) | st.lists(each, max_size=2).map(tuple)


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    owed = tuple(draw(invoices_(n)) for n in range(draw(st.integers(1, 3))))
    one = st.sampled_from([i.id for i in owed])
    contested = few(
        st.builds(
            lambda i, part, closed: Dispute(**OF, invoice=i.id, opened=TODAY, part=part, closed=closed),
            st.sampled_from(owed),
            st.none() | st.integers(1, 2000).map(lambda n: Money(n, "SEK")),
            st.none() | near,
        )
    )
    return Case(
        customer=draw(
            st.builds(replace, st.just(BYGG_OCH_BETONG), mine=st.sampled_from([False, False, True]))
        ),
        invoices=owed,
        replies=draw(few(st.sampled_from([REPLY, replace(REPLY, meaning="other")]))),
        promises=draw(few(st.builds(lambda d: replace(PROMISE, day=d), near))),
        pauses=draw(few(st.builds(lambda i, d: replace(PAUSE, customer="", invoice=i, until=d), one, near))),
        plans=draw(few(st.builds(lambda i: replace(PLAN, invoices=(i,)), one))),
        disputes=tuple(
            d for d in draw(contested) if not d.part or owed[int(d.invoice)].amount.currency == "SEK"
        ),
        credit=draw(few(moneys)),
    )


@given(any_case(), st.sampled_from(codes()))
def test_no_claim_is_ever_asked_for_that_is_paid_blocked_or_contested(case: Case, code: str) -> None:
    by_id = {i.id: i for i in case.invoices}
    silent = {b.invoice for b in cases.blocks(case, TODAY, code)}
    found = cases.claims(case, TODAY, code)
    assert len({c.invoice for c in found}) == len(found)
    for claim in found:
        owed = by_id[claim.invoice]
        assert is_open(owed) and owed.due and owed.due < TODAY and not owed.parked and owed.state == "open"
        assert 0 < claim.amount.minor <= outstanding(owed).minor
        assert claim.amount == disputes.undisputed(owed, case.disputes)
        assert not silent & {"", owed.id}
    if found:
        assert not case.customer.mine and not any(r.unread for r in case.replies)
        assert not any(promises.holds(p, TODAY, code) for p in case.promises)


@given(any_case(), st.sampled_from(codes()))
def test_a_plan_in_good_standing_is_never_asked_for(case: Case, code: str) -> None:
    found = {c.invoice for c in cases.claims(case, TODAY, code)}
    for plan in case.plans:
        came = plans.received(plan, case.invoices, case.disputes)
        assert not plans.in_good_standing(plan, came, TODAY, code) or not found & set(plan.invoices)


def test_a_pause_asks_when_its_day_has_come_until_something_was_done_since() -> None:
    pause = Pause(id="p", customer=BYGG_OCH_BETONG.id, until=TODAY, made=TODAY - timedelta(days=7))
    case = replace(CASE, pauses=(pause,))
    assert cases.pause_over(case, TODAY - timedelta(days=1)) is None
    assert cases.pause_over(case, TODAY + timedelta(days=1)) == pause
    again = replace(pause, id="q", until=TODAY + timedelta(days=9), made=TODAY)
    assert cases.pause_over(replace(case, pauses=(pause, again)), TODAY + timedelta(days=1)) is None


def paid(ident: str, day: date, amount: str, **more: Any) -> Payment:
    return Payment(
        id=ident, customer=BYGG_OCH_BETONG.id, invoice=CLAIM.id, day=day, amount=kr(amount), **more
    )


def test_an_answer_about_money_names_what_is_owed_else_what_was_paid_last() -> None:
    came = (
        paid("1", TODAY - 9 * DAY, "100"),
        paid("2", TODAY - 3 * DAY, "300"),
        paid("3", TODAY - 3 * DAY, "-300"),
        paid("4", TODAY, "50", kind="credit_note"),
    )
    assert cases.at_issue(replace(CASE, payments=came)) == cases.owed(CASE)
    gone = replace(CASE, invoices=(), payments=came)
    assert cases.last_paid(gone) == came[1]
    assert cases.at_issue(gone) == (Claim(CLAIM.id, kr("300")),)
    assert cases.at_issue(replace(gone, payments=came[3:])) == ()


def test_of_several_plans_only_the_missed_is_given_up_and_all_where_none_was() -> None:
    missed = replace(PLAN, instalments=propose([kr("1000")], 2, TODAY - 10 * DAY, "SE"), id="missed")
    kept = replace(
        PLAN, instalments=propose([kr("250")], 2, TODAY + DAY, "SE"), id="kept", invoices=(OTHER.id,)
    )
    case = replace(CASE, plans=(missed, kept, replace(kept, id="over", state="withdrawn")))
    assert [p.id for p in cases.given_up(case, TODAY, "SE")] == ["missed"]
    assert [p.id for p in cases.given_up(replace(case, plans=(kept,)), TODAY, "SE")] == ["kept"]
