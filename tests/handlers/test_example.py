"""The example business: always alive, beside the owner's own, and left as easily as entered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Request
from bot.parties import EXAMPLE, LANGUAGES
from handlers.today import morning
from tests.handlers.talk import Talk

ID = f"{EXAMPLE}bageri"


def enter(talk: Talk) -> None:
    talk.says("settings")
    talk.presses("Show me an example")


def in_example(talk: Talk, text: str) -> str:
    lines = talk.house.app.inbox(Request(ID, text=text))
    return lines[-1].card.text


def test_the_owner_turns_to_the_example_and_back_to_their_own_books(talk: Talk) -> None:
    app = talk.house.app
    talk.house.clock.at += timedelta(minutes=1)
    enter(talk)
    assert app.business().id == ID
    with app.database.books(ID, talk.house.clock()) as books:
        card = books.lines.recent()[-1].card
    own = next(b for b in card.buttons if b.action.verb == "example.close")
    talk.house.clock.at += timedelta(minutes=1)
    app.inbox(Request(ID, press=own.token))
    assert app.business().id == talk.house.business.id


def test_the_example_never_touches_the_owners_own_books(talk: Talk) -> None:
    with talk.books() as books:
        before = books.customers.all(), books.invoices.all(), books.history.of("norrsken")
    enter(talk)
    in_example(talk, "paid 1058")
    with talk.books() as books:
        assert (books.customers.all(), books.invoices.all(), books.history.of("norrsken")) == before


def test_entering_twice_finds_it_as_it_was_left(talk: Talk) -> None:
    enter(talk)
    in_example(talk, "paid 1058")
    enter(talk)
    assert "owes nothing" in in_example(talk, "paid 1058")


@pytest.mark.parametrize("days", [0, 1, 3, 40, 200])
def test_on_any_day_several_customers_need_the_owner(days: int, talk: Talk) -> None:
    talk.house.clock.at += timedelta(days=days)
    enter(talk)
    with talk.house.app.database.books(ID, talk.house.clock()) as books:
        assert len(morning(talk.house.app.inbox.desk(books)).items) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_owners_language(language: str, home: Path) -> None:
    talk = Talk.about(home, language=language)
    talk.acts("example.open")
    with talk.house.app.database.books(ID, talk.house.clock()) as books:
        assert books.business.language == language


def test_the_way_back_is_among_its_settings(talk: Talk) -> None:
    enter(talk)
    lines = talk.house.app.inbox(Request(ID, text="settings"))
    assert "My own business" in {b.label for b in lines[-1].card.buttons}
