"""One debtor under two names: who may be one, who stays, what stands against it, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.cases import Case
from bot.escalations import Escalation
from bot.joining import (
    OF_BOTH,
    Join,
    apart,
    hindrance,
    joined,
    known,
    obstacles,
    ordered,
    parted,
    twins,
)
from bot.ladder import Ladder, level_reached, opening
from bot.letters import Letter
from bot.parties import Contact, Customer
from bot.payments import Payment
from bot.promises import Promise
from bot.replies import Call, Reply
from tests.cast import ASA, BYGG_OCH_BETONG, CAFE_NORRSKEN, blomman, invoice, kr, noon, reminder, settled
from tests.storage.values import values

TODAY = date(2026, 11, 25)
OTHER = Customer(id="other", name="Norrsken AB", number="SE559912 3469", kind="business")
OURS = invoice(CAFE_NORRSKEN, "1", "100", TODAY - timedelta(days=20))
THEIRS = invoice(OTHER, "2", "200", TODAY - timedelta(days=10))
ONE = Case(customer=CAFE_NORRSKEN, invoices=(OURS,))
TWO = Case(customer=OTHER, invoices=(THEIRS,))


def announcing(letter: Letter, days: int = 5) -> Letter:
    return replace(letter, next_step="final_notice", next_day=TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        ({}, True),
        ({"number": "5599123469"}, True),
        ({"number": "559912-3470"}, False),
        ({"number": ""}, False),
        ({"country": "SE"}, True),
        ({"country": "FI"}, False),
        ({"apart": ("norrsken",)}, False),
        ({"id": "norrsken"}, False),
    ],
)
def test_the_same_number_in_the_same_country_is_likely_one_debtor(
    other: dict[str, Any], is_one: bool
) -> None:
    them = replace(OTHER, **other)
    assert bool(twins(CAFE_NORRSKEN, [them], "SE")) == is_one


@pytest.mark.parametrize("number", ["", "12345", "AB-12", "A"])
def test_a_number_too_short_to_tell_a_company_makes_nobody_one(number: str) -> None:
    one, other = (replace(each, number=number) for each in (CAFE_NORRSKEN, OTHER))
    assert twins(one, [other], "SE") == ()


def test_who_is_said_to_be_somebody_else_is_not_asked_about_from_either_side() -> None:
    one, other = apart(CAFE_NORRSKEN, OTHER)
    assert twins(one, [OTHER], "SE") == twins(OTHER, [one], "SE") == ()
    assert apart(one, other) == (one, other)


def test_who_has_more_open_invoices_stays_and_of_two_alike_the_older() -> None:
    paid = replace(TWO, invoices=(settled(THEIRS, TODAY), settled(replace(THEIRS, id="3"), TODAY)))
    assert ordered(paid, ONE) == ordered(ONE, paid) == (ONE, paid)
    more = replace(TWO, invoices=(THEIRS, replace(THEIRS, id="3")))
    assert ordered(ONE, more) == ordered(more, ONE) == (more, ONE)
    assert ordered(TWO, ONE) == ordered(ONE, TWO) == (ONE, TWO)


def test_two_with_nothing_in_the_way_can_be_joined() -> None:
    assert obstacles(ONE, TWO) == ()
    unread = Reply(id="r", customer="other", text="Hej", at=noon(TODAY))
    both = (replace(ONE, replies=(unread,)), replace(TWO, replies=(unread,)))
    assert obstacles(*both) == (), "an answer holds the two as one until it is read"


@pytest.mark.parametrize("state", ["approved", "sending", "unknown"])
def test_a_letter_on_its_way_to_either_is_in_the_way(state: Any) -> None:
    pending = replace(reminder(THEIRS, 1, TODAY), state=state)
    assert obstacles(ONE, replace(TWO, letters=(pending,))) == ("letter",)
    assert obstacles(replace(ONE, letters=(pending,)), TWO) == ("letter",)


def test_an_agreement_with_one_goes_along_and_with_both_is_in_the_way() -> None:
    promised = Promise(id="p", customer="other", day=TODAY, made=TODAY)
    one, two = replace(ONE, plans=blomman(TODAY).plans), replace(TWO, promises=(promised,))
    assert obstacles(ONE, two) == obstacles(one, TWO) == ()
    assert obstacles(one, two) == ("agreement",)
    assert obstacles(one, replace(TWO, promises=(replace(promised, state="kept"),))) == ()


def test_an_open_invoice_that_is_with_both_would_count_twice() -> None:
    same = replace(THEIRS, number=OURS.number)
    assert obstacles(ONE, replace(TWO, invoices=(same,))) == ("invoice",)
    assert obstacles(ONE, replace(TWO, invoices=(settled(same, TODAY),))) == ("invoice",)
    done = replace(ONE, invoices=(settled(OURS, TODAY),))
    assert obstacles(done, replace(TWO, invoices=(settled(same, TODAY),))) == ()


def test_a_word_given_to_one_is_not_taken_back_by_what_was_written_to_the_other() -> None:
    said = announcing(reminder(OURS, 1, TODAY - timedelta(days=9)))
    back = replace(reminder(THEIRS, 1, TODAY - timedelta(days=2)), kind="taken_back")
    assert obstacles(replace(ONE, letters=(said,)), replace(TWO, letters=(back,))) == ("word",)
    before = replace(back, made=TODAY - timedelta(days=12), sent_day=TODAY - timedelta(days=12))
    assert obstacles(replace(ONE, letters=(said,)), replace(TWO, letters=(before,))) == ()
    paid = replace(ONE, letters=(said,), invoices=(settled(OURS, TODAY),))
    assert obstacles(paid, replace(TWO, letters=(back,))) == ()


@st.composite
def written(draw: st.DrawFn, case: Case) -> Case:
    """A customer with letters as they go out: each step after the last, and words taken back between."""
    (claim,), days, level, letters = case.invoices, 20, 0, list[Letter]()
    while (days := days - draw(st.integers(1, 9))) > 0 and len(letters) < 3:
        went = reminder(claim, level + 1, TODAY - timedelta(days=days))
        takes_back: bool = draw(st.booleans())
        if letters and takes_back:
            letters.append(replace(went, kind="taken_back", level=0, id=f"{went.id}-back"))
        else:
            level += 1
            letters.append(announcing(went, draw(st.sampled_from([8, 40])) - days))
    return replace(case, letters=tuple(letters))


@given(one=written(ONE), two=written(TWO))
def test_no_step_comes_sooner_or_twice_for_two_who_were_joined(one: Case, two: Case) -> None:
    assume(not obstacles(one, two))
    rungs = Ladder((5, 15, 25), 7, 5)
    both = tuple(sorted((*one.letters, *two.letters), key=lambda x: x.went_on))
    for case in (one, two):
        (claim,) = case.invoices
        assert level_reached(claim.id, both) == level_reached(claim.id, case.letters)
        assert opening(claim, both, rungs, "SE") >= opening(claim, case.letters, rungs, "SE")


def test_what_the_law_takes_them_for_is_one_thing() -> None:
    for kind, waits in (("consumer", ("kind",)), ("unknown", ()), ("business", ())):
        them = replace(OTHER, kind=kind)  # type: ignore[arg-type]  # a kind
        assert obstacles(ONE, replace(TWO, customer=them)) == waits


def test_of_the_one_who_goes_all_is_known_that_was_not_known_of_the_one_who_stays() -> None:
    bare = Customer(id="stay", name="Stay", number="1234567")
    gone = replace(
        CAFE_NORRSKEN, payday=25, address=("Torget 1",), standing="active", looked_up=TODAY, also=("Kiosken",)
    )
    one = joined(bare, gone)
    assert (one.id, one.name, one.number) == ("stay", "Stay", "1234567")
    assert one.also == ("Café Norrsken", "Kiosken")
    assert (one.to, one.first_name, one.language) == (gone.to, gone.first_name, "sv")
    assert (one.payday, one.address, one.standing, one.kind) == (25, ("Torget 1",), "active", "business")


def test_letters_go_where_they_went_and_the_other_address_is_known() -> None:
    gone = replace(
        OTHER,
        contacts=(
            Contact(name="Ulla", email="ulla@norrsken.example", role="accounts"),
            Contact(email="NILS@norrsken.example"),
            Contact(email="chef@norrsken.example", role="approver"),
        ),
    )
    one = joined(CAFE_NORRSKEN, gone)
    assert (one.to, one.cc) == ("ekonomi@norrsken.example", "chef@norrsken.example")
    assert [(c.email, c.role) for c in one.contacts[2:]] == [
        ("ulla@norrsken.example", "other"),
        ("chef@norrsken.example", "approver"),
    ]


@pytest.mark.parametrize("left", ["no_contact", "mine"])
def test_whoever_was_to_be_left_in_peace_still_is(left: str) -> None:
    peace: dict[str, Any] = {left: True}
    for stay, gone in ((CAFE_NORRSKEN, OTHER), (OTHER, CAFE_NORRSKEN)):
        assert getattr(joined(replace(stay, **peace), gone), left)
        assert getattr(joined(stay, replace(gone, **peace)), left)


def test_the_later_word_of_the_register_holds() -> None:
    old = replace(CAFE_NORRSKEN, standing="active", looked_up=TODAY - timedelta(days=9))
    new = replace(OTHER, standing="bankrupt", looked_up=TODAY)
    assert joined(old, new).standing == joined(new, old).standing == "bankrupt"


def made(stay: Customer, gone: Customer, **more: Any) -> Join:
    whole: dict[str, Any] = {"at": noon(TODAY), "by": ASA, "moved": {}, "known": ()}
    return Join(id=gone.id, customer=stay.id, gone=gone, before=stay, **whole | more)


@given(stay=values(Customer, id="stay"), gone=values(Customer, id="gone"))
def test_taken_apart_both_are_as_they_were_and_known_to_be_two(stay: Customer, gone: Customer) -> None:
    assert parted(joined(stay, gone), made(stay, gone)) == apart(stay, gone)


@given(
    stay=values(Customer, id="stay"),
    gone=values(Customer, id="gone"),
    name=st.sampled_from(["language", "payday", *sorted(OF_BOTH)]),
    data=st.data(),
)
def test_what_has_been_said_of_the_two_as_one_stays_and_peace_is_kept_with_both(
    stay: Customer, gone: Customer, name: str, data: st.DataObject
) -> None:
    said = getattr(data.draw(values(Customer, id="stay")), name)
    then = joined(stay, gone)
    one, other = parted(replace(then, **{name: said}), made(stay, gone))
    if said != getattr(then, name):
        assert getattr(one, name) == said
        assert getattr(other, name) == (said if name in OF_BOTH else getattr(gone, name))


def test_an_address_that_came_with_the_other_goes_with_them_also_after_a_change() -> None:
    gone = replace(OTHER, contacts=(Contact(email="ulla@norrsken.example"),))
    one = joined(CAFE_NORRSKEN, gone)
    new = replace(one.contacts[0], phone="1")
    stay, back = parted(replace(one, contacts=(new, *one.contacts[1:])), made(CAFE_NORRSKEN, gone))
    assert stay.contacts == (new, CAFE_NORRSKEN.contacts[1])
    assert back.contacts == gone.contacts


def test_letters_do_not_go_on_to_somebody_of_the_other_where_nobody_else_was_known() -> None:
    bare, gone = (
        replace(CAFE_NORRSKEN, contacts=()),
        replace(OTHER, contacts=(Contact(email="ulla@x.example"),)),
    )
    one = joined(bare, gone)
    assert one.to == "ulla@x.example"
    changed = replace(one, contacts=(replace(one.contacts[0], phone="1"),))
    stay, back = parted(changed, made(bare, gone))
    assert (stay.to, back.to) == ("", "ulla@x.example")


SENT = reminder(OURS, 1, TODAY)
SINCE: dict[str, dict[str, Any]] = {
    "letter": {"letters": (SENT,)},
    "answer": {"replies": (Reply(id="r", customer="norrsken", text="Hej", at=noon(TODAY)),)},
    "agreement": {"promises": (Promise(id="p", customer="norrsken", day=TODAY, made=TODAY),)},
    "money": {"payments": (Payment(id="m", customer="norrsken", invoice="", day=TODAY, amount=kr("5")),)},
}


@pytest.mark.parametrize("what", SINCE)
def test_what_has_passed_with_the_two_as_one_keeps_them_one_and_what_was_before_does_not(what: str) -> None:
    case = replace(ONE, **SINCE[what])
    before = made(CAFE_NORRSKEN, OTHER, known=known(ONE, ()))
    assert hindrance(before, case, ()) == what
    assert hindrance(replace(before, known=known(case, ())), case, ()) is None


def test_a_call_a_plan_and_a_claim_that_left_count_as_well_and_a_draft_does_not() -> None:
    join = made(CAFE_NORRSKEN, OTHER)
    called = Call(id="c", customer="norrsken", day=TODAY, outcome="voicemail")
    assert hindrance(join, replace(ONE, calls=(called,)), ()) == "answer"
    assert hindrance(join, replace(ONE, plans=blomman(TODAY).plans), ()) == "agreement"
    left = Escalation(id="e", customer="norrsken", kind="hand_over", day=TODAY, by=ASA, claims=())
    assert hindrance(join, ONE, [left]) == "escalation"
    for state, why in (("draft", None), ("withdrawn", None), ("failed", None), ("approved", "letter")):
        case = replace(ONE, letters=(replace(SENT, state=state),))  # type: ignore[arg-type]  # a state
        assert hindrance(join, case, ()) == why


def test_nobody_without_a_number_is_ever_one_with_anybody() -> None:
    everyone = [replace(BYGG_OCH_BETONG, number=""), replace(OTHER, number=""), CAFE_NORRSKEN]
    assert not any(twins(each, everyone, "SE") for each in everyone)
