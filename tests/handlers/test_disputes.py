"""Disputes: what is contested rests, all or in part, until it is settled."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Talk


@pytest.fixture
def asked(talk: Talk) -> Talk:
    talk.says("Kuusi")
    talk.presses("Disputed")
    return talk


def test_a_contested_invoice_rests_and_a_kind_letter_says_so(asked: Talk) -> None:
    assert "Invoice 1055 rests." in asked.presses("Save", reason="quality", words="Piirakat olivat kylmiä.")
    assert "Kahvila Kuusi Oy" not in asked.says("today")
    assert "Piirakat olivat kylmiä." in asked.presses("Write to them")


def test_of_a_part_contested_the_rest_is_still_asked_for(asked: Talk) -> None:
    asked.presses("Save", part="450")
    asked.says("Kuusi")
    assert "1 000" in asked.presses("Draft")


@pytest.mark.parametrize("words", ["Kuusi disagrees", "disputed 1055", "Kuusi disagrees the pies were cold"])
def test_said_in_words_it_asks_before_anything_stops(words: str, talk: Talk) -> None:
    before = talk.kept()
    talk.says(words)
    form = talk.card().form
    assert form and talk.kept() == before
    assert ("the pies were cold" in {f.value for f in form.fields}) == ("cold" in words)
    assert "Invoice 1055 rests." in talk.presses("Save")


@pytest.mark.parametrize(
    ("part", "words"),
    [("-1", "as an amount"), ("0", "as an amount"), ("half", "as an amount"), ("9000", "at most SEK 1,450")],
)
def test_a_part_that_cannot_be_is_refused(part: str, words: str, asked: Talk) -> None:
    assert words in asked.refused("Save", part=part)


def test_of_several_invoices_one_is_chosen(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Disputed")
    form = talk.card().form
    assert form
    options = dict(next(f.options for f in form.fields if f.name == "invoice"))
    chosen = next(ident for ident, label in options.items() if label.startswith("1066"))
    assert "Invoice 1066 rests." in talk.presses("Save", invoice=chosen)


def test_it_ends_with_a_credit_that_lowers_what_is_owed(asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    assert "SEK 1,000 is left to pay" in asked.presses("Settle", outcome="credited", credit="450")
    assert asked.owed("kuusi") == 100_000


@pytest.mark.parametrize(("credit", "words"), [("-5", "as an amount"), ("5000", "at most SEK 1,450")])
def test_a_credit_that_cannot_be_is_refused(credit: str, words: str, asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    assert words in asked.refused("Settle", credit=credit)


def test_a_settled_dispute_is_not_settled_again(asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    action = asked.part("Settle").action
    asked.presses("Settle")
    assert "has no open dispute" in asked.acts(action.verb, action.subject, outcome="agreed")


def test_who_owes_nothing_has_nothing_to_contest(talk: Talk) -> None:
    talk.says("paid 1055")
    assert "owes nothing" in talk.says("Kuusi disagrees")
