"""What a language model's opinion of an answer may change, and who has allowed that it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from bot.hearing import Hearing, Intent, Offered, Terms
from bot.model import INTENTS, allowed, beyond, is_allowed, may_ask, merged, nobody
from bot.model import Question as Asked
from bot.money import Money
from tests.cast import ASAS_BAGERI

FRIDAY = date(2026, 11, 27)
CLOUD, HERE = "https://models.example/v1", "http://127.0.0.1:11434/v1"
PROMISE = Hearing(
    intents=("promise_to_pay",),
    quotes=(("promise_to_pay", "Jeg betaler 500 kr på fredag."),),
    promised=(Offered(day=FRIDAY, amount=Money(50000, "NOK")),),
)

intents = st.lists(st.sampled_from(INTENTS), min_size=1, max_size=4, unique=True).map(tuple)
offers = st.builds(Offered, day=st.none() | st.just(FRIDAY), amount=st.none() | st.just(Money(50000, "NOK")))
hearings = st.builds(
    Hearing,
    intents=intents,
    promised=st.lists(offers, max_size=2).map(tuple),
    plan=st.none() | st.builds(Terms, first_day=st.none() | st.just(FRIDAY)),
    unsure=st.sampled_from(["", "a day that cannot be read"]),
)


@given(hearings, st.lists(st.sampled_from(INTENTS)))
def test_an_opinion_never_takes_a_reason_to_stop_or_to_read_away(
    heard: Hearing, opinion: list[Intent]
) -> None:
    after = merged(heard, opinion)
    assert after.stops >= heard.stops
    assert after.pauses >= heard.pauses
    assert after.needs_person >= heard.needs_person
    assert set(after.intents) >= set(heard.intents)


@given(hearings, st.lists(st.sampled_from(INTENTS)))
def test_an_opinion_changes_nothing_but_what_an_answer_is_also_about(
    heard: Hearing, opinion: list[Intent]
) -> None:
    after = merged(heard, opinion)
    assert replace(after, intents=heard.intents) == heard
    assert after.primary == heard.primary


def test_a_dispute_that_only_the_model_sees_stops_everything() -> None:
    after = merged(PROMISE, ["dispute"])
    assert after.stops and after.needs_person and after.reason is None and after.quiet_until is None


def test_a_promise_that_only_the_model_sees_is_shown_and_counts_for_nothing() -> None:
    contested = Hearing(intents=("dispute",))
    assert beyond(contested, ["promise_to_pay", "dispute"]) == ("promise_to_pay",)
    assert merged(contested, ["promise_to_pay"]) == contested


def test_what_is_no_intent_is_no_opinion() -> None:
    invented = cast(list[Intent], ["write_off_everything", "dispute"])
    assert beyond(PROMISE, invented) == ("dispute",)
    assert merged(PROMISE, invented[:1]) == PROMISE


def test_no_business_asks_a_model_before_it_wants_to_and_there_is_one() -> None:
    wants = replace(ASAS_BAGERI, model=True)
    assert not may_ask(ASAS_BAGERI, CLOUD)
    assert not may_ask(wants, "")
    assert not may_ask(replace(wants, example=True), CLOUD)
    assert may_ask(wants, CLOUD)


def test_a_yes_holds_for_one_purpose_and_one_place() -> None:
    after = allowed(ASAS_BAGERI, "rephrase", HERE)
    assert is_allowed(after, "rephrase", HERE)
    assert not is_allowed(after, "read", HERE)
    assert not is_allowed(after, "rephrase", CLOUD)
    assert allowed(after, "rephrase", HERE) == after


def test_where_no_model_is_set_up_nobody_answers() -> None:
    assert nobody(Asked(purpose="read", rules="", data="")).trouble == "unreachable"
