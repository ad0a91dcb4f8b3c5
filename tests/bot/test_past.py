"""The past: what was known on a morning, and nothing of what came since."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta

from bot import past
from bot.cases import Case, Pause
from bot.disputes import Dispute
from bot.letters import Claim
from bot.payments import Payment
from bot.promises import Promise
from bot.replies import Call, Reply
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, blomman, invoice, kr, noon
from tests.year.facts import facts
from tests.year.making import town

DUE = date(2026, 3, 2)
"""A Monday."""
CLAIM = invoice(BYGG_OCH_BETONG, "2042", "18400.00", DUE)
DAY = timedelta(days=1)


def money(day: date, amount: str = "18400.00", on: str = CLAIM.id) -> Payment:
    return Payment(id=f"{day}{amount}{on}", customer=CLAIM.customer, invoice=on, day=day, amount=kr(amount))


def known(day: date, case: Case) -> Case:
    return past.known(case, day, ASAS_BAGERI)


def about(*payments: Payment) -> Case:
    return Case(customer=BYGG_OCH_BETONG, invoices=(CLAIM,), payments=payments)


def test_money_is_known_the_morning_after_it_came() -> None:
    case = about(money(DUE))
    assert known(DUE, case).invoices[0].paid == kr("0")
    (then,) = known(DUE + DAY, case).invoices
    assert (then.paid, then.settled) == (CLAIM.amount, DUE)


def test_what_a_credit_note_ended_was_never_paid_late() -> None:
    note = replace(money(DUE + 50 * DAY, "400.00"), kind="credit_note")
    (then,) = known(DUE + 60 * DAY, about(money(DUE, "18000.00"), note)).invoices
    assert (then.paid, then.settled) == (CLAIM.amount, None)
    (then,) = known(DUE + 60 * DAY, about(money(DUE + 55 * DAY, "18000.00"), note)).invoices
    assert then.settled == DUE + 55 * DAY


def test_money_taken_back_is_owed_again_from_the_next_morning() -> None:
    case = about(money(DUE), money(DUE + 3 * DAY, "-18400.00"))
    assert known(DUE + 3 * DAY, case).invoices[0].settled == DUE
    (then,) = known(DUE + 4 * DAY, case).invoices
    assert (then.paid, then.settled) == (kr("0"), None)


def test_money_on_no_invoice_is_credit_once_it_came() -> None:
    case = about(money(DUE, "500.00", on=""))
    assert known(DUE, case).credit == ()
    assert known(DUE + DAY, case).credit == (kr("500.00"),)


def test_an_invoice_is_not_known_before_it_was_issued_and_is_not_parked_by_a_later_import() -> None:
    case = Case(customer=BYGG_OCH_BETONG, invoices=(replace(CLAIM, parked=True),))
    issued = DUE - timedelta(days=30)
    assert known(issued, case).invoices == ()
    assert [i.parked for i in known(issued + DAY, case).invoices] == [False]


def test_an_invoice_is_open_until_the_day_it_was_handed_over() -> None:
    case = Case(customer=BYGG_OCH_BETONG, invoices=(replace(CLAIM, state="handed_over"),))
    left = {CLAIM.id: DUE + 40 * DAY}
    states = [past.known(case, DUE + n * DAY, ASAS_BAGERI, left).invoices[0].state for n in (40, 41)]
    assert states == ["open", "handed_over"]


def test_an_answer_is_unread_on_the_first_bank_morning_after_it_came_and_read_from_then_on() -> None:
    friday = date(2026, 3, 6)
    reply = Reply(id="r", customer=CLAIM.customer, text="Yes", at=noon(friday), meaning="question")
    case = Case(customer=BYGG_OCH_BETONG, replies=(reply,))
    days = (friday, friday + 3 * DAY, friday + 4 * DAY)
    assert [[r.meaning for r in known(day, case).replies] for day in days] == [[], [None], ["question"]]


def test_who_asked_for_no_letters_is_written_to_until_they_asked() -> None:
    reply = Reply(id="r", customer=CLAIM.customer, text="No", at=noon(DUE), meaning="no_contact")
    case = Case(customer=replace(BYGG_OCH_BETONG, no_contact=True), replies=(reply,))
    assert [known(DUE + n * DAY, case).customer.no_contact for n in (0, 1)] == [False, True]
    assert known(DUE, replace(case, replies=())).customer.no_contact


def test_a_bankruptcy_is_known_from_the_day_it_was_declared() -> None:
    case = Case(customer=replace(BYGG_OCH_BETONG, standing="bankrupt", since=DUE))
    assert [known(DUE + n * DAY, case).customer.standing for n in (0, 1)] == ["", "bankrupt"]


def test_a_promise_is_open_until_the_money_came_whatever_is_known_of_it_now() -> None:
    promise = Promise(
        id="p",
        customer=CLAIM.customer,
        day=DUE + 9 * DAY,
        made=DUE + DAY,
        state="kept",
        claims=(Claim(CLAIM.id, CLAIM.amount),),
    )
    case = replace(about(money(DUE + 8 * DAY)), promises=(promise,))
    assert [[p.state for p in known(DUE + n * DAY, case).promises] for n in (1, 2, 9)] == [
        [],
        ["open"],
        ["kept"],
    ]


def test_a_dispute_is_open_until_it_was_closed() -> None:
    dispute = Dispute(
        id="d", customer=CLAIM.customer, invoice=CLAIM.id, opened=DUE, closed=DUE + 5 * DAY, outcome="upheld"
    )
    case = replace(about(), disputes=(dispute,))
    seen = [[d.closed for d in known(DUE + n * DAY, case).disputes] for n in (0, 1, 5, 6)]
    assert seen == [[], [None], [None], [DUE + 5 * DAY]]


def test_calls_and_pauses_are_known_once_they_were_made() -> None:
    call = Call(id="c", customer=CLAIM.customer, day=DUE, outcome="reached")
    case = replace(about(), calls=(call,), pauses=(Pause(id="p", until=DUE + 9 * DAY, made=DUE),))
    assert [(len(k.calls), len(k.pauses)) for k in (known(DUE, case), known(DUE + DAY, case))] == [
        (0, 0),
        (1, 1),
    ]


def test_a_plan_that_broke_later_was_kept_until_then() -> None:
    today = date(2026, 11, 16)
    case = blomman(today)
    plan = replace(case.plans[0], state="in_default")
    then = known(plan.agreed + DAY, replace(case, plans=(plan,)))
    assert [p.state for p in then.plans] == ["active"]
    assert known(plan.agreed, replace(case, plans=(plan,))).plans == ()


def test_between_two_marks_every_morning_knows_the_same() -> None:
    """Held against a whole made-up year, whose cases know of everything that can be known."""
    made = town(3)
    firm = made.firms[0]
    for case in facts(firm, made).cases:
        marks, seen = past.marks(case, firm.business), dict[int, Case]()
        for day in made.days():
            then = past.known(case, day, firm.business)
            assert seen.setdefault(bisect_left(marks, day), then) == then


def test_the_year_is_the_last_one_or_the_last_there_is_anything_of() -> None:
    case, year = about(money(DUE)), past.A_YEAR
    assert CLAIM.issued is not None
    assert past.span([case], DUE + 40 * DAY) == (CLAIM.issued, DUE + 39 * DAY)
    assert past.span([case], DUE + year) == (DUE - DAY, DUE + year - DAY)
    assert past.span([case], DUE + 10 * year) == (CLAIM.issued, DUE + past.AFTERMATH)
    assert past.span([case], CLAIM.issued) is None
    assert past.span([Case(customer=BYGG_OCH_BETONG)], DUE) is None


def test_money_that_a_list_names_no_day_for_is_undated() -> None:
    keys = ("", "bank:1", "books:1042:500", "books:day:1042:500:1")
    assert [past.is_undated(replace(money(DUE), key=key)) for key in keys] == [False, False, True, False]
