"""Letters: an approval binds exactly the text and the recipients it was given for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.letters import PENDING, REACHED, State, check_approved, fingerprint
from tests.cast import CAFE_NORRSKEN, invoice, reminder

DAY = date(2026, 11, 16)
LETTER = reminder(invoice(CAFE_NORRSKEN, "2041", "4125.50", DAY), 1, DAY)
BOUND = ("to", "cc", "subject", "body")


def test_an_approved_letter_passes() -> None:
    check_approved(LETTER)


@pytest.mark.parametrize("without", [{"approved_by": ""}, {"approved_at": None}])
def test_no_letter_passes_without_a_person_and_a_moment(without: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        check_approved(replace(LETTER, **without))
    assert refused.value.key == "not_approved"


@given(st.sampled_from(BOUND), st.text(max_size=30))
def test_any_change_of_text_or_recipient_after_approval_is_refused(name: str, text: str) -> None:
    change: dict[str, Any] = {name: text}
    if (changed := replace(LETTER, **change)) == LETTER:
        return
    with pytest.raises(Refusal) as refused:
        check_approved(changed)
    assert refused.value.key == "text_changed"


def test_a_word_moved_from_the_subject_to_the_body_is_another_text() -> None:
    one, other = (replace(LETTER, subject=s, body=b) for s, b in (("Hej", " du"), ("Hej du", "")))
    assert fingerprint(one) != fingerprint(other)


def test_what_binds_is_the_text_and_not_its_fate() -> None:
    later = replace(LETTER, state="draft", sent_at=None, made=DAY + timedelta(days=1))
    assert fingerprint(later) == fingerprint(LETTER)


@pytest.mark.parametrize("state", get_args(State))
def test_no_letter_is_both_on_its_way_and_there(state: State) -> None:
    letter = replace(LETTER, state=state)
    assert letter.reached == (state in REACHED) and letter.pending == (state in PENDING)
    assert not (letter.reached and letter.pending)


@pytest.mark.parametrize("state", ["draft", "failed", "withdrawn"])
def test_a_draft_a_failure_and_a_letter_taken_back_count_as_nothing(state: State) -> None:
    letter = replace(LETTER, state=state)
    assert not letter.reached and not letter.pending
