"""Looking a customer up: only when the owner wants it, and whoever has gone bankrupt is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.registers import Registered
from tests.handlers.talk import Talk

NUMBER = "2331972-7"
SINCE = date(2026, 11, 3)


class Register:
    """A register: what it says of every number; who was asked for is written down."""

    def __init__(self, says: Registered | str) -> None:
        self.says = says
        self.asked: list[tuple[str, str]] = []

    def __call__(self, country: str, number: str) -> Registered | str:
        self.asked.append((country, number))
        return self.says


def company(**more: object) -> Registered:
    whole = Registered(number=NUMBER, name="Norrsken Oy", address=("Torikatu 1", "90100 OULU"))
    return replace(whole, **more)  # type: ignore[arg-type]  # fields of a company


def watched(talk: Talk, says: Registered | str, *, wanted: bool = True) -> Register:
    """A Finnish customer with a number, and a register that knows them."""
    register = Register(says)
    talk.house.app.inbox = replace(talk.house.app.inbox, look_up=register)
    with talk.books() as books:
        books.save_business(replace(books.business, registers=wanted))
        norrsken = books.customers.get("norrsken")
        books.customers.save(replace(norrsken, country="FI", number=NUMBER))
    return register


def test_nobody_is_looked_up_before_the_owner_wants_it(talk: Talk) -> None:
    register = watched(talk, company(), wanted=False)
    talk.says("Norrsken")
    with pytest.raises(AssertionError, match="no button"):
        talk.part("Check the register")
    assert not register.asked


def test_the_register_is_told_a_number_and_what_it_says_is_shown(talk: Talk) -> None:
    register = watched(talk, company())
    talk.says("Norrsken")
    said = talk.presses("Check the register")
    assert register.asked == [("FI", NUMBER)]
    assert "Norrsken Oy is active" in said and "90100 OULU" in said
    with talk.books() as books:
        kept = books.customers.get("norrsken")
        assert (kept.standing, kept.address[-1], kept.looked_up) == (
            "active",
            "90100 OULU",
            talk.house.clock().date(),
        )


def test_a_bankrupt_customer_is_told_of_and_not_asked_to_pay(talk: Talk) -> None:
    watched(talk, company(standing="bankrupt", since=SINCE))
    talk.says("Norrsken")
    assert "Norrsken Oy is bankrupt" in talk.presses("Check the register")
    assert "The customer is bankrupt. I do not ask." in talk.presses("Open")
    assert "Draft" not in [button.label for button in talk.card().buttons]


def test_a_letter_on_its_way_to_them_is_stopped(talk: Talk) -> None:
    watched(talk, company(standing="bankrupt"))
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Approve")
    talk.says("Norrsken")
    talk.presses("Check the register")
    with talk.books() as books:
        assert [x.state for x in books.letters.of("norrsken")][-1] == "withdrawn"


@pytest.mark.parametrize(
    ("says", "words"),
    [("not_found", "does not know the number 2331972-7"), ("unreachable", "cannot reach the register")],
)
def test_a_register_that_says_nothing_changes_nothing(talk: Talk, says: str, words: str) -> None:
    watched(talk, says)
    talk.says("Norrsken")
    assert words in talk.refused("Check the register")
    with talk.books() as books:
        assert books.customers.get("norrsken").looked_up is None


def test_an_owner_in_a_country_with_a_register_turns_it_on_in_the_settings(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    with talk.books() as books:
        books.save_business(replace(books.business, country="NO"))
    talk.says("settings")
    talk.presses("Save", registers="yes")
    with talk.books() as books:
        assert books.business.registers
