from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import Action, Button, Card, Check, Fact, Field, Form, Handout, Item, Paper, Picture, Rule
from handlers.platforms.telegram.cards import Message, shown
from handlers.platforms.telegram.rich import clean, html, plain, seen
from handlers.platforms.telegram.sheet import new_sheet
from handlers.platforms.telegram.words import tongue
from tests.handlers import stage
from tests.handlers.platforms.telegram.markup import parsed, units
from tests.handlers.walk import Walk, pressable
from tests.mailserver import mail_server

GO = Action("x.y")
TEXT = st.text(max_size=200)
NAMES = st.text(min_size=1, max_size=60)
TOKENS = st.integers(10**21, 10**22 - 1).map(str)
BUTTONS = st.builds(Button, NAMES, st.just(GO), st.sampled_from(["plain", "primary", "quiet"]), token=TOKENS)
FACTS = st.builds(Fact, NAMES, TEXT, st.just("") | st.text(max_size=400))
ITEMS = st.builds(Item, NAMES, TEXT, st.text(max_size=20), st.none() | BUTTONS)
CHECKS = st.builds(Check, st.sampled_from(["ok", "look", "stop"]), NAMES)
RULES = st.builds(Rule, TEXT, st.text(max_size=60), st.booleans())
PAPERS = st.builds(Paper, NAMES, st.text(max_size=6000), TEXT)
FIELDS = st.builds(Field, NAMES, NAMES, st.sampled_from(["text", "area", "date", "password"]), hint=TEXT)
FORMS = st.builds(Form, st.just(GO), st.lists(FIELDS, min_size=1, max_size=6).map(tuple), NAMES, TOKENS)
CARDS = st.builds(
    Card,
    st.text(max_size=6000),
    title=TEXT,
    facts=st.lists(FACTS, max_size=8).map(tuple),
    checks=st.lists(CHECKS, max_size=8).map(tuple),
    law=st.lists(RULES, max_size=8).map(tuple),
    items=st.lists(ITEMS, max_size=12).map(tuple),
    paper=st.none() | PAPERS,
    form=st.none() | FORMS,
    buttons=st.lists(BUTTONS, max_size=8).map(tuple),
    foot=TEXT,
)
EN = tongue("en")


def drawn(card: Card, outcome: str = "", language: str = "en") -> tuple[Message, ...]:
    """All messages of a card, those of its form among them."""
    made = shown(card, tongue(language), outcome)
    if made.form is None:
        return made.messages
    return (*made.messages, *new_sheet(made.form, language, made.head, made.above, made.below).messages())


def read(messages: tuple[Message, ...]) -> str:
    return "".join("".join(plain(message.page) for message in messages).split())


def tokens(messages: tuple[Message, ...]) -> Counter[str]:
    """What the buttons send back; of a form only the one that hands it in."""
    data = (key.data for message in messages for row in message.rows for key in row if key.data)
    return Counter(each.removesuffix(".s") for each in data if "." not in each.removesuffix(".s"))


def judge(messages: tuple[Message, ...]) -> None:
    """Nothing that Telegram would refuse."""
    for message in messages:
        text, entities = parsed(html(message.page))
        assert 0 < units(text) <= 4096 and seen(text) and len(entities) <= 100
        row_lengths = [len(row) for row in message.rows]
        assert sum(row_lengths) <= 100 and max(row_lengths, default=0) <= 8
        for key in (key for row in message.rows for key in row):
            assert len(key.data.encode()) <= 64 and units(key.copy) <= 256
            assert len([x for x in (key.data, key.copy, key.url) if x]) == 1


def said(card: Card) -> Iterator[str]:
    """Every word of a card; a hint is only for a question that has no answer yet."""
    if card.form:
        fields = (replace(f, hint="") if seen(f.value) else f for f in card.form.fields)
        card = replace(card, form=replace(card.form, fields=tuple(fields)))
    return (word for word in clean(stage.shown(card)).split() if seen(word))


