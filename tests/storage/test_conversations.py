from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.chat import Action, Button, Card, Field, Form, Item, Picture, Posted
from bot.errors import Refusal
from storage.books import Books
from storage.conversations import without_buttons
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

CARD = Card(
    "Two things need you.",
    items=(
        Item("Café Norrsken", button=Button("Open", Action("case.show", "norrsken"), look=True)),
        Item("Note"),
    ),
    form=Form(Action("promise.made", "norrsken"), (Field("day", "When?"),), "Save"),
    buttons=(Button("Draft", Action("letter.draft", "norrsken")), Button("Later", Action("case.snooze"))),
    pictures=(Picture(b"\x89PNG\xff", "image/png", "A chart"),),
    more=(Card("Another line"),),
)


def tokens(line: Posted) -> list[str]:
    items = [item.button.token for item in line.card.items if item.button]
    form = [line.card.form.token] if line.card.form else []
    return [*(button.token for button in line.card.buttons), *items, *form]


def bare(line: Posted) -> Card:
    """The card of a line as it was before it got tokens."""
    items = tuple(
        replace(i, button=replace(i.button, token="") if i.button else None) for i in line.card.items
    )
    form = replace(line.card.form, token="") if line.card.form else None
    return replace(
        line.card, items=items, form=form, buttons=tuple(replace(b, token="") for b in line.card.buttons)
    )


def test_a_line_is_the_card_alone_with_a_token_on_all_that_can_be_pressed(books: Books) -> None:
    line = books.lines.add(CARD)
    assert bare(line) == replace(CARD, more=())
    assert len(set(tokens(line))) == 4
    assert all(16 <= len(token) <= 22 for token in tokens(line))
    assert books.lines.get(line.id) == line


def test_a_token_leads_to_its_action_and_its_line(books: Books) -> None:
    line = books.lines.add(CARD)
    pressed = [books.lines.press(token) for token in tokens(line)]
    assert [p and p.action.verb for p in pressed] == [
        "letter.draft",
        "case.snooze",
        "case.show",
        "promise.made",
    ]
    assert [p and p.look for p in pressed] == [False, False, True, False]
    assert all(p and p.line == line and not p.spent for p in pressed)


def test_a_token_nobody_gave_leads_nowhere(books: Books) -> None:
    assert books.lines.press("made-up") is None


def test_a_closed_line_has_nothing_to_press_and_says_what_happened(books: Books) -> None:
    line = books.lines.add(CARD)
    closed = books.lines.close(line.id, "Drafted")
    assert closed == replace(line, card=without_buttons(line.card), outcome="Drafted")
    assert closed is not None
    assert tokens(closed) == []
    assert books.lines.get(line.id) == closed
    assert all((press := books.lines.press(token)) and press.spent for token in tokens(line))


def test_a_second_close_changes_nothing(books: Books) -> None:
    line = books.lines.add(CARD)
    books.lines.close(line.id, "Drafted")
    assert books.lines.close(line.id, "Snoozed") is None
    assert books.lines.get(line.id).outcome == "Drafted"


def test_of_two_that_close_at_once_one_is_first(database: Database) -> None:
    together = threading.Barrier(2)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        lines = [books.lines.add(CARD).id for _ in range(10)]

    def close_all(outcome: str) -> list[bool]:
        together.wait()
        firsts = []
        for line in lines:
            with database.books(ASAS_BAGERI.id, NOW) as books:
                firsts.append(books.lines.close(line, outcome) is not None)
        return firsts

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(close_all, ("one", "other"))
    assert all(a != b for a, b in zip(first, second, strict=True))


def test_a_card_put_in_a_lines_place_has_tokens_of_its_own(books: Books) -> None:
    line = books.lines.add(CARD)
    books.lines.close(line.id, "Drafted")
    put = books.lines.replace(line.id, replace(CARD, text="A draft"))
    assert (put.id, put.card.text, put.outcome) == (line.id, "A draft", "")
    assert not set(tokens(put)) & set(tokens(line))
    old, new = books.lines.press(tokens(line)[0]), books.lines.press(tokens(put)[0])
    assert old and old.spent
    assert new and not new.spent
    assert books.lines.close(line.id, "Sent")


def test_the_latest_lines_come_oldest_first_and_a_page_at_a_time(books: Books) -> None:
    lines = [books.lines.add(Card(str(n)), mine=n % 2 == 0) for n in range(7)]
    assert books.lines.recent() == tuple(lines)
    assert books.lines.recent(limit=3) == tuple(lines[4:])
    assert books.lines.recent(before=lines[4].id, limit=3) == tuple(lines[1:4])
    assert books.lines.recent(before=lines[0].id) == ()


def test_new_and_changed_lines_come_once_after_a_cursor(books: Books) -> None:
    first, second = books.lines.add(CARD), books.lines.add(Card("second"))
    cursor, lines = books.lines.since(0)
    assert lines == (first, second)
    assert books.lines.since(cursor) == (cursor, ())
    closed = books.lines.close(first.id, "Done")
    third = books.lines.add(Card("third"))
    after, lines = books.lines.since(cursor)
    assert lines == (closed, third)
    assert after > cursor


@pytest.mark.parametrize("act", ["get", "close", "replace"])
def test_a_line_that_is_not_there_is_refused(books: Books, act: str) -> None:
    more = {"get": (), "close": ("Done",), "replace": (CARD,)}[act]
    with pytest.raises(Refusal, match="not_found"):
        getattr(books.lines, act)("nothing", *more)
