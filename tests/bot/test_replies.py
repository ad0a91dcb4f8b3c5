"""Replies: unread until the owner says what they mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from bot.replies import MEANINGS, Call, Meaning, Outcome, Reply
from tests.cast import noon

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


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_a_call_is_written_down_however_it_went(outcome: Outcome) -> None:
    assert Call(id="c", customer="norrsken", day=DAY, outcome=outcome).words == ""
