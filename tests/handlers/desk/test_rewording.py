"""Rewording: which drafts a language model may have, and what of its word is used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.letters import Kind
from bot.model import Model, Said
from handlers.desk import rewording
from tests.handlers.talk import Talk


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        ("reminder", True), ("soon", True), ("copy", True), ("thanks", True), ("payment_unseen", True),
        ("final_notice", False), ("demand", False), ("plan", False), ("plan_offer", False),
        ("promise", False), ("waiver", False), ("dispute", False), ("refund", False),
        ("later", False), ("taken_back", False),
    ],
)  # fmt: skip
def test_letters_of_the_law_and_of_agreements_keep_their_words(talk: Talk, kind: Kind, offered: bool) -> None:
    with talk.desk() as desk:
        desk.books.save_business(replace(desk.business, model=True))
        asks = replace(desk, model=Model("https://models.example", "small"))
        letter = replace(desk.books.letters.all()[0], kind=kind, language=desk.language)
        assert rewording.is_offered(letter, asks) is offered
        assert not rewording.is_offered(letter, desk)
        assert not rewording.is_offered(replace(letter, language="da"), asks)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (Said('["dispute"]'), ("dispute",)), (Said("dispute"), ()), (Said(trouble="slow"), ()),
        (Said('["dispute"]', trouble="slow"), ()),
    ],
)  # fmt: skip
def test_an_opinion_is_what_can_be_used_of_it(said: Said, means: tuple[str, ...]) -> None:
    assert rewording.opinion(said) == means
