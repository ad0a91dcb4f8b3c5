"""What an answer says, on a card: read against what was owed and offered on the day it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import Card
from bot.money import Money
from bot.replies import Reply, Source
from handlers.desk import heard
from tests.handlers.talk import Talk


def test_a_day_is_counted_from_when_the_answer_came_and_not_from_today(talk: Talk) -> None:
    with talk.desk() as desk:
        reply = Reply(
            id="r", customer="norrsken", text="Vi betalar i morgon.", at=desk.now - timedelta(days=2)
        )
        said = heard.hear(reply, desk.books.case("norrsken"), desk)
        (promised,) = said.promised
        assert promised.day == desk.today - timedelta(days=1)
        (found,) = heard.proposed(reply, desk.books.case("norrsken"), desk)
        assert found.day is None


def test_the_plan_that_waits_for_an_answer_is_the_one_offered_last(talk: Talk) -> None:
    talk.says("plan Norrsken 3")
    talk.presses("Offer it to them")
    with talk.desk() as desk:
        plan = heard.offered(desk.books.case("norrsken"))
        assert plan and plan.state == "offered" and len(plan.instalments) == 3
        assert heard.offered(desk.books.case("kuusi")) is None


def test_where_no_sentence_is_told_apart_all_of_the_answer_is_quoted(talk: Talk) -> None:
    with talk.desk() as desk:
        reply = Reply(id="r", customer="norrsken", text=" Hej. ", at=desk.now)
        assert heard.quoted(reply, "dispute", desk.books.case("norrsken"), desk) == "Hej."


@pytest.mark.parametrize(
    ("source", "came"),
    [
        ("mail", "By mail: “"),
        ("page", "On their page: “"),
        ("phone", "By phone: “"),
        ("pasted", "As you noted it: “"),
    ],
)
def test_the_card_says_by_which_way_an_answer_came(talk: Talk, source: Source, came: str) -> None:
    assert read(talk, "Vi betalar på fredag.", source).text.startswith(came)


def test_an_amount_in_another_currency_than_the_debt_is_for_a_person_to_read(talk: Talk) -> None:
    card = read(talk, "Vi betalar 50 euro på fredag.", "page")
    assert (
        "They mention EUR\N{NO-BREAK SPACE}50.00, but they owe in SEK. Ask them before you note an amount."
        in card.text
    )
    assert [b.action.verb for b in card.buttons] == ["promise.form", "reply.meanings"]


def test_a_plan_in_another_currency_than_the_debt_is_filled_in_by_a_person(talk: Talk) -> None:
    card = read(talk, "Kan vi betala 50 euro i månaden?")
    assert "they owe in SEK" in card.text
    form = card.buttons[0].action
    assert (form.verb, "50" in form.value) == ("plan.form", False)


def test_crowns_are_the_crowns_that_are_owed(talk: Talk) -> None:
    card = read(talk, "Vi betalar 500 kronor på fredag.")
    assert "they owe in" not in card.text and card.buttons[0].action.verb == "promise.add"


def test_who_owes_in_two_currencies_is_read_in_the_one_they_name(talk: Talk) -> None:
    with talk.books() as books:
        one = next(i for i in books.invoices.of("norrsken") if i.state == "open")
        euros = replace(one, id="eur", number="7001", amount=Money.of("300", "EUR"), paid=Money(0, "EUR"))
        books.invoices.add(euros)
    card = read(talk, "Vi betalar 50 euro på fredag.")
    assert "they owe in" not in card.text and "EUR\N{NO-BREAK SPACE}50.00" in card.text
    talk.acts(card.buttons[0].action.verb, "norrsken", card.buttons[0].action.value)
    with talk.books() as books:
        assert [p.amount for p in books.promises.of("norrsken") if p.state == "open"] == [
            Money.of("50", "EUR")
        ]


def read(talk: Talk, text: str, source: Source = "mail") -> Card:
    with talk.desk() as desk:
        reply = Reply(id="r", customer="norrsken", text=text, at=desk.now, source=source)
        desk.books.replies.add(reply)
        return heard.card(reply, desk.books.case("norrsken"), desk)
