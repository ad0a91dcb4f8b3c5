"""Causes: why a customer paid late, asked once and never insisted on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.today import morning
from tests.handlers.talk import Talk


@pytest.fixture
def paid(talk: Talk) -> Talk:
    talk.says("paid 1058")
    talk.says("paid 1066")
    return talk


def causes(talk: Talk) -> list[str | None]:
    with talk.books() as books:
        return [c.cause for c in books.closings.all()]


def test_the_last_payment_of_a_late_customer_asks_why(paid: Talk) -> None:
    assert "One last question about Café Norrsken" in paid.card().text
    assert causes(paid) == [None]


def test_one_tap_answers_and_is_kept_for_the_customer(paid: Talk) -> None:
    assert "Noted about Café Norrsken: was forgotten." in paid.presses("Forgot it")
    assert causes(paid) == ["forgot"]
    assert "cause_said" in kinds(paid)


def kinds(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [e.kind for e in books.history.of("norrsken")]


def test_it_may_be_skipped(paid: Talk) -> None:
    assert "I won't ask again" in paid.presses("Skip")
    assert causes(paid) == ["skipped"]


def test_it_is_asked_once_even_where_the_payment_was_undone(paid: Talk) -> None:
    paid.presses("Undo")
    assert "One last question" not in paid.says("paid 1066")
    assert causes(paid) == [None]


def test_an_answer_is_given_once(paid: Talk) -> None:
    action = paid.part("Forgot it").action
    paid.presses("Forgot it")
    assert "You have answered that already." in paid.acts(action.verb, action.subject, "cash")


def test_while_something_late_is_open_nothing_is_asked(talk: Talk) -> None:
    talk.says("paid 1058")
    assert "One last question" not in talk.says("today") and causes(talk) == []


def test_the_second_time_of_the_same_cause_brings_what_would_have_helped(paid: Talk) -> None:
    paid.presses("Never got it")
    with paid.books() as books:
        (closing,) = books.closings.all()
        late = books.invoices.of("norrsken")[-1]
    with paid.books() as books:
        books.invoices.add(
            type(late)(
                id="again",
                customer="norrsken",
                number="1188",
                amount=late.amount,
                paid=late.amount - late.amount,
                due=closing.day - timedelta(days=9),
            )
        )
    paid.house.clock.at += timedelta(days=1)
    paid.says("paid 1188")
    said = paid.presses("Never got it")
    assert "That makes two times in a year." in said and "send e-invoices" in said


def test_the_first_bank_day_of_the_month_sums_it_up(paid: Talk) -> None:
    paid.presses("Never got it")
    paid.house.clock.at = paid.house.clock().replace(month=12, day=1, hour=8)
    with paid.desk() as desk:
        (card,) = morning(desk, greet=True).more
    assert card.title == "Why the money came late" and "1 · never got the invoice" in card.text
