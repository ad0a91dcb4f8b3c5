"""The rounds of the registers: late customers are looked up by and by, and only news is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat import Posted
from bot.registers import Registered
from handlers.rounds.registers import Lookups
from tests.handlers.talk import Talk
from tests.handlers.test_registers import NUMBER, Register, company, watched


def rounds(talk: Talk, register: Register) -> tuple[Lookups, list[str]]:
    told: list[str] = []

    def publish(business: str, lines: tuple[Posted, ...]) -> None:
        told.extend(line.card.text for line in lines)

    return Lookups(talk.house.app.database, talk.house.app.inbox, register, publish), told


def test_a_late_customer_is_looked_up_once_a_week(talk: Talk) -> None:
    register = watched(talk, company())
    look, told = rounds(talk, register)
    look()
    look()
    assert register.asked == [("FI", NUMBER)] and not told
    talk.house.clock.at += timedelta(days=7)
    look()
    assert len(register.asked) == 2


def test_nobody_is_looked_up_where_the_owner_does_not_want_it(talk: Talk) -> None:
    register = watched(talk, company(), wanted=False)
    look, _ = rounds(talk, register)
    look()
    assert not register.asked


def test_a_bankruptcy_is_told_once(talk: Talk) -> None:
    register = watched(talk, company(standing="bankrupt"))
    look, told = rounds(talk, register)
    look()
    talk.house.clock.at += timedelta(days=7)
    look()
    assert len(told) == 1 and "Norrsken Oy is bankrupt" in told[0]


def test_a_register_out_of_reach_is_left_alone_for_an_hour(talk: Talk) -> None:
    register = watched(talk, "unreachable")
    look, _ = rounds(talk, register)
    look()
    look()
    assert len(register.asked) == 1
    talk.house.clock.at += timedelta(hours=1)
    look()
    assert len(register.asked) == 2


def test_a_number_nobody_has_is_not_asked_for_every_minute(talk: Talk) -> None:
    register = watched(talk, "not_found")
    look, told = rounds(talk, register)
    look()
    look()
    assert len(register.asked) == 1 and not told


def test_one_register_that_breaks_stops_no_other_business(talk: Talk) -> None:
    watched(talk, company())

    def broken(country: str, number: str) -> Registered:
        raise RuntimeError

    look = Lookups(talk.house.app.database, talk.house.app.inbox, broken, lambda business, lines: None)
    look()
    with talk.books() as books:
        assert books.customers.get("norrsken") == replace(books.customers.get("norrsken"), looked_up=None)
