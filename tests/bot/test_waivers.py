"""Waivers: what was asked for beyond the invoices, let off once, and never more than was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot import waivers
from bot.cases import Case
from bot.errors import Refusal
from bot.letters import Charge, Letter
from bot.money import Money
from tests.cast import BYGG_OCH_BETONG, CAFE_NORRSKEN, invoice, kr, reminder, settled

TODAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
DUE = TODAY - timedelta(days=20)
FIRST, SECOND = (invoice(CAFE_NORRSKEN, number, "900", DUE) for number in ("1", "2"))
FEE = Charge("fee", FIRST.id, kr("60"))
INTEREST = Charge("interest", SECOND.id, kr("4.50"))


def charged(*charges: Charge, day: date = TODAY - timedelta(days=5)) -> Letter:
    """A reminder of both invoices that asked for these charges besides."""
    both = (*reminder(FIRST, 1, day).claims, *reminder(SECOND, 1, day).claims)
    return replace(reminder(FIRST, 1, day), id=str(day), claims=both, charges=charges)


def owing(*letters: Letter) -> Case:
    return Case(customer=CAFE_NORRSKEN, invoices=(FIRST, SECOND), letters=letters)


def test_the_latest_letter_says_what_was_asked_for_and_an_earlier_one_no_more() -> None:
    earlier = charged(FEE, day=TODAY - timedelta(days=15))
    assert waivers.asked(owing(earlier, charged(FEE, INTEREST))) == (FEE, INTEREST)
    assert waivers.asked(owing(earlier, replace(charged(INTEREST), state="withdrawn"))) == (FEE,)
    assert waivers.asked(owing(charged())) == ()


def test_only_what_was_asked_on_the_invoices_named_counts() -> None:
    case = owing(charged(FEE, INTEREST))
    assert waivers.asked(case, {SECOND.id}) == (INTEREST,)
    assert waivers.asked(replace(case, invoices=(settled(FIRST, TODAY), SECOND))) == (INTEREST,)


def test_an_offer_is_about_every_invoice_of_the_letter_and_drops_all_that_it_asked_beyond() -> None:
    other = invoice(CAFE_NORRSKEN, "3", "70", DUE)
    case = replace(owing(charged(FEE, INTEREST)), invoices=(FIRST, SECOND, other))
    offered = waivers.offer("w", case, FRIDAY, TODAY)
    assert (offered.kind, offered.state, offered.day) == ("waiver", "open", FRIDAY)
    assert [c.invoice for c in offered.claims] == [FIRST.id, SECOND.id]
    assert offered.drops == kr("64.50")


def test_being_let_off_at_once_takes_nothing_and_is_done() -> None:
    given = waivers.give("w", owing(charged(FEE)), TODAY)
    assert (given.state, given.day, given.amount, given.drops) == ("kept", TODAY, kr("0"), kr("60"))


def test_nobody_is_let_off_the_same_twice() -> None:
    case = owing(charged(FEE))
    case = replace(case, promises=(waivers.give("w", case, TODAY),))
    assert waivers.asked(case) == ()
    with pytest.raises(Refusal, match="nothing_to_waive"):
        waivers.offer("again", case, FRIDAY, TODAY)


def test_what_is_asked_after_somebody_was_let_off_can_be_let_off_anew() -> None:
    case = owing(charged(FEE))
    given = replace(waivers.give("w", case, TODAY), made=TODAY - timedelta(days=5))
    later = charged(INTEREST, day=TODAY - timedelta(days=4))
    assert waivers.asked(replace(case, letters=(*case.letters, later), promises=(given,))) == (INTEREST,)


def test_an_offer_that_is_still_open_may_be_made_anew() -> None:
    case = owing(charged(FEE))
    case = replace(case, promises=(waivers.offer("w", case, TODAY, TODAY),))
    assert waivers.offer("longer", case, FRIDAY, TODAY).drops == kr("60")


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY + timedelta(days=181)])
def test_an_offer_ends_on_a_day_that_can_be(until: date) -> None:
    with pytest.raises(Refusal, match="day_"):
        waivers.offer("w", owing(charged(FEE)), until, TODAY)


def test_what_is_owed_in_another_currency_is_asked_for_whole() -> None:
    foreign = replace(SECOND, amount=Money.of("900", "EUR"), paid=Money(0, "EUR"))
    case = replace(owing(charged(FEE)), invoices=(FIRST, foreign))
    offered = waivers.offer("w", case, FRIDAY, TODAY)
    assert [c.amount for c in offered.claims] == [kr("900"), Money.of("900", "EUR")]


def test_who_was_asked_for_nothing_beyond_has_nothing_to_be_let_off() -> None:
    with pytest.raises(Refusal, match="nothing_to_waive") as refused:
        waivers.give("w", Case(customer=BYGG_OCH_BETONG), TODAY)
    assert refused.value.facts["customer"] == BYGG_OCH_BETONG.name


def test_the_very_sum_that_was_asked_is_meant_for_the_invoices_of_that_letter() -> None:
    other = invoice(CAFE_NORRSKEN, "0", "70", DUE - timedelta(days=1))
    case = replace(owing(charged(FEE)), invoices=(other, FIRST, SECOND))
    assert waivers.paid_for(kr("1860"), case, case.invoices) == [FIRST, SECOND]
    assert waivers.paid_for(kr("1800"), case, case.invoices) == case.invoices
    assert waivers.paid_for(kr("900"), owing(), (FIRST, SECOND)) == (FIRST, SECOND)


@pytest.mark.parametrize("amount", ["1800.01", "1860", "1864.50"])
def test_money_beyond_the_invoices_is_taken_up_to_what_was_asked(amount: str) -> None:
    case = owing(charged(FEE, INTEREST))
    assert waivers.beyond(kr(amount), case.invoices, case) == kr(amount) - kr("1800")


def test_money_above_all_that_was_asked_is_refused_with_what_is_too_much() -> None:
    case = owing(charged(FEE))
    with pytest.raises(Refusal, match="paid_too_much") as refused:
        waivers.beyond(kr("1870"), case.invoices, case)
    assert refused.value.facts["over"] == kr("10")


def test_what_was_asked_on_another_invoice_is_not_paid_with_this_one() -> None:
    case = owing(charged(FEE))
    with pytest.raises(Refusal, match="paid_too_much"):
        waivers.beyond(kr("960"), [SECOND], case)
