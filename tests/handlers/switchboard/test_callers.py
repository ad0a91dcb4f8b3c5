from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import Action, Button, Card, Request, Role
from bot.errors import Refusal
from bot.members import Member
from bot.parties import EXAMPLE, Business
from bot.platforms import Heard, Person, Place
from handlers.switchboard.callers import TRIES, WINDOW, Attempts, Caller, caller
from storage.engine import Database
from tests.handlers.stage import BAKERY
from tests.handlers.switchboard.people import CAFE, CHANNEL
from tests.handlers.talk import MORNING as NOW

PERSON = Person("pocket", "7", name="Ola")
DM = Place("pocket", "dm")
SHOP = replace(BAKERY, id="shop", name="Zoo Shop")


@pytest.fixture
def database(blank_database: Database) -> Database:
    """Three businesses; the person is an owner of the café, a helper at the bakery, nobody in the shop."""
    for business in (BAKERY, CAFE, SHOP):
        blank_database.add_business(business)
    came_in(blank_database, CAFE, "owner")
    came_in(blank_database, BAKERY, "helper")
    return blank_database


def came_in(database: Database, business: Business, role: Role, person: Person = PERSON) -> None:
    with database.books(business.id, NOW) as books:
        books.members.add(Member(id=person.id, name="Ola", role=role, added=NOW.date()))
        books.members.link(person.id, person)


def talks_of(database: Database, place: Place, *businesses: Business) -> None:
    """Turn a chat to each of some businesses in turn."""
    for n, business in enumerate(businesses):
        with database.books(business.id, NOW + timedelta(minutes=n)) as books:
            books.places.open(place, nudges=False)


def button_of(database: Database, business: Business) -> str:
    with database.books(business.id, NOW) as books:
        line = books.lines.add(Card("Hello", buttons=(Button("Go", Action("today.show")),)))
        return line.card.buttons[0].token


def calls(
    database: Database, place: Place = DM, text: str = "", press: str = "", person: Person = PERSON
) -> Caller | None:
    with database.directory(NOW) as directory:
        return caller(Heard("1", place, person, Request("", text=text, press=press)), directory)


def meant(database: Database, place: Place = DM, text: str = "", press: str = "") -> str:
    found = calls(database, place, text, press)
    assert found
    return found.business


def test_nobody_knows_a_stranger(database: Database) -> None:
    assert calls(database, person=replace(PERSON, id="8")) is None
    assert calls(database, person=replace(PERSON, id="8"), press=button_of(database, CAFE)) is None


def test_a_caller_has_the_name_and_role_they_have_in_the_business_that_is_meant(database: Database) -> None:
    talks_of(database, DM, CAFE, BAKERY)
    assert calls(database) == Caller(BAKERY.id, "Ola", "helper", "7", ((CAFE.id, CAFE.name),))
    talks_of(database, DM, BAKERY, CAFE, CAFE)
    assert calls(database) == Caller(CAFE.id, "Ola", "owner", "7", ((BAKERY.id, BAKERY.name),))


def test_a_chat_of_ones_own_that_is_new_is_about_the_first_of_ones_businesses(database: Database) -> None:
    assert meant(database) == CAFE.id


def test_a_button_means_its_own_business_wherever_the_talk_is(database: Database) -> None:
    talks_of(database, DM, CAFE)
    assert meant(database, press=button_of(database, BAKERY)) == BAKERY.id


def test_a_button_of_somebody_elses_business_is_refused(database: Database) -> None:
    talks_of(database, DM, SHOP, CAFE)
    for press in (button_of(database, SHOP), "made-up"):
        with pytest.raises(Refusal, match="button_unknown"):
            calls(database, press=press)


def test_a_chat_about_a_business_one_has_left_is_about_ones_own_again(database: Database) -> None:
    talks_of(database, DM, BAKERY, SHOP)
    assert meant(database) == BAKERY.id


def test_the_example_of_a_business_is_for_its_own_people(database: Database) -> None:
    ours, theirs = (replace(BAKERY, id=EXAMPLE + each.id, example=True) for each in (BAKERY, SHOP))
    for example in (ours, theirs):
        database.add_business(example)
    talks_of(database, DM, BAKERY, ours)
    found = calls(database)
    assert found and (found.business, found.role) == (ours.id, "helper")
    assert meant(database, press=button_of(database, ours)) == ours.id
    with pytest.raises(Refusal, match="button_unknown"):
        calls(database, press=button_of(database, theirs))


def test_a_channel_stays_with_its_business(database: Database) -> None:
    talks_of(database, CHANNEL, BAKERY)
    found = calls(database, CHANNEL)
    assert found and (found.business, found.others) == (BAKERY.id, ())


def test_in_a_channel_about_another_business_a_person_is_told_nothing(database: Database) -> None:
    talks_of(database, CHANNEL, SHOP)
    with pytest.raises(Refusal, match="place_unknown"):
        calls(database, CHANNEL)


def test_a_button_of_one_business_does_nothing_in_a_channel_about_another(database: Database) -> None:
    talks_of(database, CHANNEL, BAKERY)
    assert meant(database, CHANNEL, press=button_of(database, BAKERY)) == BAKERY.id
    with pytest.raises(Refusal, match="button_unknown"):
        calls(database, CHANNEL, press=button_of(database, CAFE))


def test_a_new_channel_is_about_the_business_its_speaker_owns(database: Database) -> None:
    assert meant(database, CHANNEL, text="today") == CAFE.id


def test_a_helper_opens_no_channel(database: Database) -> None:
    came_in(database, BAKERY, "helper", replace(PERSON, id="9"))
    with pytest.raises(Refusal, match="place_unknown"):
        calls(database, CHANNEL, person=replace(PERSON, id="9"))


def test_an_owner_of_several_says_which_business_a_channel_is_for(database: Database) -> None:
    came_in(database, SHOP, "owner")
    with pytest.raises(Refusal, match="place_unknown"):
        calls(database, CHANNEL, text="here")
    assert meant(database, CHANNEL, text="here for zoo shop") == SHOP.id


def test_only_so_many_wrong_codes_are_let_pass_in_a_while() -> None:
    attempts = Attempts()
    for n in range(TRIES):
        attempts.check(PERSON, NOW)
        attempts.wrong(replace(PERSON, name=f"name {n}", language="sv"), NOW)
    with pytest.raises(Refusal, match="too_many_codes"):
        attempts.check(PERSON, NOW + WINDOW)
    attempts.check(replace(PERSON, id="8"), NOW)
    attempts.check(PERSON, NOW + WINDOW + timedelta(seconds=1))
