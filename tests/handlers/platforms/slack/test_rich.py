from __future__ import annotations

from bot.chat import Moment
from handlers.platforms.slack.rich import ROWS, bullets, said, section, sheet, stacked
from tests.handlers.platforms.slack.drawn import NOON


def test_words_are_said_as_they_are() -> None:
    assert said("*<a>* & _b_") == [{"type": "text", "text": "*<a>* & _b_"}]
    assert said("b", bold=True) == [{"type": "text", "text": "b", "style": {"bold": True}}]
    assert said("") == []


def test_an_instant_in_them_is_the_readers_own() -> None:
    before, hour, after = said("at 09:10.", [Moment("09:10", NOON)])
    assert (before["text"], after["text"]) == ("at ", ".")
    assert hour == {
        "type": "date",
        "timestamp": int(NOON.timestamp()),
        "format": "{time}",
        "fallback": "09:10",
    }


def test_rows_stand_one_below_the_other() -> None:
    assert [part["text"] for part in section(said("a"), said("b"))["elements"]] == ["a", "\n", "b"]
    assert len(bullets(said("a"), said("b"))["elements"]) == 2
    assert sheet("a\nb")["elements"][0]["text"] == "a\nb"


def test_rows_are_stacked_in_as_few_blocks_as_hold_them() -> None:
    assert [piece.rows for piece in stacked([said("row")] * (ROWS + 3))] == [ROWS, 3]
    assert [piece.rows for piece in stacked([said("x" * 1000)] * 3)] == [2, 1]
    assert stacked([]) == []