@settings(max_examples=60)
@given(CARDS)
def test_any_card_in_any_script_is_within_the_limits_and_keeps_every_word_and_button(card: Card) -> None:
    messages = drawn(card)
    judge(messages)
    text = stage.plain(read(messages))
    assert [word for word in said(card) if word not in text] == []
    assert tokens(messages) == Counter(token for _, token in stage.pressable(card))


@settings(max_examples=30)
@given(CARDS, NAMES)
def test_a_line_that_is_closed_says_what_was_chosen(card: Card, outcome: str) -> None:
    bare = replace(card, form=None, buttons=(), items=())
    messages = drawn(bare, outcome)
    judge(messages)
    assert "".join(clean(outcome.removeprefix("✓")).split()) in read(messages)


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi", "en"])
def test_every_card_of_the_example_business_reads_well(language: str, home: Path) -> None:
    with mail_server() as mail:
        walk = Walk.through(language, home, mail)
        for words in ("help", "today", "all", "settings"):
            walk.say(words)
        walk.go(60)
    for card in walk.cards:
        messages = drawn(card, language=language)
        judge(messages)
        text = stage.plain(read(messages))
        assert [word for word in said(card) if word not in text] == []
        assert tokens(messages) == Counter(part.token for part in pressable(card))


def test_names_with_marks_of_a_markup_stay_as_they_are() -> None:
    card = Card("Bygg & Betong <b>skylder</b> *_~`", title="A < B & C")
    (message,) = drawn(card)
    assert parsed(html(message.page))[0] == "A < B & C\n\nBygg & Betong <b>skylder</b> *_~`"


def test_two_hundred_rows_are_cut_and_no_button_of_the_card_is_lost() -> None:
    items = tuple(
        Item(f"Kund {n}", "five days late", "1 000 kr", Button("Open", GO, token=f"{n:022}"))
        for n in range(200)
    )
    own = tuple(Button(f"Own {n}", GO, token=f"own-{n:018}") for n in range(70))
    messages = drawn(Card("Many.", items=items, buttons=own))
    judge(messages)
    assert "… and 160 more" in plain(messages[-1].page)
    assert {button.token for button in own} <= tokens(messages).keys()
    assert tokens(messages).keys() >= {f"{n:022}" for n in range(30)}


def test_rows_are_opened_by_buttons_that_say_whose_they_are_and_how_much() -> None:
    item = Item(
        "Café Norrsken med ett mycket långt namn",
        "six days late",
        "SEK 4,125.50",
        Button("Open", GO, token="t"),
    )
    (message,) = drawn(Card("", items=(item,)))
    assert message.rows[0][0].label == "Café Norrsken med ett… · SEK 4,125.50"


def test_what_is_copied_otherwise_than_it_is_shown_has_a_button_and_all_else_a_tap() -> None:
    facts = (
        Fact("Account", "1234 56 78903", "12345678903"),
        Fact("Phone", "070-174 06 22", "070-174 06 22"),
        Fact("Message", "x" * 300, "x" * 300),
    )
    (message,) = drawn(Card("", facts=facts))
    assert [(k.label, k.copy) for row in message.rows for k in row] == [("Copy Account", "12345678903")]
    assert parsed(html(message.page))[1] == tuple(("code", fact.value) for fact in facts)


def test_a_letter_that_the_owner_sends_is_one_piece_to_copy_and_else_a_quotation() -> None:
    paper = Paper("Faktura 1058", "Hej Nils\n\nVänligen betala.", "nils@norrsken.example")
    copied = Card("", paper=paper, buttons=(Button("Copied", GO, "primary", copy="…", token="t"),))
    assert ("pre", paper.body) in parsed(html(drawn(copied)[0].page))[1]
    assert ("blockquote", paper.body) in parsed(html(drawn(Card("", paper=paper))[0].page))[1]
    long = Card("", paper=replace(paper, body="Hej. " * 300))
    assert "<blockquote expandable>" in html(drawn(long)[0].page)


def test_the_business_comes_first_where_a_chat_serves_several() -> None:
    made = shown(Card("Hej", title="Title"), EN, business="Åsas Bageri AB")
    assert plain(made.messages[0].page).startswith("Åsas Bageri AB\n\nTitle")


