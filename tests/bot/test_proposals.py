"""Proposals: what an answer seems to mean, with its figures, the likeliest reading first."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from bot.disputes import Reason
from bot.hearing import Hearing, Intent, Offered, Terms
from bot.money import Money
from bot.proposals import MEANS, MOST, Proposal, about, proposals
from bot.replies import MEANINGS
from tests.cast import CAFE_NORRSKEN, invoice, kr

TODAY, FRIDAY, LATER = date(2026, 11, 24), date(2026, 11, 27), date(2026, 12, 15)
OWED = kr("4125.50")


def read(
    *intents: Intent,
    promised: tuple[Offered, ...] = (),
    quotes: tuple[tuple[Intent, str], ...] = (),
    plan: Terms | None = None,
    reason: Reason | None = None,
) -> tuple[Proposal, ...]:
    heard = Hearing(intents=intents, promised=promised, quotes=quotes, plan=plan, reason=reason)
    return proposals(heard, OWED, TODAY)


def test_every_intent_means_something_that_can_be_chosen() -> None:
    assert set(MEANS) == set(get_args(Intent)) and set(MEANS.values()) <= set(MEANINGS)


def test_a_promise_is_proposed_with_its_day_and_amount() -> None:
    (found,) = read("promise_to_pay", promised=(Offered(day=FRIDAY, amount=kr("1500")),))
    assert (found.meaning, found.day, found.amount) == ("promise", FRIDAY, kr("1500"))


def test_the_sentence_it_relies_on_comes_along() -> None:
    quotes: tuple[tuple[Intent, str], ...] = (
        ("promise_to_pay", "Vi betalar på fredag."),
        ("promise_to_pay", "Lovar!"),
    )
    (found,) = read("promise_to_pay", quotes=quotes)
    assert found.quote == "Vi betalar på fredag."


def test_all_that_is_owed_is_promised_without_an_amount() -> None:
    (found,) = read("promise_to_pay", promised=(Offered(day=FRIDAY, amount=OWED),))
    assert found.amount is None


def test_a_day_that_has_passed_since_the_answer_came_is_not_proposed() -> None:
    (found,) = read("promise_to_pay", promised=(Offered(day=date(2026, 11, 23)),))
    assert found.day is None


@pytest.mark.parametrize("rest", [None, kr("3125.50")])
def test_some_now_and_the_rest_later_is_a_plan_of_two_parts(rest: Money | None) -> None:
    said = (Offered(day=LATER, amount=rest), Offered(day=TODAY, amount=kr("1000")))
    (found,) = read("partial_payment", "promise_to_pay", promised=said)
    assert found.meaning == "plan" and [o.day for o in found.parts] == [TODAY, LATER]


@pytest.mark.parametrize(
    "said",
    [
        (Offered(day=TODAY, amount=kr("1000")), Offered(day=LATER, amount=kr("1000"))),
        (Offered(day=TODAY), Offered(day=LATER)),
        (Offered(day=TODAY, amount=kr("1000")), Offered()),
    ],
)
def test_payments_that_do_not_come_to_all_of_it_are_a_promise_of_the_first(said: tuple[Offered, ...]) -> None:
    (found,) = read("partial_payment", "promise_to_pay", promised=said)
    assert (found.meaning, found.day, found.amount) == ("promise", TODAY, said[0].amount)


@pytest.mark.parametrize("asks", ["extension_request", "promise_to_pay"])
def test_who_asks_time_for_the_rest_is_offered_both_payments_and_no_deferral_of_all(asks: Intent) -> None:
    said = (Offered(day=FRIDAY, amount=kr("1500")), Offered(day=LATER))
    (found,) = read(asks, "partial_payment", promised=said)
    assert found.meaning == "plan" and found.parts == said


def test_a_part_for_which_they_ask_a_day_is_a_promise_of_that_part() -> None:
    (found,) = read("extension_request", promised=(Offered(day=FRIDAY, amount=kr("1500")),))
    assert (found.meaning, found.day, found.amount) == ("promise", FRIDAY, kr("1500"))


def test_a_part_of_which_nothing_is_to_come_has_been_paid() -> None:
    assert [each.meaning for each in read("partial_payment")] == ["paid"]


def test_a_plan_is_proposed_on_the_terms_they_name() -> None:
    terms = Terms(instalments=3, first_day=LATER)
    (found,) = read("plan_request", plan=terms)
    assert (found.meaning, found.terms) == ("plan", terms)


def test_who_names_other_terms_makes_a_counter_offer_and_does_not_only_say_no() -> None:
    terms = Terms(instalments=4)
    (found,) = read("plan_reject", "plan_request", plan=terms)
    assert (found.intent, found.terms) == ("plan_request", terms)
    assert [each.intent for each in read("plan_reject")] == ["plan_reject"]


def test_a_dispute_comes_with_its_reason() -> None:
    (found,) = read("dispute", reason="quality")
    assert (found.meaning, found.reason) == ("dispute", "quality")


def test_two_readings_stand_side_by_side_and_no_more() -> None:
    found = read("dispute", "invoice_copy_request", "callback_request")
    assert [each.meaning for each in found] == ["dispute", "invoice_copy"]
    assert len(found) == MOST


def test_a_word_of_thanks_says_nothing_beside_a_promise() -> None:
    assert [each.meaning for each in read("acknowledgement", "promise_to_pay")] == ["promise"]
    assert [each.meaning for each in read("acknowledgement")] == ["thanks"]


def test_what_says_nothing_known_is_proposed_as_nothing() -> None:
    assert read("unrelated") == ()


def test_an_answer_is_about_the_invoice_it_names_else_about_all() -> None:
    one, other = (invoice(CAFE_NORRSKEN, number, "100", TODAY) for number in ("1058", "1066"))
    assert about("Faktura #1066: den stämmer inte.", (one, other)) == (other,)
    assert about("Det stämmer inte: 10661", (one, other)) == (one, other)
