"""Places: where the morning list comes, and which business a chat talks about."""

from __future__ import annotations

import pytest

from bot.chat import Action, Request
from bot.errors import Refusal
from bot.platforms import Place
from handlers import router
from tests.handlers.talk import Talk

OTHERS = (("bygg", "Bygg & Betong"), ("blomman", "Lilla Blomman"))


def opened(talk: Talk, chat: str, *, nudges: bool) -> str:
    with talk.books() as books:
        return books.places.open(Place("telegram", chat), nudges=nudges).id


def nudged(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [each.chat for each in books.places.all() if each.nudges]


def test_the_list_comes_to_the_chat_where_it_is_asked_for_and_leaves_the_other(talk: Talk) -> None:
    opened(talk, "7", nudges=True)
    group = opened(talk, "-8", nudges=False)
    said = talk.ask(Request(talk.house.business.id, text="here", where=group))
    assert "The morning list comes here, at 08:00." in said
    assert nudged(talk) == ["-8"]


def test_the_list_stays_away_when_it_is_not_wanted(talk: Talk) -> None:
    chat = opened(talk, "7", nudges=True)
    said = talk.ask(Request(talk.house.business.id, text="not here", where=chat))
    assert "The morning list no longer comes here." in said
    assert nudged(talk) == []


def test_in_the_web_chat_the_owner_hears_where_to_say_it(talk: Talk) -> None:
    opened(talk, "7", nudges=True)
    assert "Write “here” in the chat" in talk.says("here")
    assert "Here you always see everything." in talk.says("not here")
    assert nudged(talk) == ["7"]


def test_a_chat_that_is_not_connected_gets_no_list(talk: Talk) -> None:
    request = Request(talk.house.business.id, text="here", where="gone")
    assert "I don't know which business this channel is for." in talk.ask(request)


def test_the_businesses_are_listed_with_a_way_to_each_other_one(talk: Talk) -> None:
    talk.ask(Request(talk.house.business.id, text="businesses", businesses=OTHERS))
    card = talk.card()
    assert [i.title for i in card.items] == ["Åsas Bageri AB", "Bygg & Betong", "Lilla Blomman"]
    assert [i.button.action.subject for i in card.items if i.button] == ["bygg", "blomman"]
    assert "There is only this one." in talk.says("businesses")


def test_the_talk_turns_only_to_a_business_of_ones_own(talk: Talk) -> None:
    with talk.desk() as desk:
        turn = Request(talk.house.business.id, action=Action("business.turn", "bygg"), businesses=OTHERS)
        card = router.answer(turn, desk)
        assert (card.turn, card.text) == ("bygg", "Now we talk about Bygg & Betong.")
        foreign = Request(talk.house.business.id, action=Action("business.turn", "x"), businesses=OTHERS)
        with pytest.raises(Refusal, match="not_found"):
            router.answer(foreign, desk)
