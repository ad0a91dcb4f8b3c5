"""Claims before the law: what the books know becomes the question; the rest is taken for the debtor."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot import law
from bot.claims import question
from bot.disputes import Dispute
from bot.instalments import propose
from bot.letters import Charge
from bot.money import Money
from bot.payments import Payment
from bot.plans import Plan
from bot.questions import Paid
from tests.bot.owing import DAY, TODAY, after, case, house, owed, wrote

NO = house("NO")


def test_an_unknown_customer_is_answered_as_a_consumer() -> None:
    asked = question(owed("NO", 20), case(owed("NO", 20), kind="unknown"), NO, TODAY)
    assert (asked.debtor, asked.consumer) == ("unknown", True)


def test_terms_nobody_agreed_on_are_not_taken_for_agreed() -> None:
    asked = question(
        owed("SE", 20),
        case(owed("SE", 20)),
        replace(NO, country="SE", terms_agreed=False, fee_agreed=False),
        TODAY,
    )
    assert not asked.debt.due_agreed
    assert not asked.debt.fee_agreed
    assert asked.debt.demanded == owed("SE", 20).issued


def test_money_counts_from_its_day_and_a_credit_note_from_the_start() -> None:
    claim = replace(owed("NO", 20), paid=Money.of("3000", "NOK"))
    of: dict[str, Any] = {"customer": claim.customer, "invoice": claim.id, "day": TODAY - 5 * DAY}
    came = (
        Payment(id="a", amount=Money.of("1000", "NOK"), **of),
        Payment(id="b", amount=Money.of("2000", "NOK"), kind="credit_note", **of),
    )
    debt = question(claim, case(claim, payments=came), NO, TODAY).debt
    assert debt.amount == Money.of("8000", "NOK")
    assert debt.payments == (Paid(TODAY - 5 * DAY, Money.of("1000", "NOK")),)
    assert debt.left(TODAY) == Money.of("7000", "NOK")


def test_money_of_which_no_day_is_known_counts_for_the_debtor() -> None:
    claim = replace(owed("NO", 20), paid=Money.of("3000", "NOK"))
    assert question(claim, case(claim), NO, TODAY).debt.amount == Money.of("7000", "NOK")


def test_only_letters_that_went_out_are_told_and_one_with_a_fee_is_that_for_every_invoice_in_it() -> None:
    first, other = owed("NO", 30), owed("NO", 30, number="2")
    sent = wrote("reminder", case(first, other), NO, TODAY - 10 * DAY)
    sent = replace(sent, charges=(Charge("fee", first.id, Money.of("38", "NOK")),))
    known = case(first, other, letters=(sent, replace(sent, id="draft", state="draft")))
    for claim in (first, other):
        (told,) = question(claim, known, NO, TODAY).letters
        assert (told.sent, told.deadline, told.fee) == (sent.went_on, sent.pay_by, Decimal(38))


def test_a_final_notice_is_told_as_one() -> None:
    known = case(owed("SE", 40))
    known = after(wrote("final_notice", known, house("SE"), TODAY - 10 * DAY), known)
    assert question(owed("SE", 40), known, house("SE"), TODAY).letters[0].kind == "final_notice"


def test_what_is_contested_stops_the_claim_or_where_the_law_has_it_a_part() -> None:
    claim = owed("SE", 20)
    whole = Dispute(id="d", customer=claim.customer, invoice=claim.id, opened=TODAY)
    part = replace(whole, part=Money.of("400", "SEK"))
    assert law.ask(question(claim, case(claim, disputes=(whole,)), house("SE"), TODAY)).refusals == (
        "disputed",
    )
    told = law.ask(question(claim, case(claim, disputes=(part,)), house("SE"), TODAY))
    assert told.refusals == ("disputed_part",)
    assert told.owed.claimable == Money.of("9600", "SEK")
    settled = replace(whole, closed=TODAY)
    assert not question(claim, case(claim, disputes=(settled,)), house("SE"), TODAY).disputed


def test_a_plan_in_good_standing_stops_the_claim_and_acknowledges_it() -> None:
    claim = owed("NO", 20)
    parts = propose([claim.amount], 2, TODAY + 5 * DAY, "NO")
    plan = Plan(
        id="p",
        customer=claim.customer,
        invoices=(claim.id,),
        instalments=parts,
        agreed=TODAY - DAY,
        agreed_by="Åsa",
    )
    asked = question(claim, case(claim, plans=(plan,)), NO, TODAY)
    assert (asked.plan_kept, asked.acknowledged) == (True, TODAY - DAY)
    assert law.ask(asked).refusals == ("plan_kept",)


def test_what_was_handed_over_is_left_alone() -> None:
    claim = replace(owed("NO", 20), state="handed_over")
    assert law.ask(question(claim, case(claim), NO, TODAY)).refusals == ("handed_over",)
