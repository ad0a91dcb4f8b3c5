"""The desk: who, when and how much the owner's words mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Refusal
from handlers.desk import Desk
from tests.handlers.talk import Talk


@pytest.fixture
def desk(talk: Talk) -> Iterator[Desk]:
    with talk.desk() as desk:
        yield desk


@pytest.mark.parametrize("named", ["norrsken", "Café Norrsken", "cafe norsken", "1058", "5599123469"])
def test_a_customer_goes_by_id_name_number_or_invoice(named: str, desk: Desk) -> None:
    assert desk.customer(named).id == "norrsken"


def test_a_name_that_fits_several_is_asked_about_unless_it_is_one_whole_name(desk: Desk) -> None:
    desk.books.customers.add(replace(desk.customer("norrsken"), id="other", name="Café Nord"))
    with pytest.raises(Refusal, match="which_customer") as refused:
        desk.customer("café")
    assert refused.value.facts["names"] == ["Café Nord", "Café Norrsken"]
    assert desk.customer("Café Nord").id == "other"


def test_of_two_with_one_name_neither_is_guessed(desk: Desk) -> None:
    desk.books.customers.add(replace(desk.customer("kuusi"), id="other", number="99"))
    with pytest.raises(Refusal, match="which_customer") as refused:
        desk.customer("Kahvila Kuusi Oy")
    assert "Kahvila Kuusi Oy (99)" in str(refused.value.facts["names"])
    assert desk.customer("99").id == "other"


def test_an_invoice_number_of_two_customers_is_asked_about(desk: Desk) -> None:
    (claim,) = desk.books.invoices.by_number("1055")
    desk.books.invoices.add(replace(claim, id="same", customer="norrsken"))
    with pytest.raises(Refusal, match="which_customer"):
        desk.customer("1055")


def test_a_name_nobody_bears_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="no_customer"):
        desk.customer("Xyzzy")


@pytest.mark.parametrize("words", ["Friday", "fredag", "27 November", "27.11.2026", "2026-11-27"])
def test_a_day_in_words_is_a_day(words: str, desk: Desk) -> None:
    assert desk.day(words) == date(2026, 11, 27)


@pytest.mark.parametrize("words", ["", "2026-02-30", "31 November", "soon"])
def test_what_is_no_day_is_refused(words: str, desk: Desk) -> None:
    with pytest.raises(Refusal, match="day_unreadable"):
        desk.day(words)


@pytest.mark.parametrize("words", ["", "0", "-1", "0,00", "much"])
def test_what_is_no_amount_above_nothing_is_refused(words: str, desk: Desk) -> None:
    with pytest.raises(Refusal, match="amount_unreadable"):
        desk.amount(words, "SEK")


def test_the_voice_follows_the_owners_language(desk: Desk) -> None:
    assert desk.word("buttons.today") == "Today"
    assert desk.turn_to(replace(desk.business, language="fi")).word("buttons.today") == "Tänään"


def test_letters_go_by_mail_only_with_a_server_and_if_the_owner_wants(desk: Desk) -> None:
    assert desk.mail
    assert not replace(desk, common_server=False).mail
    desk.books.save_business(replace(desk.business, sends="self"))
    assert not desk.mail
