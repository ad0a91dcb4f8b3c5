from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.chat import Action, Card, Check, Fact, Field, Form, Handout, Item, Paper, Picture, Posted, Rule
from handlers.platforms.web.cards import Look, conversation, line
from handlers.platforms.web.words import own_texts
from tests.handlers.platforms.web.visit import button, posted

LOOK = Look("en", own_texts()["en"], "the-secret")
EVIL = "<script>alert('x')</script>\" onload=\"alert(1)"


def shown(card: Card, *, outcome: str = "", mine: bool = False) -> str:
    return line(posted("7", card, outcome=outcome, mine=mine), LOOK)


def everywhere(text: str) -> Card:
    """A card with a text in every place that holds one."""
    fields = tuple(
        Field(text, text, kind, text, ((text, text),) * options, text, text)  # type: ignore[arg-type]
        for kind, options in (
            ("text", 0),
            ("area", 0),
            ("date", 0),
            ("choice", 2),
            ("choice", 9),
            ("email", 0),
        )
    )
    press = replace(button(text, token=text), copy=text)
    return Card(
        text,
        title=text,
        facts=(Fact(text, text, text),),
        checks=(Check("ok", text), Check("look", text), Check("stop", text)),
        law=(Rule(text, text), Rule(text, text), Rule(text, text, open=False)),
        items=(Item(text, text, text, press),),
        paper=Paper(text, text, text, text),
        pictures=(Picture(text.encode(), "image/svg+xml", text),),
        handouts=(Handout(text, text, 7),),
        form=Form(Action("x.y"), fields, text, text),
        buttons=(press,),
        foot=text,
        more=(Card(text, title=text),),
    )


@pytest.mark.parametrize("outcome", ["", EVIL])
def test_no_field_of_a_card_becomes_markup(outcome: str) -> None:
    words = {**own_texts()["en"], "you": EVIL}
    html = line(
        Posted(EVIL, datetime(2026, 1, 2, tzinfo=UTC), everywhere(EVIL), outcome=outcome),
        replace(LOOK, words=words),
    )
    assert "<script" not in html
    assert '" onload=' not in html
    assert "&lt;script&gt;" in html


def test_a_line_says_who_speaks_and_when() -> None:
    html = conversation((posted("1", "Hello", mine=True), posted("2", "Good morning")), LOOK)
    assert '<span class="unseen">You</span>' in html
    assert '<span class="unseen">Purr</span>' in html
    assert '<time datetime="2026-11-16T12:00:00+00:00">12:00</time>' in html


def test_a_clock_is_written_as_the_language_writes_it() -> None:
    assert ">12.00</time>" in line(posted("1", "Hej"), Look("sv", own_texts()["sv"], ""))


def test_plain_words_are_a_bubble_and_anything_more_is_a_card() -> None:
    assert 'class="bubble"' in shown(Card("Good morning."))
    assert 'class="card"' in shown(Card("Good morning.", foot="Nothing is sent."))


def test_a_title_names_its_card_to_those_who_listen() -> None:
    html = shown(Card("Late by 13 days.", title="Café Norrsken"))
    assert 'aria-labelledby="title-7-0"' in html
    assert '<h2 id="title-7-0">Café Norrsken</h2>' in html


def test_a_fact_offers_its_bare_value_to_the_clipboard() -> None:
    html = shown(Card("", facts=(Fact("Reference", "10 425", "10425"), Fact("Total", "NOK 12,500"))))
    assert '<dt>Reference</dt><dd><span>10 425</span><button type="button"' in html
    assert 'aria-label="Copy: Reference"' in html
    assert 'data-copy="10425"' in html
    assert html.count("data-copy=") == 1


@pytest.mark.parametrize(
    ("state", "words"), [("ok", "Fine"), ("look", "Worth a look"), ("stop", "In the way")]
)
def test_a_check_says_its_state_in_words_too(state: str, words: str) -> None:
    html = shown(Card("", checks=(Check(state, "The invoice bounced."),)))  # type: ignore[arg-type]
    assert f'<span class="unseen">{words}: </span>The invoice bounced.' in html
    assert '<svg class="icon"' in html


LAW = (
    Rule("The law today: a reminder."),
    Rule("A reminder is free.", "Debt Act § 5"),
    Rule("A fee from Friday.", open=False),
)


