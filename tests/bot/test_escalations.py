from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import escalations
from bot.cases import Case, Pause
from bot.errors import Refusal
from bot.invoices import Invoice, State, outstanding
from bot.letters import Letter
from bot.matching import Incoming
from bot.money import Money
from bot.parties import Business
from bot.plans import Plan
from bot.promises import Promise
from bot.reminders import next_step
from bot.replies import Reply
from tests.cast import ASA, ASAS_BAGERI, blomman, bygg, kr, mogens, noon, reminder

TODAY = date(2026, 11, 26)
BUSINESS = replace(ASAS_BAGERI, final_notice=True, terms_agreed=True)


def noticed(case: Case | None = None) -> Case:
    """Bygg, whose final notice ran out a week ago."""
    known = case or bygg(TODAY)
    claim = known.invoices[0]
    sent = TODAY - timedelta(days=20)
    notice = replace(
        reminder(claim, 4, sent), id="notice", kind="final_notice", pay_by=sent + timedelta(days=14)
    )
    return replace(known, letters=(*known.letters[:1], notice))


def late(case: Case) -> tuple[Invoice, ...]:
    return escalations.leaving(case, TODAY, "SE")


def in_the_way(case: Case, *waiting: Incoming) -> list[str]:
    return [no.key for no in escalations.in_the_way(late(case), case, BUSINESS, TODAY, waiting)]


def test_a_claim_whose_last_deadline_has_passed_may_leave() -> None:
    case = noticed()
    assert in_the_way(case) == []
    assert escalations.may_go(late(case), case, BUSINESS, TODAY) == late(case)


PROMISE = Promise(id="x", customer="bygg", day=TODAY + timedelta(days=3), made=TODAY)
LETTER = replace(reminder(bygg(TODAY).invoices[0], 3, TODAY), state="approved")
STANDS: dict[str, dict[str, Any]] = {
    "escalate_reply": {"replies": (Reply(id="x", customer="bygg", text="Vi betalar!", at=noon(TODAY)),)},
    "escalate_letter_pending": {"letters": (LETTER,)},
    "escalate_promise": {"promises": (PROMISE,)},
    "escalate_deferral": {"promises": (replace(PROMISE, kind="deferral"),)},
    "escalate_waiver": {"promises": (replace(PROMISE, kind="waiver", drops=kr("60")),)},
    "escalate_credit": {"credit": (kr("1"),)},
}


@pytest.mark.parametrize("key", STANDS)
def test_nothing_leaves_while_somebody_waits_or_may_have_paid(key: str) -> None:
    case = noticed()
    more: dict[str, Any] = {name: (*getattr(case, name), *value) for name, value in STANDS[key].items()}
    case = replace(case, **more)
    assert in_the_way(case) == [key]
    with pytest.raises(Refusal, match=key):
        escalations.check_free(late(case), case, BUSINESS, TODAY)


def test_a_letter_of_which_nobody_knows_whether_it_went_out_stands_in_the_way() -> None:
    case = noticed()
    unknown: Letter = replace(LETTER, state="unknown")
    assert in_the_way(replace(case, letters=(*case.letters, unknown))) == ["escalate_letter_pending"]


def test_a_plan_in_good_standing_keeps_its_claim_here() -> None:
    case = blomman(TODAY)
    assert in_the_way(case) == ["escalate_plan"]


def test_a_plan_that_is_missed_or_over_does_not() -> None:
    case = blomman(TODAY)
    over: Plan = replace(case.plans[0], state="in_default")
    assert in_the_way(replace(case, plans=(over,))) == []


@pytest.mark.parametrize("part", [None, Money.of("1", "DKK")])
def test_nothing_that_is_contested_leaves_in_whole_or_in_part(part: Money | None) -> None:
    case = mogens(TODAY)
    contested = replace(case.disputes[1], part=part)
    case = replace(case, disputes=(case.disputes[0], contested))
    assert "escalate_dispute" in in_the_way(case)
    (no,) = escalations.in_the_way(late(case), case, BUSINESS, TODAY)
    assert no.facts["invoice"] == "2060"


def test_a_settled_dispute_stands_in_nobodys_way() -> None:
    case = mogens(TODAY)
    settled = tuple(replace(d, closed=TODAY) for d in case.disputes)
    assert in_the_way(replace(case, disputes=settled)) == []


def test_money_that_may_be_theirs_is_placed_first() -> None:
    case = noticed()
    theirs = Incoming(id="1", day=TODAY, amount=kr("18400"), mark="1", payer="Bygg & Betong i Söder AB")
    other = Incoming(id="2", day=TODAY, amount=kr("3"), mark="2", payer="Någon Annan")
    assert in_the_way(case, theirs) == ["escalate_unmatched"]
    assert in_the_way(case, other) == []
    assert in_the_way(case, replace(theirs, amount=kr("-18400"))) == []


def test_a_pause_is_the_owners_own_to_end() -> None:
    pause = Pause(id="p", customer="bygg", until=TODAY + timedelta(days=9), made=TODAY)
    assert in_the_way(replace(noticed(), pauses=(pause,))) == []


def test_before_the_law_opens_the_door_the_refusal_names_the_day_or_what_must_come_first() -> None:
    case = bygg(TODAY)
    with pytest.raises(Refusal, match="escalate_not_open") as no:
        escalations.may_go(late(case), case, BUSINESS, TODAY)
    assert no.value.facts["day"] is None
    running = noticed()
    tomorrow = TODAY + timedelta(days=1)
    last = replace(running.letters[-1], pay_by=TODAY)
    running = replace(running, letters=(*running.letters[:-1], last))
    with pytest.raises(Refusal, match="escalate_not_open") as no:
        escalations.may_go(late(running), running, BUSINESS, TODAY)
    assert no.value.facts["day"] == tomorrow


