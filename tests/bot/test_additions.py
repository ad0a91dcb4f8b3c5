"""Additions: only what is lawful, sure and turned on; each apart; never more than the law lets one have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.additions import Proposal, at_first, per_kind, propose, so_far
from bot.answers import Answer
from bot.cases import Case
from bot.countries import codes, country
from bot.disputes import Dispute
from bot.letters import Addition, Charge, Claim, Kind
from bot.money import Money
from bot.parties import Business, CustomerKind
from bot.promises import Promise
from tests.bot.owing import ALL, DAY, TODAY, after, case, claims, house, owed, wrote

countries = st.sampled_from(codes())
kinds = st.sampled_from(["business", "consumer", "public", "unknown"])


def proposed(
    of: Case,
    business: Business,
    kind: Kind = "reminder",
    on: date = TODAY,
    wanted: tuple[Addition, ...] | None = None,
) -> Proposal:
    return propose(kind, claims(of), of, business, on, wanted)


def sums(found: tuple[Charge, ...]) -> dict[str, Decimal]:
    return {c.kind: c.amount.decimal for c in per_kind(found)}


@given(countries, kinds, st.integers(1, 200))
def test_nothing_is_added_until_the_business_turns_it_on(code: str, kind: CustomerKind, late: int) -> None:
    assert proposed(case(owed(code, late), kind=kind), house(code, charges=())) == Proposal()


def test_where_no_law_is_known_nothing_has_been_added_whatever_a_letter_asked_for() -> None:
    asked, home = owed("SE", 40), house("SE")
    letter = wrote("reminder", case(asked), home, TODAY - 10 * DAY, level=2)
    assert letter.charges
    unknown = Answer(refusals=("country_unsupported",))
    assert so_far(asked, unknown, case(asked, letters=(letter,)), home) == ()


def test_each_country_s_reminder_adds_what_its_law_lets_it() -> None:
    told = {
        code: sums(proposed(case(owed(code, 20), kind="consumer"), house(code)).charges) for code in codes()
    }
    assert told == {
        "DK": {"fee": Decimal(100)},
        "FI": {"fee": Decimal(5)},
        "NO": {"fee": Decimal(38), "interest": Decimal("67.12")},
        "SE": {"fee": Decimal(60), "interest": Decimal("54.79")},
    }


def test_between_businesses_the_larger_of_fees_and_compensation_but_in_denmark_both() -> None:
    told = {code: sums(proposed(case(owed(code, 20)), house(code)).charges) for code in codes()}
    assert {code: set(found) - {"interest"} for code, found in told.items()} == {
        "DK": {"fee", "compensation"},
        "FI": {"compensation"},
        "NO": {"compensation"},
        "SE": {"compensation"},
    }


def test_where_no_rate_is_verified_interest_is_missing_and_nothing_is_guessed() -> None:
    assert proposed(case(owed("DK", 20)), house("DK")).missing == ("interest",)
    assert proposed(case(owed("SE", 20)), house("SE")).missing == ()


def test_interest_from_a_demand_is_unsure_and_only_added_when_the_owner_has_looked() -> None:
    business, of = house("NO", terms_agreed=False), case(owed("NO", 60), kind="consumer")
    found = proposed(of, business)
    assert [c.kind for c in found.doubtful] == ["interest"]
    assert "interest" not in sums(found.charges)
    looked = proposed(of, business, wanted=("fee", "interest"))
    assert "interest" in sums(looked.charges)
    assert looked.doubtful == ()


def test_what_the_owner_takes_out_stays_out_and_may_come_back() -> None:
    of = case(owed("NO", 20), kind="consumer")
    found = proposed(of, house("NO"), wanted=("interest",))
    assert set(sums(found.charges)) == {"interest"}
    assert [c.kind for c in found.left_out] == ["fee"]


def test_what_the_owner_wants_is_still_held_to_the_law_and_to_what_is_turned_on() -> None:
    soon = case(owed("NO", 5), kind="consumer")
    assert "fee" not in sums(proposed(soon, house("NO"), wanted=ALL).charges)
    late = case(owed("NO", 20), kind="consumer")
    assert set(sums(proposed(late, house("NO", charges=("interest",)), wanted=ALL).charges)) == {"interest"}


def test_a_letter_about_several_invoices_asks_for_one_fee() -> None:
    of = case(owed("DK", 30), owed("DK", 20, number="2"), owed("DK", 10, number="3"), kind="consumer")
    assert [c.amount.decimal for c in proposed(of, house("DK")).charges if c.kind == "fee"] == [Decimal(100)]


def test_a_fee_asked_before_is_asked_again_as_an_earlier_one_beside_the_new() -> None:
    business, of = house("NO"), case(owed("NO", 40), kind="consumer")
    of = after(wrote("reminder", of, business, TODAY - 20 * DAY), of)
    assert sums(proposed(of, business).charges) | {"interest": 0} == {
        "earlier_fees": Decimal(38), "fee": Decimal(38), "interest": 0,
    }  # fmt: skip


def test_a_fee_that_was_never_lawful_is_not_asked_again() -> None:
    of = case(owed("NO", 20), kind="consumer")
    early = replace(
        wrote("reminder", of, house("NO"), TODAY - 15 * DAY),
        charges=(Charge("fee", of.invoices[0].id, Money.of("70", "NOK")),),
    )
    assert "earlier_fees" not in sums(proposed(after(early, of), house("NO")).charges)


def test_a_final_notice_has_a_fee_of_its_own() -> None:
    assert (
        sums(proposed(case(owed("SE", 40), kind="consumer"), house("SE"), "final_notice").charges)["fee"]
        == 180
    )
    assert (
        sums(proposed(case(owed("FI", 40), kind="consumer"), house("FI"), "final_notice").charges)["fee"] == 5
    )


def test_nothing_is_added_to_what_is_contested() -> None:
    claim = owed("SE", 20)
    dispute = Dispute(
        id="d", customer=claim.customer, invoice=claim.id, opened=TODAY, part=Money.of("400", "SEK")
    )
    assert proposed(case(claim, disputes=(dispute,)), house("SE")).charges == ()


def test_nothing_is_added_to_a_claim_in_another_currency() -> None:
    claim = replace(owed("NO", 20), amount=Money.of("100", "EUR"), paid=Money(0, "EUR"))
    assert proposed(case(claim), house("NO")) == Proposal()


def test_who_was_let_off_owes_only_what_has_come_since() -> None:
    business, of = house("NO"), case(owed("NO", 40), kind="consumer")
    of = after(wrote("reminder", of, business, TODAY - 20 * DAY), of)
    given_ = Promise(
        id="w",
        customer=of.customer.id,
        day=TODAY - 10 * DAY,
        made=TODAY - 10 * DAY,
        kind="waiver",
        state="kept",
        claims=claims(of),
    )
    found = sums(proposed(replace(of, promises=(given_,)), business).charges)
    assert "earlier_fees" not in found
    assert found["interest"] == Decimal("33.56")  # of forty days at 12.25 %, the last ten


@given(countries, kinds, st.integers(1, 400), st.sampled_from(["reminder", "final_notice"]))
def test_what_is_proposed_is_never_more_than_the_law_says_is_owed(
    code: str, kind: CustomerKind, late: int, letter: Kind
) -> None:
    """A fresh fee is at most the country's; what has come together so far is what the compass says."""
    found = proposed(case(owed(code, late), kind=kind), house(code), letter)
    most = {"NO": 38, "SE": 180, "DK": 100, "FI": 12}
    for charge in found.charges:
        assert charge.amount.minor > 0
        assert charge.amount.currency == country(code).currency
        if charge.kind == "fee":
            assert charge.amount.decimal <= most[code]
        if charge.kind == "compensation":
            assert kind in ("business", "public")
    kinds_found = [c.kind for c in found.charges]
    assert len(kinds_found) == len(set(kinds_found))


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 3, 1)])
def test_norway_s_fees_end_with_the_reviewed_rules(day: date) -> None:
    of = case(owed("NO", 30, on=day), kind="consumer")
    assert "fee" not in sums(proposed(of, house("NO"), on=day).charges)


