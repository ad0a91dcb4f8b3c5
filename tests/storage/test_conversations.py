from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.chat import Action, Button, Card, Field, Form, Item, Picture, Posted
from bot.errors import Refusal
from bot.platforms import Place
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
    put = books.lines.replace(line.id, replace(CARD, text="A draft", form=None))
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


TODAY = replace(CARD, topic="today", more=(), form=None)


def labelled(card: Card, label: str) -> Card:
    """A card whose second button has another label, and another action."""
    return replace(card, buttons=(card.buttons[0], Button(label, Action(label))))


def test_a_form_that_is_asked_once_more_keeps_its_token(books: Books) -> None:
    line = books.lines.add(CARD)
    books.lines.close(line.id, "Save")
    put = books.lines.replace(line.id, replace(CARD, text="Which day?"))
    assert put.card.form and line.card.form
    assert put.card.form.token == line.card.form.token
    press = books.lines.press(line.card.form.token)
    assert press and not press.spent
    assert not {b.token for b in put.card.buttons} & {b.token for b in line.card.buttons}


def test_another_form_in_its_place_has_a_token_of_its_own(books: Books) -> None:
    line = books.lines.add(CARD)
    put = books.lines.replace(line.id, replace(CARD, form=Form(Action("plan.offer"), (), "Offer")))
    assert put.card.form and line.card.form
    assert put.card.form.token != line.card.form.token
    old = books.lines.press(line.card.form.token)
    assert old and old.spent


def test_a_new_list_retires_the_earlier_ones_of_its_kind_where_it_was_asked_for(books: Books) -> None:
    books.lines.asked_in = "phone"
    elsewhere = books.lines.add(TODAY)
    books.lines.asked_in = ""
    other, old = (
        books.lines.add(replace(TODAY, topic="people")),
        books.lines.add(replace(TODAY, topic="today 20")),
    )
    [shut] = books.lines.retire(TODAY, "There is a newer list.")
    assert (shut.id, tokens(shut), shut.outcome) == (old.id, [], "There is a newer list.")
    assert books.lines.retire(TODAY, "There is a newer list.") == ()
    assert [line.id for line in books.lines.topical()] == [elsewhere.id, other.id]


def test_a_card_that_is_no_list_retires_nothing(books: Books) -> None:
    lines = books.lines.add(CARD), books.lines.add(TODAY)
    assert books.lines.retire(CARD, "") == ()
    assert books.lines.recent() == lines


def test_a_list_brought_up_to_date_keeps_the_tokens_of_what_can_still_be_pressed(books: Books) -> None:
    line = books.lines.add(TODAY)
    fresh = books.lines.renew(line, labelled(replace(TODAY, text="One thing needs you."), "Snooze"))
    assert fresh and fresh == books.lines.get(line.id)
    assert fresh.card.buttons[0].token == line.card.buttons[0].token
    stays, goes, comes = (
        books.lines.press(token)
        for token in (line.card.buttons[0].token, line.card.buttons[1].token, fresh.card.buttons[1].token)
    )
    assert stays and not stays.spent
    assert goes and goes.spent
    assert comes and not comes.spent and comes.action == Action("Snooze")


def test_a_list_that_is_as_it_was_does_not_change(books: Books) -> None:
    line = books.lines.add(replace(TODAY, form=CARD.form))
    cursor, _ = books.lines.since(0)
    assert books.lines.renew(line, replace(TODAY, form=CARD.form)) is None
    assert books.lines.since(cursor) == (cursor, ())


def test_a_page_of_its_own_is_no_part_of_the_talk(books: Books) -> None:
    assert books.lines.page() is None
    books.lines.asked_in = "phone"
    page = books.lines.add(replace(TODAY, topic="home"))
    assert books.lines.page() == page
    assert books.lines.recent() == ()
    assert books.lines.since(0) == (0, ())
    books.lines.asked_in = "elsewhere"
    assert books.lines.page() is None


def test_a_list_is_topical_until_it_is_closed(books: Books) -> None:
    books.lines.add(CARD)
    line = books.lines.add(TODAY)
    assert books.lines.topical() == (line,)
    books.lines.close(line.id, "Draft")
    assert books.lines.topical() == ()


def test_the_talk_itself_is_no_change_of_the_books(books: Books) -> None:
    line = books.lines.add(TODAY)
    books.lines.close(line.id, "Draft")
    books.places.open(Place("pocket", "7"), nudges=True)
    assert not books.changed
    books.history.add("noted")
    assert books.changed