def test_the_law_is_folded_behind_the_sum_of_it_below_the_checks() -> None:
    html = shown(Card("", checks=(Check("ok", "Complete."),), law=LAW, items=(Item("INV-7"),)))
    assert '<details class="law"><summary>' in html
    assert '<span class="mark" aria-hidden="true">§ </span>The law today: a reminder.</summary>' in html
    assert html.index("Complete.") < html.index("<details") < html.index("INV-7")


def test_a_step_of_the_law_says_in_words_whether_it_applies_and_where_it_stands() -> None:
    html = shown(Card("", law=LAW))
    now = '<li><span class="mark" role="img" aria-label="Applies now">● </span>A reminder is free. '
    assert f"{now}<small>Debt Act § 5</small></li>" in html
    later = (
        '<li class="shut"><span class="mark" role="img" aria-label="Not yet">○ </span>A fee from Friday.</li>'
    )
    assert later in html


def test_a_law_of_one_sentence_has_nothing_to_unfold() -> None:
    html = shown(Card("", law=LAW[:1]))
    assert '<p class="law">' in html
    assert "<details" not in html


def test_a_row_has_its_amount_and_its_button_and_the_button_says_whose() -> None:
    html = shown(Card("", items=(Item("Lilla Blomman", "13 days late", "NOK 4,000", button("Show")),)))
    assert '<span class="amount">NOK 4,000</span>' in html
    assert '<span class="name" id="item-7-0-0">Lilla Blomman</span>' in html
    assert 'aria-describedby="item-7-0-0"' in html


def test_a_letter_keeps_its_lines_and_its_language() -> None:
    html = shown(Card("", paper=Paper("Faktura 1042", "Hei Maja\r\n\r\nTakk!", "maja@example.no", "nb")))
    assert '<div class="paper" lang="nb">' in html
    assert '<div class="letter">Hei Maja\n\nTakk!</div>' in html
    assert "<dt>To</dt><dd>maja@example.no</dd><dt>Subject</dt><dd>Faktura 1042</dd>" in html


def test_a_picture_is_inside_the_page_and_has_words() -> None:
    html = shown(Card("", pictures=(Picture(b"\x89PNG", "image/png", "Most is on time."),)))
    assert '<img src="data:image/png;base64,iVBORw==" alt="Most is on time.">' in html


def test_the_primary_button_comes_first_and_sends_its_token_only() -> None:
    quiet, primary = (
        replace(button("Later", token="q"), style="quiet"),
        replace(button(token="p"), style="primary"),
    )
    html = shown(Card("", buttons=(quiet, button("Call", token="c"), primary)))
    assert html.index('value="p"') < html.index('value="c"') < html.index('value="q"')
    assert 'form="press" name="press" value="p"' in html
    assert "letter.draft" not in html


def test_a_button_that_only_copies_sends_nothing() -> None:
    html = shown(Card("", buttons=(button("Copy", token="", copy="10425"),)))
    assert '<button type="button" class="button plain" data-copy="10425"' in html


def test_after_use_the_buttons_are_gone_and_the_card_says_what_happened() -> None:
    card = Card(
        "Shall I?",
        items=(Item("INV-7", button=button("Open")),),
        form=Form(Action("x.y"), (Field("day", "Day", "date"),), "Save", "f"),
        buttons=(button(),),
        foot="If you do nothing, nothing is sent.",
    )
    html = shown(card, outcome="✓ Sent at 10:15.")
    assert "<button" not in html
    assert "<form" not in html
    assert "If you do nothing" not in html
    assert "<span>Sent at 10:15.</span>" in html


def test_the_version_of_a_line_changes_with_what_it_shows() -> None:
    before, same, after = (shown(Card("Hello"), outcome=outcome) for outcome in ("", "", "Done."))
    assert before == same
    assert before.partition("data-version=")[2][:10] != after.partition("data-version=")[2][:10]


def test_further_cards_stand_below_the_first() -> None:
    html = shown(Card("One", more=(Card("Two"),)))
    assert html.index("<p>One</p>") < html.index("<p>Two</p>")


def test_a_file_to_take_away_has_its_name_and_size_and_stays_when_the_card_is_answered() -> None:
    card = Card("Here it is.", handouts=(Handout("bygg_2026-11-26.zip", "abc", 2048),))
    link = '<a href="/files/abc" download="bygg_2026-11-26.zip" class="handout">'
    assert link in shown(card) and "<small>3 kB</small>" in shown(card)
    assert link in shown(card, outcome="Done")