def test_where_the_rules_of_the_day_are_not_reviewed_nothing_is_handed_over() -> None:
    norwegian: Business = replace(BUSINESS, country="NO")
    day = date(2027, 1, 11)
    case = noticed()
    with pytest.raises(Refusal, match="escalate_unreviewed"):
        escalations.may_go(late(case), case, norwegian, day)


def test_a_claim_that_has_lapsed_can_only_be_written_off() -> None:
    case = noticed()
    old = replace(case.invoices[0], due=date(2014, 1, 2), issued=date(2014, 1, 1), delivered=date(2014, 1, 1))
    case = replace(case, invoices=(old,), letters=())
    with pytest.raises(Refusal, match="escalate_barred"):
        escalations.may_go((old,), case, BUSINESS, TODAY)
    assert escalations.write_off("x", (old,), case, "barred", "", ASA, TODAY).reason == "barred"


def test_nothing_late_leaves_nothing_to_decide_on() -> None:
    case = replace(noticed(), invoices=tuple(replace(i, state="handed_over") for i in noticed().invoices))
    with pytest.raises(Refusal, match="nothing_late"):
        late(case)


def test_an_agency_has_a_name_on_one_line_and_not_a_novel() -> None:
    case = noticed()
    given = escalations.hand_over("x", late(case), case, "  Nordisk\n Inkasso " + "x" * 99, ASA, TODAY)
    assert given.to.startswith("Nordisk Inkasso x") and len(given.to) == escalations.LONGEST_NAME
    with pytest.raises(Refusal, match="agency_empty"):
        escalations.hand_over("x", late(case), case, " \n", ASA, TODAY)


def test_the_usual_agency_is_the_one_of_last_time() -> None:
    case = noticed()
    first, second = (escalations.hand_over(n, late(case), case, n, ASA, TODAY) for n in ("First", "Second"))
    gone = escalations.write_off("x", late(case), case, "small", "", ASA, TODAY)
    assert escalations.usual_agency([first, second, gone]) == "Second"
    assert escalations.usual_agency([gone]) == ""


def test_a_reason_that_was_not_offered_counts_as_another() -> None:
    case = noticed()
    assert escalations.write_off("x", late(case), case, "spite", " ", ASA, TODAY).reason == "other"


def test_what_was_taken_back_is_not_taken_back_again() -> None:
    case = noticed()
    given = escalations.hand_over("x", late(case), case, "Nordisk", ASA, TODAY)
    back = escalations.ended(given, TODAY)
    assert back.ended == TODAY
    with pytest.raises(Refusal, match="escalation_ended"):
        escalations.ended(back, TODAY)


@given(st.lists(st.integers(-900, 900), max_size=6))
def test_the_agency_hears_of_every_change_once_and_of_all_of_them_in_sum(changes: list[int]) -> None:
    case = noticed()
    claim = case.invoices[0]
    given = escalations.hand_over("x", (claim,), case, "Nordisk", ASA, TODAY)
    paid, heard = 0, 0
    for change in changes:
        paid = max(paid + change, 0)
        now = replace(claim, paid=kr(str(paid)))
        if news := escalations.moved(given, [now]):
            heard += news[0].came.minor
            assert news[0].left == outstanding(now)
            given = escalations.told(given, news)
        assert escalations.moved(given, [now]) == ()
    assert heard == paid * 100


def test_of_what_is_written_off_or_back_no_agency_hears() -> None:
    case = noticed()
    paid = replace(case.invoices[0], paid=kr("100"))
    gone = escalations.write_off("x", late(case), case, "small", "", ASA, TODAY)
    back = escalations.ended(escalations.hand_over("y", late(case), case, "N", ASA, TODAY), TODAY)
    assert escalations.moved(gone, [paid]) == escalations.moved(back, [paid]) == ()


def test_while_it_is_elsewhere_no_step_is_taken_and_back_again_none_is_milder() -> None:
    case = noticed()
    assert next_step(case, BUSINESS, TODAY).kind == "decide"
    states: tuple[State, ...] = ("handed_over", "written_off")
    for state in states:
        away = replace(case, invoices=tuple(replace(i, state=state) for i in case.invoices))
        assert not next_step(away, BUSINESS, TODAY).needs_owner
        assert escalations.elsewhere(away) == away.invoices
    again = replace(case, invoices=tuple(replace(i, state="open") for i in case.invoices))
    assert next_step(again, BUSINESS, TODAY).kind == "decide"
    assert escalations.elsewhere(again) == ()


def test_what_the_agency_has_been_paid_is_nothing_to_take_back() -> None:
    claim = noticed().invoices[0]
    settled = replace(claim, state="handed_over", paid=claim.amount)
    assert escalations.elsewhere(replace(noticed(), invoices=(settled,))) == ()


def test_a_contested_claim_stays_and_the_others_go() -> None:
    case = mogens(TODAY)
    free, contested = late(case)[0], next(i for i in late(case) if i.number == "2060")
    case = replace(case, invoices=(*case.invoices, replace(free, id="free", number="3000")))
    going = escalations.uncontested(late(case), case)
    assert contested not in going and "3000" in {i.number for i in going}
    assert contested in escalations.staying(going, case, TODAY, "SE")
    assert escalations.in_the_way(going, case, BUSINESS, TODAY) == ()


def test_where_all_is_contested_that_stands_in_the_way() -> None:
    case = mogens(TODAY)
    alone = replace(case, invoices=tuple(i for i in case.invoices if i.number == "2060"))
    assert escalations.uncontested(late(alone), alone) == late(alone)
    assert in_the_way(alone) == ["escalate_dispute"]