def test_a_card_without_a_word_is_a_message_all_the_same() -> None:
    judge(drawn(Card("\u200b", buttons=(Button("Go", GO, token="t"),))))


def test_the_main_button_stands_out_and_stands_first() -> None:
    buttons = (
        Button("Not now", GO, "quiet", token="1"),
        Button("Edit", GO, token="2"),
        Button("Approve", GO, "primary", token="3"),
    )
    (message,) = drawn(Card("Draft", buttons=buttons))
    assert [[(key.label, key.style) for key in row] for row in message.rows] == [
        [("Approve", "primary")],
        [("Edit", ""), ("Not now", "")],
    ]


def test_pictures_come_before_the_words_and_one_that_telegram_cannot_show_is_told() -> None:
    chart = Picture(b"png", "image/png", "Owed, by age")
    code = Picture(b"<svg/>", "image/svg+xml", "A code to pay by")
    first, last = drawn(Card("Hej", pictures=(chart, code)))
    assert (first.picture, plain(first.page)) == (b"png", "Owed, by age")
    assert "A code to pay by" in plain(last.page)


def test_a_drawing_that_is_there_as_a_still_picture_too_is_shown_and_not_told_twice() -> None:
    chart = Picture(b"<svg/>", "image/svg+xml", "Owed, by age", b"png")
    first, last = drawn(Card("Hej", pictures=(chart,)))
    assert (first.picture, plain(first.page)) == (b"png", "Owed, by age")
    assert plain(last.page) == "Hej"


LAW = (
    Rule("The law today: a reminder."),
    Rule("A reminder is free.", "Debt Act § 5"),
    Rule("A fee from Friday.", open=False),
)


def test_the_law_is_a_quotation_that_unfolds_below_the_checks() -> None:
    card = Card("Late.", checks=(Check("ok", "Complete."),), law=LAW, items=(Item("INV-7"),))
    (message,) = drawn(card)
    quoted = "§ The law today: a reminder.\n● A reminder is free. Debt Act § 5\n○ A fee from Friday."
    text, entities = parsed(html(message.page))
    assert text == f"Late.\n\n✓ Complete.\n\n{quoted}\n\nINV-7"
    assert ("blockquote", quoted) in entities and ("i", "Debt Act § 5") in entities
    assert "<blockquote expandable>§ The law" in html(message.page)


@pytest.mark.parametrize(("room", "is_there"), [(4000, True), (4050, False)])
def test_the_law_is_left_out_before_it_takes_a_message_of_its_own(room: int, is_there: bool) -> None:
    (message,) = drawn(Card("x" * room, law=LAW))
    assert ("The law today" in plain(message.page)) is is_there


def test_a_law_that_is_all_there_is_to_say_is_said() -> None:
    (message,) = drawn(Card("", law=LAW))
    assert plain(message.page).startswith("§ The law today")


def test_a_file_to_take_away_is_named_with_where_it_is() -> None:
    (message,) = drawn(Card("Here it is.", handouts=(Handout("bygg.zip", "abc", 2048),)))
    assert "bygg.zip (3 kB)" in plain(message.page)


def holding(size: int) -> Card:
    asks = Button("Send bygg.zip here", Action("pack.fetch", "abc"), "quiet", look=True, token="t" * 22)
    return Card("Here it is.", handouts=(Handout("bygg.zip", "abc", size, asks),))


def test_a_file_has_a_button_that_asks_for_it_and_keeps_it_when_the_card_is_answered() -> None:
    for outcome in ("", "Draft"):
        (message,) = shown(holding(2048), tongue("en"), outcome).messages
        assert "bygg.zip (3 kB)" in plain(message.page)
        assert [[key.label for key in row] for row in message.rows] == [["↓ bygg.zip"]]


def test_a_file_that_is_too_large_has_none_and_says_where_it_is() -> None:
    (message,) = drawn(holding(50_000_001))
    assert "larger than the 50 MB" in plain(message.page) and message.rows == ()
