"""The router: every feature's answers joined, words understood in every language."""

from __future__ import annotations

import pytest

from bot.chat import Action, Request
from bot.errors import Refusal
from handlers import router
from tests.handlers.talk import Talk


def test_every_action_is_a_noun_and_a_verb_and_has_an_answer_with_a_sentence() -> None:
    assert len(router.ANSWERS) > 50
    for name, answer in router.ANSWERS.items():
        assert name.count(".") == 1, name
        assert answer.__doc__, name


@pytest.mark.parametrize("words", ["i dag", "today", "tänään", "I DAG", " today! "])
def test_words_of_any_language_are_understood(words: str, talk: Talk) -> None:
    with talk.desk() as desk:
        assert router.understand(Request("bageri", text=words), desk) == Action("today.show")


@pytest.mark.parametrize("request_", [Request("x", action=Action("no.such")), Request("x", text=" ")])
def test_what_nobody_answers_is_not_understood(request_: Request, talk: Talk) -> None:
    with talk.desk() as desk, pytest.raises(Refusal, match="not_understood"):
        router.answer(request_, desk)


def test_an_answer_may_lead_on_to_another_but_not_for_ever(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(router.ANSWERS, "round.round", lambda request, desk: Action("round.round"))
    with talk.desk() as desk, pytest.raises(RecursionError):
        router.answer(Request("bageri", action=Action("round.round")), desk)
