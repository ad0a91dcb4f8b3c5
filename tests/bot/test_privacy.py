from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.cases import Case
from bot.invoices import Invoice
from bot.letters import PENDING, State
from bot.plans import Plan
from bot.privacy import obstacles
from bot.promises import Promise
from bot.replies import Reply
from tests.cast import BYGG_OCH_BETONG, bygg, invoice, kr, mogens, noon, reminder, settled

TODAY = date(2026, 11, 25)
OWED = invoice(BYGG_OCH_BETONG, "1", "100", TODAY)
PAID = settled(OWED, TODAY)
FREE = Case(customer=BYGG_OCH_BETONG, invoices=(PAID,), letters=(reminder(PAID, 1, TODAY),))


def test_nothing_stands_in_the_way_once_all_is_paid_read_and_settled() -> None:
    assert obstacles(FREE) == ()


@pytest.mark.parametrize("claim", [OWED, replace(OWED, state="handed_over")])
def test_an_open_claim_needs_the_data_with_an_agency_too(claim: Invoice) -> None:
    assert obstacles(replace(FREE, invoices=(PAID, claim))) == ("claim",)


def test_a_claim_that_was_given_up_does_not() -> None:
    assert obstacles(replace(FREE, invoices=(replace(OWED, state="written_off"),))) == ()


@pytest.mark.parametrize("state", sorted(PENDING))
def test_a_letter_on_its_way_does(state: State) -> None:
    letter = replace(FREE.letters[0], state=state)
    assert obstacles(replace(FREE, letters=(letter,))) == ("letter",)


def test_so_does_what_is_unread_contested_promised_planned_or_to_their_credit() -> None:
    of: dict[str, Any] = {"id": "x", "customer": BYGG_OCH_BETONG.id}
    reply = Reply(**of, text="?", at=noon(TODAY))
    promise = Promise(**of, day=TODAY, made=TODAY, amount=kr("5"))
    plan = Plan(**of, invoices=(), instalments=(), agreed=TODAY, agreed_by="")
    waits = replace(FREE, replies=(reply,), promises=(promise,), plans=(plan,), credit=(kr("5"),))
    open_ones = tuple(dispute for dispute in mogens(TODAY).disputes if dispute.closed is None)
    assert obstacles(replace(waits, disputes=open_ones)) == ("credit", "reply", "dispute", "promise", "plan")
    assert obstacles(bygg(TODAY)) == ("claim",)
