"""Errors carry what must happen next."""

from __future__ import annotations

import pickle

import pytest

from bot.errors import BooksShut, DeliveryError, Refusal
from tests.cast import kr


def test_a_refusal_names_its_words_and_what_fills_them() -> None:
    refusal = Refusal("paid_too_much", amount=kr("100"))
    assert (refusal.key, refusal.facts) == ("paid_too_much", {"amount": kr("100")})


def test_a_refusal_may_need_no_facts() -> None:
    assert Refusal("no_account").facts == {}


def test_books_that_are_shut_say_at_length_what_the_database_said_and_else_do_not() -> None:
    shut = BooksShut(full=False, why="no such host")
    assert (str(shut), shut.at_length) == (
        "The database does not answer.",
        "The database does not answer: no such host",
    )
    assert BooksShut(full=True).at_length == "There is no room for the books: the disk is full."


def test_a_delivery_may_be_tried_again_unless_it_says_otherwise() -> None:
    error = DeliveryError("refused")
    assert (error.reason, error.permanent, error.unknown) == ("refused", False, False)


@pytest.mark.parametrize("fate", ["permanent", "unknown"])
def test_a_delivery_says_when_it_must_not_be_tried_again(fate: str) -> None:
    assert getattr(DeliveryError("refused", **{fate: True}), fate)


def test_both_tell_the_log_what_happened() -> None:
    assert "paid_too_much" in str(Refusal("paid_too_much", amount=1))
    assert str(pickle.loads(pickle.dumps(DeliveryError("refused")))) == "refused"
