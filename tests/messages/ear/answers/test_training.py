"""The weights are learnt from labelled sentences and replies, and the same examples give the same weights."""

from __future__ import annotations

import json
from datetime import date
from math import sqrt

import pytest

from messages.ear.answers.evidence import evidence
from messages.ear.answers.features import features
from messages.ear.answers.training import Example, learn, replies, sentences
from messages.ear.answers.weights import ALWAYS, FILE, LABELS, written

PAID = "The bill is settled since Monday\nThe bill was settled last week\nThe bill is settled, see the slip"
BROKEN = "The gate squeaks and hangs\nThe gate hangs askew\nThe gate squeaks, come and look"
GREETING = "Good morning to all of you\nGood morning from the coast\nGood morning and thanks"
TAUGHT = f"## paid_claim\n{PAID}\n\n## dispute/quality\n{BROKEN}\n\n## none\n{GREETING}"


def reply(text: str, *intents: str, reason: str | None = None) -> str:
    said = {"today": "2026-11-25", "text": text, "intents": intents, "dispute_reason": reason}
    return json.dumps(said)


def taught(*more: str) -> tuple[Example, ...]:
    return (*sentences(TAUGHT.splitlines()), *replies(more))


def says(learnt: dict[str, list[float]], text: str, label: str) -> float:
    """How much a sentence speaks for a label."""
    (row,) = evidence(text, date(2026, 11, 25), offered=False).rows
    found = {ALWAYS: 1.0, **features(row)}
    return sum(learnt[name][LABELS.index(label)] * much for name, much in found.items() if name in learnt)


def test_a_heading_names_what_its_sentences_say() -> None:
    heads = (
        "## dispute/not_received_goods + promise_to_pay\nNo crate came, Friday is fine\n## none\nHello there"
    )
    both, neither = sentences(heads.splitlines())
    assert both.labels == {"dispute", "not_received", "promise_to_pay"} and both.alone
    assert neither.labels == frozenset()


def test_a_reply_has_the_features_of_each_sentence_and_its_reason() -> None:
    (one,) = replies([reply("The lamp came twice. Good night.", "dispute", reason="duplicate_invoice")])
    assert one.labels == {"dispute", "duplicate"} and not one.alone and len(one.rows) == 2


def test_words_share_what_they_weigh_and_pieces_have_ends() -> None:
    (row,) = evidence("Lamp lamp 17 lamp", date(2026, 11, 25), offered=False).rows
    found = features(row)
    spelt = {name for name in found if name.startswith(("word:", "pair:"))}
    assert {"word:lamp", "word:0", "pair:^ lamp", "pair:lamp lamp", "pair:lamp 0", "pair:0 lamp"} == spelt
    assert found["word:lamp"] == pytest.approx(0.7 / sqrt(6))
    assert {"part:<la", "part:amp", "part:mp>", "part:<lam", "part:lamp>"} <= found.keys()


def test_what_was_taught_is_told_apart() -> None:
    learnt = {name: list(row) for name, row in learn(taught()).items()}
    for text, label, other in (
        ("The bill is settled", "paid_claim", "dispute"),
        ("The gate squeaks", "dispute", "paid_claim"),
        ("The gate squeaks", "quality", "paid_claim"),
    ):
        assert says(learnt, text, label) > says(learnt, text, other)
        assert says(learnt, "Good morning", label) < says(learnt, text, label)


def test_a_reply_teaches_by_the_sentence_that_says_it_most() -> None:
    line = reply("Good morning from Ulla. The bill is settled by giro.", "paid_claim")
    before, after = learn(taught()), learn(taught(*[line] * 3))
    learnt = {name: list(row) for name, row in after.items()}
    assert "word:giro" not in before
    assert says(learnt, "By giro", "paid_claim") > says(learnt, "Ulla from", "paid_claim")


def test_the_same_examples_give_the_same_weights() -> None:
    line = reply("The bill is settled by giro.", "paid_claim")
    assert written(learn(taught(line))) == written(learn(taught(line)))


def test_little_weights_of_letters_are_not_kept_and_those_of_cues_are() -> None:
    table = {"part:abc": [0.9, 1.0], "cue:paid": [0.1, 0.04]}
    assert written(table) == "cue:paid\t0:2\npart:abc\t1:20\n"


def test_the_weights_that_are_kept_can_be_read() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith(f"{ALWAYS}\t") for line in lines)
