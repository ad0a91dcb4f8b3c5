from __future__ import annotations

from bot.chat import Card, Fact, Paper
from handlers.platforms.slack.blocks import message
from handlers.platforms.slack.text import Json
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import check_message, everywhere, post, press, words_in

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
