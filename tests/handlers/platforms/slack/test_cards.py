from __future__ import annotations

from dataclasses import replace

from bot.chat import Card, Check, Fact, Handout, Item, Paper, Rule
from handlers.platforms.slack.blocks import message
from handlers.platforms.slack.text import Json
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import (
    check_message,
    everywhere,
    post,
    press,
    tokens_in,
    words_in,
)

EN = words_of("en")


def test_a_letter_is_one_text_to_copy_with_its_lines() -> None:
    said = message(post(Card("", paper=Paper("Faktura 1042", "Hei *Maja*\r\n\r\nTakk!", "m@e.example"))), EN)
    head, sheet = said["blocks"][0]["elements"]
    assert words_in(head) == "To: m@e.example\nSubject: Faktura 1042"
    assert sheet["type"] == "rich_text_preformatted"
    assert sheet["elements"][0]["text"] == "Hei *Maja*\n\nTakk!"


def test_a_long_letter_goes_on_in_further_sheets_and_one_without_end_says_so() -> None:
    body = "\n".join(f"Line {n} of a very long letter." for n in range(180))
    said = message(post(Card("", paper=Paper("S", body))), EN)["blocks"]
    assert "\n".join(part["text"] for block in said for part in _sheets(block)) == body
    endless = message(post(Card("", paper=Paper("S", body * 9), buttons=(press("t"),))), EN)
    check_message(endless)
    assert EN["cut"] in words_in(endless["blocks"])


def _sheets(block: Json) -> list[Json]:
    found = [e for e in block["elements"] if e["type"] == "rich_text_preformatted"]
    return [text for each in found for text in each["elements"]]


def test_a_finding_is_told_by_sign_and_words() -> None:
    said = words_in(message(post(everywhere("It bounced.")), EN)["blocks"])
    for words in ("✓ ", "• Worth a look: ", "! In the way: "):
        assert f"{words}It bounced." in said


def test_a_value_to_copy_is_set_apart() -> None:
    facts = (Fact("OCR", "10 425", "10425"), Fact("Code", "ABCD", "purr ABCD"), Fact("Language", "Swedish"))
    (block,) = message(post(Card("", facts=facts)), EN)["blocks"]
    code = [e["text"] for e in block["elements"][0]["elements"] if e.get("style") == {"code": True}]
    assert code == ["10 425", "purr ABCD"]


LAW = (
    Rule("The law today: a reminder."),
    Rule("A reminder is free <now>.", "Debt Act § 5 & 6"),
    Rule("A fee from Friday.", open=False),
)


def test_the_law_is_one_small_text_below_all_else_with_its_sources_slanted() -> None:
    card = Card("", checks=(Check("ok", "Complete."),), law=LAW, items=(Item("INV-7"),))
    checks, rows, law = message(post(card), EN)["blocks"]
    assert ("Complete." in words_in(checks)) and ("INV-7" in words_in(rows))
    (element,) = law["elements"]
    assert (law["type"], element["type"], element["verbatim"]) == ("context", "mrkdwn", True)
    assert element["text"].split("\n") == [
        "§ The law today: a reminder.",
        "● A reminder is free &lt;now&gt;.  _Debt Act § 5 &amp; 6_",
        "○ A fee from Friday.",
    ]


def test_a_law_in_which_a_sign_would_become_markup_is_plain() -> None:
    (law,) = message(post(Card("", law=(*LAW, Rule("Café _Norrsken_ is a firm.", "§ 1")))), EN)["blocks"]
    (element,) = law["elements"]
    assert element["type"] == "plain_text"
    assert element["text"].endswith("Café _Norrsken_ is a firm.  § 1")


def test_the_law_goes_first_where_a_message_is_full_and_nothing_is_said_of_it() -> None:
    rows = tuple(Item(f"Kund {n}", button=press(f"t{n}")) for n in range(80))
    full = message(post(Card("", checks=(Check("ok", "Complete."),), law=LAW, items=rows)), EN)
    check_message(full)
    said = words_in(full["blocks"])
    assert "The law today" not in said
    assert "Complete." in said and "Kund 40" in said


def test_those_who_listen_hear_the_law_after_everything_else() -> None:
    said = message(post(Card("Late.", law=LAW, items=(Item("INV-7"),))), EN)["text"].split("\n")
    assert said[-3:] == [
        "The law today: a reminder.",
        "A reminder is free &lt;now&gt;. Debt Act § 5 &amp; 6",
        "A fee from Friday.",
    ]


def test_a_file_has_a_button_that_asks_for_it_also_when_the_card_is_answered() -> None:
    asks = replace(press("t" * 22, "Send bygg.zip here"), look=True)
    card = Card("Here it is.", handouts=(Handout("bygg.zip", "abc", 2048, asks),))
    for outcome in ("", "Draft"):
        said = message(post(card, outcome=outcome), EN)
        check_message(said)
        assert tokens_in(said["blocks"]) == ["t" * 22]
        assert "bygg.zip (3 kB)" in words_in(said["blocks"]) and "bygg.zip" in said["text"]


def test_a_file_that_nobody_can_ask_for_is_named_with_where_it_is() -> None:
    asks = press("t" * 22, "Send bygg.zip here")
    there = message(post(Card("x", handouts=(Handout("bygg.zip", "abc", 2048),))), EN)
    large = message(post(Card("x", handouts=(Handout("bygg.zip", "abc", 2_000_000_000, asks),))), EN)
    assert EN["handout"].format(name="bygg.zip", size=3) in words_in(there["blocks"])
    assert EN["file_large"].format(name="bygg.zip") in words_in(large["blocks"])
    assert tokens_in(large["blocks"]) == []
