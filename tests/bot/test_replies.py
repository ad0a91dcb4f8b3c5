"""Replies: unread until the owner says what they mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from bot.replies import MEANINGS, OUTCOMES, Call, Meaning, Outcome, Reply, likely_senders
from tests.cast import BYGG_OCH_BETONG, CAFE_NORRSKEN, LILLA_BLOMMAN, invoice, noon, reminder

DAY = date(2026, 11, 16)
REPLY = Reply(id="r", customer="norrsken", text="Betalar på fredag!", at=noon(DAY))


def test_an_answer_is_unread_until_it_has_a_meaning() -> None:
    assert REPLY.unread


@pytest.mark.parametrize("meaning", MEANINGS)
def test_whatever_it_means_it_is_read_then_and_its_words_stay(meaning: Meaning) -> None:
    read = replace(REPLY, meaning=meaning)
    assert not read.unread and read.text == REPLY.text


def test_every_meaning_can_be_chosen() -> None:
    assert set(MEANINGS) == set(get_args(Meaning)) and len(MEANINGS) == len(set(MEANINGS))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_call_is_written_down_however_it_went(outcome: Outcome) -> None:
    assert Call(id="c", customer="norrsken", day=DAY, outcome=outcome).words == ""


def test_every_outcome_of_a_call_can_be_chosen() -> None:
    assert set(OUTCOMES) == set(get_args(Outcome))


def test_an_answer_of_nobody_named_is_likely_of_whom_a_letter_is_on_its_way_to_or_went_to_last() -> None:
    people = (BYGG_OCH_BETONG, CAFE_NORRSKEN, LILLA_BLOMMAN)
    days = (DAY - timedelta(days=9), DAY - timedelta(days=2), DAY - timedelta(days=20))
    bygg, norrsken, blomman = (
        reminder(invoice(who, "1", "100", DAY), 1, day) for who, day in zip(people, days, strict=True)
    )
    waiting = replace(blomman, state="approved", sent_at=None)
    assert likely_senders([bygg, norrsken, waiting]) == ("blomman", "norrsken", "bygg")
    assert likely_senders([replace(bygg, state="draft")]) == ()
