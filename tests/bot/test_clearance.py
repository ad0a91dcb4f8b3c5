"""Clearance: what must still hold when a letter goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.cases import Case
from bot.clearance import check_chasing, check_sending
from bot.disputes import Dispute
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.letters import Charge, Claim, Kind, Letter, fingerprint
from bot.money import Money
from bot.parties import Business
from bot.promises import Promise
from bot.replies import Reply
from tests.bot import owing
from tests.cast import ASA, ASAS_BAGERI, BYGG_OCH_BETONG, invoice, kr, noon, reminder, settled

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
CLAIM = invoice(BYGG_OCH_BETONG, "1", "1000", MONDAY)
OTHER = invoice(BYGG_OCH_BETONG, "2", "250", MONDAY)
OF: dict[str, Any] = {"id": "x", "customer": BYGG_OCH_BETONG.id}
REPLY = Reply(**OF, text="?", at=noon(MONDAY))


def late(days_late: int, claim: Invoice = CLAIM) -> Invoice:
    return replace(claim, due=MONDAY - days_late * DAY)


def case_of(*owed: Invoice, **known: Any) -> Case:
    return Case(customer=BYGG_OCH_BETONG, invoices=owed, **known)


OPEN = replace(case_of(late(12)), credit=())
LETTER = reminder(late(12), 1, MONDAY)


def refused(case: Case, letter: Letter = LETTER) -> str:
    with pytest.raises(Refusal) as found:
        check_sending(letter, case, ASAS_BAGERI, MONDAY)
    return found.value.key


def test_an_approved_reminder_of_what_is_owed_may_go() -> None:
    check_sending(LETTER, OPEN, ASAS_BAGERI, MONDAY)


def test_the_letter_itself_is_not_what_keeps_it_back() -> None:
    waiting = replace(LETTER, state="sending")
    check_sending(waiting, replace(OPEN, letters=(waiting,)), ASAS_BAGERI, MONDAY)


CHANGES: dict[str, dict[str, Any]] = {
    "paid_meanwhile": {"invoices": (settled(late(12), MONDAY),)},
    "amount_changed": {"invoices": (replace(late(12), paid=kr("1")),)},
    "blocked_reply": {"replies": (REPLY,)},
    "blocked_credit": {"credit": (kr("1000"),)},
    "blocked_dispute": {"disputes": (Dispute(**OF, invoice=CLAIM.id, opened=MONDAY),)},
    "blocked_promise": {"promises": (Promise(**OF, day=MONDAY, made=MONDAY),)},
    "blocked_no_contact": {"customer": replace(BYGG_OCH_BETONG, no_contact=True)},
    "blocked_mine": {"customer": replace(BYGG_OCH_BETONG, mine=True)},
    "blocked_bankrupt": {"customer": replace(BYGG_OCH_BETONG, standing="bankrupt")},
    "blocked_handed_over": {"invoices": (replace(late(12), state="handed_over"),)},
    "blocked_letter_pending": {"letters": (replace(LETTER, id="another", state="approved"),)},
    "letter_sent": {"letters": (replace(LETTER, id="another"),)},
}


@pytest.mark.parametrize("key", CHANGES)
def test_what_changed_after_approval_stops_the_letter_and_says_why(key: str) -> None:
    assert refused(replace(OPEN, **CHANGES[key])) == key


def test_no_letter_goes_without_approval_of_its_very_text() -> None:
    assert refused(OPEN, replace(LETTER, body="Betala nu!")) == "text_changed"
    assert refused(OPEN, replace(LETTER, approved_by="")) == "not_approved"


THANKS = replace(LETTER, kind="thanks", claims=(Claim(CLAIM.id, kr("1")),))


def test_thanks_go_to_who_has_paid() -> None:
    check_sending(THANKS, replace(OPEN, invoices=(settled(late(12), MONDAY),)), ASAS_BAGERI, MONDAY)


@pytest.mark.parametrize("key", ["blocked_no_contact", "blocked_reply"])
def test_even_thanks_wait_for_who_has_written_and_spare_who_wants_none(key: str) -> None:
    assert refused(replace(OPEN, **CHANGES[key]), THANKS) == key


@pytest.mark.parametrize("kind", ["plan", "promise", "payment_unseen", "soon", "copy"])
def test_who_is_bankrupt_gets_no_letter_that_names_what_is_to_be_paid(kind: Any) -> None:
    assert (
        refused(replace(OPEN, **CHANGES["blocked_bankrupt"]), replace(LETTER, kind=kind))
        == "blocked_bankrupt"
    )


@pytest.mark.parametrize("kind", ["plan", "promise", "payment_unseen"])
@pytest.mark.parametrize("key", ["paid_meanwhile", "amount_changed"])
def test_a_confirmation_never_names_money_that_has_come_since(kind: Any, key: str) -> None:
    assert refused(replace(OPEN, **CHANGES[key]), replace(LETTER, kind=kind)) == key


@pytest.mark.parametrize("kind", ["plan", "promise", "payment_unseen"])
def test_a_confirmation_goes_though_the_claim_rests(kind: Any) -> None:
    promised = replace(OPEN, promises=(Promise(**OF, day=MONDAY, made=MONDAY),))
    check_sending(replace(LETTER, kind=kind), promised, ASAS_BAGERI, MONDAY)


def test_a_hold_on_an_invoice_the_letter_does_not_name_stops_nothing() -> None:
    parked = replace(late(90, OTHER), parked=True)
    check_chasing(LETTER.claims, replace(OPEN, invoices=(late(12), parked)), ASAS_BAGERI, MONDAY)


def test_the_letter_bears_the_owner_s_name() -> None:
    assert LETTER.approved_by == ASA


NO = owing.house("NO")


def approved(kind: Kind, case: Case, business: Business, on: date = owing.TODAY, **more: Any) -> Letter:
    letter = replace(
        owing.wrote(kind, case, business, on), state="approved", sent_at=None, sent_day=None, **more
    )
    return replace(letter, approved_text=fingerprint(letter))


def held_back(letter: Letter, case: Case, business: Business, on: date = owing.TODAY) -> str:
    with pytest.raises(Refusal) as found:
        check_sending(letter, case, business, on)
    return found.value.key


def test_a_letter_goes_with_what_the_law_lets_it_add() -> None:
    case = owing.case(owing.owed("NO", 20), kind="consumer")
    letter = approved("reminder", case, NO)
    assert [c.kind for c in letter.charges] == ["fee", "interest"]
    check_sending(letter, case, NO, owing.TODAY)
    check_sending(letter, case, NO, owing.TODAY + DAY)


def test_a_fee_that_the_law_does_not_allow_stops_the_letter() -> None:
    case = owing.case(owing.owed("NO", 10), kind="consumer")
    fee = Charge("fee", case.invoices[0].id, Money.of("38", "NOK"))
    assert held_back(approved("reminder", case, NO, charges=(fee,)), case, NO) == "charges_changed"


def test_more_than_the_law_allows_stops_the_letter() -> None:
    case = owing.case(owing.owed("NO", 20), kind="consumer")
    fee = Charge("fee", case.invoices[0].id, Money.of("70", "NOK"))
    assert held_back(approved("reminder", case, NO, charges=(fee,)), case, NO) == "charges_changed"


def test_what_the_business_has_turned_off_since_stops_the_letter() -> None:
    case = owing.case(owing.owed("NO", 20), kind="consumer")
    letter = approved("reminder", case, NO)
    assert held_back(letter, case, owing.house("NO", charges=())) == "charges_changed"


def test_a_final_notice_whose_deadline_has_become_too_short_is_stopped() -> None:
    case = owing.case(owing.owed("SE", 45))
    business, monday = owing.house("SE"), MONDAY
    letter = approved("final_notice", case, business, monday)
    check_sending(letter, case, business, monday)
    check_sending(letter, case, business, monday + DAY)
    with pytest.raises(Refusal) as short:
        check_sending(letter, case, business, monday + 3 * DAY)
    assert (short.value.key, short.value.facts) == ("deadline_short", {"day": letter.pay_by})


def test_a_final_notice_is_stopped_where_the_rules_of_the_day_are_not_reviewed() -> None:
    day = date(2027, 1, 4)
    case = owing.case(owing.owed("NO", 45, on=day))
    assert held_back(approved("final_notice", case, NO, day), case, NO, day) == "law_unreviewed"


def test_a_demand_goes_only_after_a_missed_deadline() -> None:
    case = owing.case(owing.owed("NO", 45))
    assert held_back(approved("demand", case, NO), case, NO) == "law_not_open"
    notice = owing.wrote("final_notice", case, NO, owing.TODAY - 20 * DAY)
    later = owing.after(notice, case)
    check_sending(approved("demand", later, NO), later, NO, owing.TODAY)


def test_a_claim_that_has_lapsed_is_written_about_no_more() -> None:
    case = owing.case(owing.owed("NO", 3 * 366 + 5))
    assert held_back(approved("reminder", case, NO), case, NO) == "law_barred"


@pytest.mark.parametrize("code", ["NO", "SE", "DK", "FI"])
@pytest.mark.parametrize("kind", ["reminder", "final_notice"])
def test_nothing_milder_and_no_second_notice_goes_after_a_final_notice(code: str, kind: Kind) -> None:
    business, case = owing.house(code), owing.case(owing.owed(code, 90))
    noticed = owing.after(owing.wrote("final_notice", case, business, owing.TODAY - 40 * DAY), case)
    assert held_back(approved(kind, noticed, business), noticed, business) == "letters_done"


def test_a_final_notice_names_no_next_step_in_a_time_whose_rules_nobody_has_reviewed() -> None:
    day = date(2026, 12, 21)
    case = owing.case(owing.owed("NO", 60, on=day))
    assert held_back(approved("final_notice", case, NO, day), case, NO, day) == "law_unreviewed"
