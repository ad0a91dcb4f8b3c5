"""The conversation as values: a request says one thing, a card all it has to, and nothing in it changes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from bot.chat import Action, Button, Card, Field, Form, Inbox, Posted, Request, whole
from tests.cast import ASAS_BAGERI, noon

DAY = date(2026, 11, 16)
DRAFT = Button("Draft", Action("letter.draft", "norrsken"))


def echo(request: Request) -> tuple[Posted, ...]:
    return (Posted("1", noon(DAY), Card(request.text), mine=True),)


def test_words_alone_want_no_action_and_press_nothing() -> None:
    said = Request(ASAS_BAGERI.id, text="hej")
    assert (said.action.verb, said.press, dict(said.values), said.files) == ("", "", {}, ())


def test_a_button_changes_something_unless_it_says_it_only_looks() -> None:
    assert not DRAFT.look and DRAFT.style == "plain" and DRAFT.token == ""


def test_two_requests_never_share_what_was_filled_in() -> None:
    assert Request("a").values is not Request("a").values


def test_a_card_cannot_be_changed_once_it_is_shown() -> None:
    with pytest.raises(FrozenInstanceError):
        Card("Hej").text = "Nej"  # type: ignore[misc]


def test_a_card_with_a_token_is_another_card_with_the_same_words() -> None:
    form = Form(Action("promise.add"), (Field("day", "Day"),), "Save")
    card = Card("When?", form=form, buttons=(DRAFT,))
    given = replace(card, form=replace(form, token="t"))
    assert given != card and given.text == card.text


def test_a_question_must_be_answered_unless_it_says_otherwise() -> None:
    assert Field("day", "Day").required and Field("day", "Day").kind == "text"


def test_any_function_from_a_request_to_lines_is_an_inbox() -> None:
    inbox: Inbox = echo
    (line,) = inbox(Request(ASAS_BAGERI.id, text="hej"))
    assert (line.card.text, line.mine, line.outcome) == ("hej", True, "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (" 12 ", 12),
        ("0", 0),
        ("9" * 9, 999_999_999),
        *((each, None) for each in ("", "two", "-3", "1.5", "²")),
    ],
)
def test_a_number_is_read_where_one_is_asked_for(typed: str, number: int | None) -> None:
    assert whole(typed) == number


def test_what_is_longer_than_any_number_is_none() -> None:
    assert whole("9" * 5_000) is None
