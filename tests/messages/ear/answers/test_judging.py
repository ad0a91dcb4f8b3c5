"""A reply is judged by its likeliest sentences, its cues, and what turns them round."""

from __future__ import annotations

from datetime import date

import pytest

from messages.ear.answers.evidence import evidence
from messages.ear.answers.judging import ALL, MOST, SCALE, denied, judging
from messages.ear.answers.weights import INTENTS

NOTHING: dict[str, float] = dict.fromkeys(map(str, INTENTS), -20.0)
BROKEN = {**NOTHING, "dispute": 2.0}
SETTLED = {**NOTHING, "paid_claim": 4.0, "dispute": 1.0}


def test_the_likeliest_sentence_counts_and_the_next_one_too() -> None:
    found = judging([BROKEN, SETTLED], {"paid_claim"}, (), offered=False)
    assert found[ALL] == 1.0 and "reply offered" not in found
    assert (found["reply says dispute"], found["reply again dispute"]) == (2.0 / SCALE, 1.0 / SCALE)
    assert found["reply cued says paid_claim"] == found["reply says paid_claim"] == 4.0 / SCALE
    assert "reply cued dispute" not in found


def test_what_nothing_speaks_for_counts_only_so_far() -> None:
    found = judging([NOTHING], (), (), offered=False)
    assert found["reply says bounce"] == found["reply again bounce"] == -MOST / SCALE


def test_an_offer_and_a_denial_are_known() -> None:
    found = judging([BROKEN], {"dispute"}, {"dispute"}, offered=True)
    assert (
        found["reply offered"]
        == found["reply cued denied dispute"]
        == found["reply offered cued dispute"]
        == 1
    )


@pytest.mark.parametrize(
    ("text", "turned"),
    [("Jeg har ikke betalt ennå.", {"paid_claim"}), ("Jeg trodde jeg hadde betalt.", {"paid_claim"}),
     ("Vi er ikke uenige.", {"dispute"}), ("Det er betalt, ikke mas.", {"paid_claim"}),
     ("Fakturaen er betalt.", set()), ("Sofaen er skadet.", set())],
)  # fmt: skip
def test_what_its_sentences_all_turn_round_is_denied(text: str, turned: set[str]) -> None:
    assert denied(evidence(text, date(2026, 11, 26), offered=False)) == turned
