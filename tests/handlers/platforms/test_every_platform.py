"""Every platform in the folder, judged by what its users would see: the same conversation, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.chat import Action, Button, Card, Check, Fact, Field, Form, Item, Paper, Rule
from bot.invoices import Invoice
from bot.money import Money
from bot.parties import Customer
from handlers.platforms import found, options
from storage.books import Books
from tests.handlers.platforms.wire import Wire
from tests.handlers.stage import DIALOGS, Clock, House, Surface, bakery, plain, play
from tests.mailserver import MailServer, mail_server

MORNING = datetime(2026, 11, 25, 8, tzinfo=UTC)
NOWHERE = MailServer(port=9)
NASTY = "<b>& *Bygg* _&_ ~Betong~ `AB` 日本 עברית 🧁 </b>"
EVERY = [*found(), "pocket"]
STORIES = [
    *(pytest.param(script, name, id=f"{script.stem}-{name}") for script in DIALOGS for name in found()),
    *(pytest.param(script, "pocket", id=f"{script.stem}-pocket") for script in DIALOGS[::6]),
]
"""Every story on every platform; on the smallest that can be, which no owner uses, some of them."""


class Talk(Surface, Protocol):
    """A surface over the telephone."""

    wire: Wire


On = Callable[[House], AbstractContextManager[Talk]]


def connected(name: str, house: House) -> AbstractContextManager[Talk]:
    """A house whose owner has come in on a platform."""
    place = "pocket" if name == "pocket" else f"{name}.surface"
    on: On = getattr(import_module(f"tests.handlers.platforms.{place}"), f"on_{name}")
    return on(house)


def say(talk: Talk, card: Card) -> None:
    """Let Purr say a card by itself."""
    house = talk.wire.house
    with house.app.database.books(house.business.id, house.clock()) as books:
        house.app.inbox.post(books, card)
    talk.wire.exchange.wake(house.business.id)


@pytest.fixture(params=EVERY)
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    house = House(tmp_path, NOWHERE, bakery("SE", "en"), Clock(MORNING))
    with connected(request.param, house) as surface:
        surface.seen()
        yield surface


@pytest.mark.parametrize(("script", "name"), STORIES)
def test_every_dialog_goes_as_it_is_written(name: str, script: Path, tmp_path: Path) -> None:
    with mail_server() as mail:
        house = House.of(script, tmp_path, mail)
        with connected(name, house) as surface:
            surface.seen()
            play(script, house, surface)


@pytest.mark.parametrize("name", found())
def test_a_platform_that_nobody_has_set_up_is_left_alone(name: str) -> None:
    untouched = {option.name: option.default for option in options()[name]}
    assert found()[name].open(untouched, None, "") is None


def test_nothing_on_a_card_is_lost(talk: Talk) -> None:
    button = Button("Press me", Action("today.show"))
    card = Card(
        "A first paragraph.\n\nA second one.",
        "The title",
        facts=(Fact("Account", "999-0219", "999-0219"), Fact("Reference", "10587", "10587")),
        checks=(Check("ok", "Fine."), Check("look", "Worth a look."), Check("stop", "In the way.")),
        law=(Rule("The law today."), Rule("Holds.", "Act § 5"), Rule("Later.", "Act § 9", open=False)),
        items=(Item("Norrsken", "late", "SEK 5", Button("Open", Action("today.show"))), Item("and more")),
        paper=Paper("The subject", "Hello Nils\n\nThe body.\n\nÅsa", "nils@norrsken.example", "en"),
        buttons=(button, Button("Quiet one", Action("today.show"), "quiet")),
        foot="If you do nothing, nothing is sent.",
    )
    say(talk, card)
    said = talk.seen()
    for words in (
        *("A first paragraph.", "A second one.", "The title", "Account", "999-0219", "Reference", "10587"),
        *("Fine.", "Worth a look.", "In the way.", "Norrsken", "late", "SEK 5", "and more", "The subject"),
        *("§ The law today.", "● Holds.", "Act § 5", "○ Later.", "Act § 9"),
        *("Hello Nils", "The body.", "If you do nothing, nothing is sent."),
    ):
        assert words in said, words
    talk.press("Press me", {})
    assert "Nothing to chase today." in talk.seen()


def test_names_of_any_script_and_with_any_sign_are_shown_as_they_are(talk: Talk) -> None:
    open_it = Button("Open", Action("today.show"))
    items = (Item(NASTY, button=open_it),)
    say(talk, Card(f"It is {NASTY}.", NASTY, facts=(Fact("Name", NASTY),), items=items))
    assert talk.seen().count(plain(NASTY)) >= 3


def test_a_form_says_what_it_asks_and_takes_what_is_given(talk: Talk) -> None:
    talk.say("settings")
    talk.press("Save", {"nudge_at": "07:15", "undo": "30", "quiet": "silence"})
    with talk.wire.house.app.database.books("bageri", MORNING) as books:
        assert (books.business.nudge_at.hour, books.business.undo_minutes) == (7, 30)
        assert books.business.quiet == "silence"


def test_a_form_of_every_kind_of_question_is_asked(talk: Talk) -> None:
    kinds = ("text", "area", "date", "choice", "email", "password")
    fields = tuple(
        Field(kind, f"A {kind}", kind, options=(("a", "Aa"), ("b", "Bb")) if kind == "choice" else ())  # type: ignore[arg-type]  # kinds
        for kind in kinds
    )
    say(talk, Card("Please fill in.", form=Form(Action("today.show"), fields, "Hand it in")))
    talk.seen()
    talk.press(
        "Hand it in", {kind: {"choice": "b", "date": "2026-12-01"}.get(kind, "x@y.example") for kind in kinds}
    )
    assert "Nothing to chase today." in talk.seen()


def test_two_hundred_who_are_late_fit_and_can_be_paged(talk: Talk) -> None:
    with talk.wire.house.app.database.books("bageri", MORNING) as books:
        for n in range(200):
            owe(books, n)
    talk.say("today")
    first = talk.seen()
    assert "200 customers need you today" in first and "Customer 000" in first
    talk.press("More", {})
    assert "Customer 007" in talk.seen()


def owe(books: Books, n: int) -> None:
    """A customer who is late, the first with the most."""
    books.customers.add(Customer(id=f"c{n}", name=f"Customer {n:03}", language="sv"))
    amount = Money(100_000 - n, "SEK")
    due = date(2026, 11, 2)
    books.invoices.add(
        Invoice(
            id=f"i{n}",
            customer=f"c{n}",
            number=str(n),
            amount=amount,
            paid=Money(0, "SEK"),
            due=due,
            issued=due,
        )
    )
