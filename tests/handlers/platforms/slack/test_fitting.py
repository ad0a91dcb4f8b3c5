from __future__ import annotations

from handlers.platforms.slack.fitting import Part, Room, fitted, weight
from handlers.platforms.slack.rich import Piece
from handlers.platforms.slack.text import Json


def block(text: str) -> Json:
    return {"type": "t", "text": text}


def part(*texts: str, rank: int = 1, rows: int = 1) -> Part:
    return Part([Piece(block(t), rows) for t in texts], rank, lambda count: block(f"+{count}"))


def read(blocks: list[Json]) -> str:
    return " ".join(str(b["text"]) for b in blocks)


def test_the_weight_of_a_block_is_all_its_strings() -> None:
    assert weight({"type": "abc", "in": [{"text": "de"}, True, 7]}) == 5


def test_what_fits_is_shown_whole_and_in_order() -> None:
    assert read(fitted([part("a", "b"), part("c", rank=0)], Room(9, 999))) == "a b c"


def test_what_must_be_there_is_and_the_rest_is_counted() -> None:
    assert read(fitted([part("a", "b", "c", rows=10), part("end", rank=0)], Room(3, 999))) == "a +20 end"


def test_the_highest_rank_is_cut_first_and_still_leaves_a_word() -> None:
    parts = [part("r", "o", "w", "s", rank=6), part("p", "q", rank=2)]
    assert read(fitted(parts, Room(4, 999))) == "r +3 p q"


def test_a_part_that_says_nothing_of_what_is_left_out_leaves_no_block() -> None:
    silent = Part([Piece(block("law"))], 7)
    assert read(fitted([part("a"), silent, part("b")], Room(3, 999))) == "a law b"
    assert read(fitted([part("a"), silent, part("b", "c")], Room(3, 999))) == "a b c"


def test_long_words_count_as_much_as_many_blocks() -> None:
    assert read(fitted([part("x" * 50, "y" * 50)], Room(9, 80))) == "x" * 50 + " +1"
