"""What an answer says, on a card: read against what was owed and offered on the day it came."""

from __future__ import annotations

from datetime import timedelta

from bot.replies import Reply
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
