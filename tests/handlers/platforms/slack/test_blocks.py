from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import Action, Card, Field, Form, Item
from bot.parties import LANGUAGES
from handlers.platforms.slack.blocks import drawn, hint, message, root
from handlers.platforms.slack.fitting import PAGE, fitted
from handlers.platforms.slack.modal import modal
from handlers.platforms.slack.text import Json
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import (
    NASTY,
    check_message,
    check_view,
    everywhere,
    line,
    parts_of,
    post,
    press,
    texts,
    tokens_in,
    words_in,
)
from tests.handlers.stage import plain, whole
from tests.handlers.test_every_button import LATER, SAID, phrases
from tests.handlers.walk import LIST, UNSURE, Walk, pressable
from tests.mailserver import mail_server

EN = words_of("en")
JUDGE = Path(__file__).resolve().parents[5] / "shared" / "judge" / "limits_check.py"
DIGEST = Card(
    "Two customers need you today.",
    title="Monday 16 November",
    items=(
        Item("Lilla Blomman", "an instalment is missing", "SEK 6,000", press("t1")),
        Item("Bygg & Betong", "27 days late", "SEK 18,400", press("t2")),
    ),
    foot="If you do nothing, nothing is sent.",
)


def kinds(message: Json) -> list[str]:
    return [block["type"] for block in message["blocks"]]


@given(texts, st.integers(0, 45), texts, texts)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_no_card_breaks_a_limit_or_loses_a_button_of_its_own(
    text: str, rows: int, outcome: str, business: str
) -> None:
    card = everywhere(text, rows)
    alive = message(post(card, business=business), EN)
    check_message(alive)
    own = [b.token for b in card.buttons] + ["the-form"]
    assert Counter(own) <= Counter(tokens_in(alive["blocks"]))
    check_message(message(post(card, outcome, business=business), EN))
    check_message(hint(card, EN))


@pytest.mark.parametrize("text", NASTY)
def test_no_name_becomes_a_mention_or_markup(text: str) -> None:
    drawn = message(post(everywhere(text)), EN)
    for part in parts_of(drawn["blocks"]):
        if part.get("type") == "mrkdwn":
            bare = re.sub(r"<!date\^\d+\^\{\w+\}( \{time\})?\|[^<>]*>", "", part["text"])
            bare = re.sub(r"  _[^_\n]+_$", "", bare, flags=re.MULTILINE) if bare.startswith("§ ") else bare
            assert not re.search(r"[<>_~`]|&(?!amp;|lt;|gt;)", bare)
    assert "<!channel>" not in drawn["text"]


def test_a_digest_reads_from_the_top_with_a_button_beside_each_name() -> None:
    said = message(post(DIGEST), EN)
    assert kinds(said) == ["header", "rich_text", "section", "section", "context"]
    first, second = said["blocks"][2:4]
    assert first["text"]["text"] == "*Lilla Blomman*\nSEK 6,000 · an instalment is missing"
    assert second["text"]["text"].startswith("*Bygg &amp; Betong*")
    assert first["accessory"]["action_id"] == "press:0"
    assert first["accessory"]["value"] == "t1"
    assert first["accessory"]["accessibility_label"] == "Open: Lilla Blomman"


def test_the_text_beside_the_blocks_says_all_of_it_the_most_telling_first() -> None:
    said = message(post(DIGEST, business="Åsas Bageri"), EN)["text"]
    assert said.startswith("Åsas Bageri\nMonday 16 November\nTwo customers need you today.")
    assert "Lilla Blomman, SEK 6,000, an instalment is missing" in said
    assert said.endswith("If you do nothing, nothing is sent.")


def test_two_hundred_rows_are_cut_with_a_word_about_the_rest() -> None:
    rows = tuple(Item(f"Kund {n}", "late", "SEK 100", press(f"{n:022}")) for n in range(200))
    said = message(post(Card("Many.", items=rows, buttons=(press("own", "Show more"),), foot="Nothing.")), EN)
    check_message(said)
    seen = sum(block["type"] == "section" for block in said["blocks"])
    assert 30 < seen < 50
    assert f"and {200 - seen} more" in words_in(said["blocks"])
    assert "own" in tokens_in(said["blocks"])
    assert said["blocks"][-1]["elements"][0]["text"] == "Nothing."


