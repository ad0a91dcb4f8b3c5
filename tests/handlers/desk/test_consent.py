"""Consent: the yes to a language model is bound to exactly the text that was shown."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Question
from handlers.desk import consent

QUESTION = Question(purpose="rephrase", rules="Say it differently.", data='["Hello."]')


def test_all_that_goes_out_is_shown_and_nothing_that_stays() -> None:
    about = replace(QUESTION, customer="norrsken", who="Åsa", note="to say a letter differently")
    assert consent.text(about) == 'Say it differently.\n\n["Hello."]'


def test_a_yes_is_bound_to_the_text_and_to_nothing_else() -> None:
    assert consent.digest(QUESTION) == consent.digest(replace(QUESTION, who="Åsa", first=True))
    for changed in (replace(QUESTION, data='["Hello!"]'), replace(QUESTION, rules="Say it.")):
        assert consent.digest(changed) != consent.digest(QUESTION)
