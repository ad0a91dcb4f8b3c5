"""Who is who: whom to greet, and where a letter goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.countries import codes, spoken
from bot.parties import LANGUAGES, Contact
from tests.cast import BYGG_OCH_BETONG, CAFE_NORRSKEN

NOBODY = replace(CAFE_NORRSKEN, contacts=())


def test_a_person_is_greeted_by_the_given_name() -> None:
    assert CAFE_NORRSKEN.first_name == "Nils"


def test_a_letter_goes_to_the_accounts_desk_where_there_is_one() -> None:
    assert CAFE_NORRSKEN.to == "ekonomi@norrsken.example"
    assert BYGG_OCH_BETONG.to == "bo@byggbetong.example"


def test_who_approves_payments_gets_a_copy() -> None:
    approver = Contact(email="chef@norrsken.example", role="approver")
    assert replace(CAFE_NORRSKEN, contacts=(*CAFE_NORRSKEN.contacts, approver)).cc == "chef@norrsken.example"
    assert CAFE_NORRSKEN.cc == ""


def test_who_only_approves_is_not_written_to() -> None:
    assert replace(NOBODY, contacts=(Contact(email="chef@norrsken.example", role="approver"),)).to == ""


def test_the_first_number_known_is_called() -> None:
    contacts = (Contact(name="Bo"), Contact(phone="070-174 06 11"), Contact(phone="070-174 06 22"))
    assert replace(NOBODY, contacts=contacts).phone == "070-174 06 11"


def test_of_whom_nothing_is_known_nothing_is_guessed() -> None:
    assert (NOBODY.first_name, NOBODY.to, NOBODY.cc, NOBODY.phone) == ("", "", "", "")


@pytest.mark.parametrize("name", ["", "   "])
def test_a_blank_name_greets_nobody(name: str) -> None:
    assert replace(NOBODY, contacts=(Contact(name=name),)).first_name == ""


@pytest.mark.parametrize("code", codes())
def test_every_country_speaks_a_language_we_write(code: str) -> None:
    assert spoken(code) in LANGUAGES
