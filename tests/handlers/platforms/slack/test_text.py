from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Moment
from handlers.platforms.slack.text import (
    SIGNS,
    cut,
    dated,
    fits_mrkdwn,
    label,
    marked,
    parted,
    plain,
    spelled,
    timed,
    units,
)
from tests.handlers.platforms.slack.drawn import NOON, texts

AT = Moment("09:10", NOON)


def written(text: str, *moments: Moment) -> str:
    return "".join(map(dated, timed(text, moments)))


@given(texts, st.integers(2, 200))
def test_a_text_is_cut_within_its_limit_and_says_so(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert short == text or short.endswith("…")


def test_a_text_is_cut_between_words() -> None:
    assert cut("Letter to Bygg & Betong i Söder AB", 24) == "Letter to Bygg & Betong…"


def test_a_text_without_blanks_is_cut_where_it_must_be() -> None:
    assert cut("面" * 30, 10) == "面" * 9 + "…"
    assert cut("🧁" * 30, 10) == "🧁" * 4 + "…"


@given(texts, st.integers(2, 200))
def test_the_parts_of_a_text_are_the_whole_text(text: str, limit: int) -> None:
    parts = parted(text, limit)
    assert "".join(between + part for between, part in parts) == text
    assert all(units(part) <= limit for _, part in parts)


def test_a_text_is_parted_between_paragraphs_if_it_can_be() -> None:
    assert parted("one two\n\nthree", 12) == [("", "one two"), ("\n\n", "three")]
    assert parted("one two three", 9) == [("", "one two"), (" ", "three")]


def test_nothing_in_a_plain_text_is_an_emoji_and_none_is_empty() -> None:
    assert plain(":wave:") == {"type": "plain_text", "text": ":wave:", "emoji": False}
    assert plain("  ")["text"] == "–"


def test_a_label_is_one_line() -> None:
    assert label("Café\r\n  Norrsken \n", 75)["text"] == "Café Norrsken"


@pytest.mark.parametrize("text", ["*b*", "_i_", "~s~", "`c`", ":wave:", "so\n > quoted"])
def test_signs_that_mrkdwn_would_take_for_markup_are_noticed(text: str) -> None:
    assert not fits_mrkdwn("fine", text)
    assert marked(f"{text} 09:10", [AT])["type"] == "plain_text"


@pytest.mark.parametrize("text", ["Åsas & Co.", "3 > 2", "12:30", "e-post: a@b.example"])
def test_ordinary_words_are_no_markup(text: str) -> None:
    assert fits_mrkdwn(text)


@given(texts)
def test_where_mrkdwn_cannot_be_avoided_no_text_becomes_markup(text: str) -> None:
    safe = spelled(text, 300)
    assert units(safe) <= 300
    assert not re.search(r"<|>|&(?!amp;|lt;|gt;)", safe)
    assert not re.search(r"[*_~`](?!\u200b)[^…]|:[\w+'-]+:|^[ \t]*&gt;", safe, re.MULTILINE)


def test_an_instant_is_shown_on_the_readers_own_clock() -> None:
    stamp = int(NOON.timestamp())
    assert written("Goes out at 09:10.", AT) == f"Goes out at <!date^{stamp}^{{time}}|09:10>."
    day = Moment("16 November at 09:10", NOON)
    assert written("On 16 November at 09:10", day) == f"On <!date^{stamp}^{{date_long}} {{time}}|{day.text}>"


def test_the_words_before_an_hour_stay() -> None:
    assert written("Sendes kl.\u00a009.10.", replace(AT, text="kl.\u00a009.10")).startswith(
        "Sendes kl.\u00a0<!date^"
    )


def test_an_hour_inside_a_longer_number_or_with_two_meanings_stays_as_it_is() -> None:
    assert written("109:10 & 09:101", AT) == "109:10 &amp; 09:101"
    assert written("09:10", AT, replace(AT, at=NOON + timedelta(days=1))) == "09:10"


@given(texts)
def test_no_text_brings_its_own_markup_into_an_instant(text: str) -> None:
    drawn = written(f"{text} {text}", Moment(text, NOON))
    assert not re.search(r"<(?!!date\^\d+\^)", drawn)
    assert not SIGNS.search(text) or marked(text, [Moment(text, NOON)])["type"] == "plain_text"