def test_buttons_stand_five_in_a_row_the_primary_first() -> None:
    buttons = (
        press("q", "Later", style="quiet"),
        *(press(f"b{n}") for n in range(5)),
        press("p", "Approve", style="primary"),
    )
    rows = message(post(Card("", title="Letter", buttons=buttons)), EN)["blocks"][1:]
    assert [len(row["elements"]) for row in rows] == [5, 2]
    assert tokens_in(rows) == ["p", "b0", "b1", "b2", "b3", "b4", "q"]
    assert [b.get("style") for row in rows for b in row["elements"]] == ["primary"] + [None] * 6
    assert rows[0]["elements"][0]["accessibility_label"] == "Approve: Letter"


def test_a_button_without_a_token_is_not_drawn() -> None:
    assert tokens_in(message(post(Card("Hi", buttons=(press(""),))), EN)["blocks"]) == []


def test_a_form_is_one_button_and_says_what_is_to_be_mended() -> None:
    day = Field("day", "Day", "text", "someday", error="There is no such day.")
    said = message(post(Card("When?", form=Form(Action("x.y"), (day,), "Save", "f"))), EN)["blocks"]
    (opens,) = said[-1]["elements"]
    assert (opens["action_id"], opens["value"], opens["style"]) == ("form:0", "f", "primary")
    assert opens["text"]["text"] == "Fill in"
    assert "! Day: There is no such day." in words_in(said)


def test_a_closed_line_has_nothing_to_press_and_says_what_was_chosen() -> None:
    said = message(post(DIGEST, "✓ Approve"), EN)
    assert tokens_in(said["blocks"]) == []
    assert said["blocks"][-1]["elements"][0]["text"] == "✓ Approve"
    assert "If you do nothing" not in words_in(said["blocks"])
    assert said["text"].endswith("Approve")


def test_a_chat_of_several_businesses_names_the_one_it_is_about() -> None:
    first = message(post(DIGEST, business="Åsas Bageri"), EN)["blocks"][0]
    assert first["elements"][0]["text"] == "Åsas Bageri"


def test_a_thread_begins_with_the_customers_name() -> None:
    said = root(post(Card("x"), about="Bygg & <Betong>"))
    check_message(said)
    assert said["text"] == "Bygg &amp; &lt;Betong&gt;"
    assert said["blocks"][0]["text"]["text"] == "Bygg & <Betong>"
    check_message(root(post(Card("x"))))


def test_a_hint_shows_the_cards_that_follow_it_too() -> None:
    assert words_in(hint(Card("Used up.", more=(Card("Ask anew."),)), EN)["blocks"]) == "Used up.\nAsk anew."


def test_a_card_that_says_nothing_is_still_a_message() -> None:
    check_message(message(post(Card("")), EN))


@pytest.fixture(scope="module", params=LANGUAGES)
def walked(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Card]]:
    """Every card that an owner who tries much is shown."""
    language = str(request.param)
    with mail_server() as mail:
        walk = Walk.through(language, tmp_path_factory.mktemp(language), mail)
        walk.drop("list.csv", LIST)
        walk.drop("unsure.csv", UNSURE)
        for said in phrases(SAID[language]):
            walk.say(said)
        walk.go(60)
        for said in phrases(LATER[language]):
            walk.say(said)
    return language, walk.cards


@pytest.mark.slow
def test_every_word_and_every_button_of_the_real_cards_is_there(walked: tuple[str, list[Card]]) -> None:
    language, cards = walked
    words = words_of(language)
    assert len(cards) > 60
    for card in cards:
        said = message(post(card), words)
        check_message(said)
        window = [modal(line(card), words)] if card.form else []
        for view in window:
            check_view(view)
        seen = plain(words_in([said["blocks"], window]))
        assert not [word for word in whole(card).split() if word.strip(":") not in seen]
        assert Counter(tokens_in(said["blocks"])) == Counter(part.token for part in pressable(card))
        assert plain(unescape(said["text"])).startswith(plain(card.title or card.text)[:20].strip())
        assert len(said["blocks"]) <= 20


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not JUDGE.exists(), reason="the shared material is not beside the checkout")
def test_the_judge_has_nothing_against_the_real_cards(walked: tuple[str, list[Card]]) -> None:
    slack = run_path(str(JUDGE))["slack"]
    language, cards = walked
    for card in cards:
        assert list(slack("chat.postMessage", message(post(card), words_of(language)))) == []
        if card.form:
            assert list(slack("views.open", {"view": modal(line(card), words_of(language))})) == []


def test_there_is_more_room_on_a_page() -> None:
    rows = tuple(Item(f"Kund {n}", button=press(f"t{n}")) for n in range(80))
    assert len(fitted(drawn(Card("", items=rows), EN), PAGE)) == 80
