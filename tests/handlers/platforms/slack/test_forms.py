from __future__ import annotations

import asyncio

from bot.chat import Action, Button, Card, Item
from handlers.platforms.slack import modal
from handlers.platforms.slack.forms import Forms, asked_at, placed, question, where_of
from handlers.platforms.slack.incoming import Origin
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.double import ANSWER, ASK, Box, line

ORIGIN = Origin("T1", "C1", "U1", "asa", thread="1.1")
OPEN = Button("Open", Action("customer.show", "norrsken"), look=True, token="o" * 22)


def test_a_window_is_kept_over_restarts_and_a_line_without_a_form_keeps_none() -> None:
    async def act() -> None:
        drawer = Box()
        await Forms(drawer).keep(line(ASK), words_of("en"))
        await Forms(drawer).keep(line(ANSWER), words_of("en"))
        assert (await Forms(drawer).view("f" * 22))["type"] == "modal"
        assert len(drawer.kept) == 1
        assert await Forms(drawer).view("unknown") == {}

    asyncio.run(act())


def test_a_window_knows_where_it_was_asked_for() -> None:
    view = placed(modal.modal(line(ASK), words_of("en")), ORIGIN)
    body = {"view": view, "user": {"id": "U1", "username": "asa"}, "team": {"id": "T1"}}
    assert asked_at(body) == ORIGIN
    assert modal.origin(view).token == "f" * 22
    assert modal.origin(view).where == where_of(ORIGIN)


def test_the_question_is_the_last_open_line_that_asks() -> None:
    first, second = line(ASK, "1"), line(ASK, "2")
    assert question((first, second, line(ANSWER, "3"))) == second
    assert question((first, line(ASK, "2", outcome="Saved"))) == first
    assert question((line(ANSWER),)) is None


def test_a_card_with_rows_to_choose_from_is_to_be_seen_and_not_covered_by_its_form() -> None:
    card = Card("Who was it?", items=(Item("Café Norrsken", button=OPEN),), form=ASK.form)
    assert question((line(card),)) is None