def test_the_first_letter_adds_nothing_unless_the_owner_says_so_and_those_after_it_do() -> None:
    assert at_first("reminder", 1) == ()
    assert at_first("reminder", 2) is at_first("final_notice", 4) is None


def test_a_waiver_lets_off_only_the_invoices_it_was_about() -> None:
    business, first, second = house("SE"), owed("SE", 60), owed("SE", 40, number="2")
    about_first = Promise(
        id="w",
        customer=first.customer,
        day=TODAY - 10 * DAY,
        made=TODAY - 10 * DAY,
        kind="waiver",
        state="kept",
        claims=(Claim(first.id, first.amount),),
    )
    found = proposed(case(first, second, promises=(about_first,)), business).charges
    assert [c.invoice for c in found if c.kind == "compensation"] == [second.id]


@pytest.mark.parametrize(("code", "most"), [("NO", 2), ("SE", 1), ("DK", 3)])
def test_several_invoices_in_one_letter_are_asked_for_no_more_fees_than_one_would_be(
    code: str, most: int
) -> None:
    business = house(code)
    of = case(owed(code, 60), owed(code, 60, number="2"), kind="consumer")
    for days in (45, 30, 15):
        of = after(wrote("reminder", of, business, TODAY - days * DAY), of)
    assert sum(c.kind == "fee" for letter in of.letters for c in letter.charges) <= most
