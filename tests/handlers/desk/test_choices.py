"""Which invoice is meant is asked only where there are several."""

from __future__ import annotations

from handlers.desk import choices
from tests.handlers.stage import plain
from tests.handlers.talk import Talk


def test_one_invoice_is_no_question(talk: Talk) -> None:
    with talk.desk() as desk:
        assert choices.which(desk.books.invoices.by_number("1055"), desk) == ()


def test_several_are_offered_with_what_is_left_of_each(talk: Talk) -> None:
    with talk.desk() as desk:
        owed = [i for number in ("1058", "1066") for i in desk.books.invoices.by_number(number)]
        (field,) = choices.which(owed, desk, ("all", "All of it"))
    assert field.value == "all"
    assert [plain(label) for _, label in field.options] == [
        "All of it", "1058 · SEK 4,125", "1066 · SEK 1,980"
    ]  # fmt: skip


def test_values_are_carried_as_one_and_each_that_was_left_out_is_empty() -> None:
    assert choices.unpacked(choices.packed("reply", "2026-11-27"), 3) == ["reply", "2026-11-27", ""]
    assert choices.unpacked("", 2) == ["", ""]
