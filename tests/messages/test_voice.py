"""The voice: cards and words for the owner, and what happens when words are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from jinja2 import UndefinedError

from bot.letters import Kind
from bot.money import Money
from messages.languages import WordsMissing, codes
from messages.voice import Said, Voice, letter
from tests.messages.letter_cases import facts, plan

TODAY = date(2026, 11, 12)


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no language 'de': there is da, en, fi, nb, sv"):
        Voice("de")
    with pytest.raises(ValueError, match="no language ''"):
        letter(replace(facts("nb"), language=""))


def test_a_word_is_filled_with_facts_in_the_owners_format() -> None:
    voice = Voice("fi", today=TODAY)
    said = voice.word("refusals.blocked_promise", customer="Café Norrsken", day=date(2026, 11, 20))
    assert said == "En voi lähettää tätä vielä: Café Norrsken on luvannut maksaa perjantaina 20.11.2026."


def test_a_word_that_is_missing_is_an_error_and_never_another_languages() -> None:
    voice = Voice("nb")
    with pytest.raises(WordsMissing, match=r"nb/language.toml has no buttons\.fly"):
        voice.word("buttons.fly")


def test_a_card_that_is_missing_is_an_error_and_never_another_languages() -> None:
    with pytest.raises(WordsMissing, match=r"sv has no cards/no_such_card\.j2"):
        Voice("sv").card("no_such_card")


def test_a_fact_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="day"):
        Voice("en").word("refusals.blocked_promise", customer="Café Norrsken")
    with pytest.raises(UndefinedError, match="reply_by"):
        letter(replace(plan("en"), fields={}))


def test_a_letter_of_an_unknown_kind_is_an_error() -> None:
    about = replace(facts("da"), kind=cast(Kind, "postcard"))
    with pytest.raises(WordsMissing, match=r"da has no letters/postcard\.j2"):
        letter(about)


def test_a_final_notice_that_a_language_has_no_word_for_is_an_error() -> None:
    term = "betalingsoppfordring"
    about = replace(facts("en"), next_step="final_notice", fields={"final_notice_term": term})
    with pytest.raises(WordsMissing, match=r"final_notice\.NO\.betalingsoppfordring"):
        letter(about)


def test_a_rendered_card_comes_apart_into_title_text_and_foot() -> None:
    assert Said.of("\n# Café Norrsken\n\nOne.  \n\n\n\nTwo.\n~ I ask again.\n") == Said(
        "Café Norrsken", "One.\n\nTwo.", "I ask again."
    )
    assert Said.of("Only this.") == Said("", "Only this.", "")
    assert Said.of("# Only a title") == Said("Only a title", "", "")
    assert Said.of("") == Said("", "", "")


def test_how_often_a_swedish_customer_has_heard_from_us_is_said_as_swedes_say_it() -> None:
    said = Voice("sv").word("checks.contacts", count=2, most=3)
    assert said == "Har hört från oss två gånger den senaste månaden: ●●○"


def test_an_amount_in_danish_kroner_ends_its_sentence_with_one_full_stop() -> None:
    assert Said.of("500 kr.. Intet mere\n\n7 kr..\n~ 1 kr..") == Said(
        "", "500 kr. Intet mere\n\n7 kr.", "1 kr."
    )
    assert Said.of("500 kr... Og 7 kr., tak.") == Said("", "500 kr... Og 7 kr., tak.", "")
    owed = (Money.of("35855", "DKK"),)
    for name in ("reports", "report_ageing"):
        said = Voice("da", country="DK", today=TODAY).card(name, total=owed, late=owed, likely=owed)
        assert "35.855\u00a0kr. Heraf forfaldet: 35.855\u00a0kr." in said.text
        assert ".." not in said.text


@pytest.mark.parametrize("code", codes())
def test_the_owner_sees_their_own_currency_without_its_code(code: str) -> None:
    home = {"nb": "NO", "sv": "SE", "da": "DK", "fi": "FI", "en": "FI"}[code]
    own = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "FI": "EUR"}[home]
    voice = Voice(code, country=home, today=TODAY)
    assert own not in voice.word("money", amounts=(Money(12500, own),))
    assert "ISK" in voice.word("money", amounts=(Money(12500, "ISK"),))
    assert own in voice.word("money", amounts=(Money(12500, own), Money(1, "ISK")))


def test_the_owner_sees_days_with_the_year_when_it_is_another() -> None:
    voice = Voice("en", today=TODAY)
    assert voice.word("day", day=date(2026, 11, 20)) == "Friday 20 November"
    assert voice.word("day", day=date(2027, 1, 4)) == "Monday 4 January 2027"
