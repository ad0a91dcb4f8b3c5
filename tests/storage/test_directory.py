from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.chat import Action, Button, Card
from bot.members import OWNER, Member
from bot.parties import Business
from bot.platforms import Person, Place
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW, TODAY

ABEL = replace(ASAS_BAGERI, id="abel", name="Abels Café", language="nb")
OLA = Member(id="ola", name="Ola", role="helper", added=TODAY)
PHONE = Person("pocket", "7", "T1", "Ola")
PLACE = Place("pocket", "dm", "T1")
LATER = NOW + timedelta(minutes=59)


@pytest.fixture
def town(database: Database) -> Database:
    """A database of two businesses, where Ola helps in both."""
    database.add_business(ABEL)
    for business in (ASAS_BAGERI, ABEL):
        with database.books(business.id, NOW) as books:
            books.members.owner()
            books.members.add(OLA)
            books.members.link("ola", PHONE)
    return database


def known(database: Database, person: Person) -> list[str]:
    with database.directory(NOW) as directory:
        return [each.business for each in directory.memberships(person)]


def redeem(database: Database, digest: str, at: datetime = LATER) -> tuple[str, str] | None:
    with database.directory(at) as directory:
        return directory.redeem(digest)


def invited(database: Database, business: Business, digest: str) -> None:
    with database.books(business.id, NOW) as books:
        books.members.invite("ola", digest, NOW + timedelta(hours=1))


def test_a_person_belongs_to_the_businesses_they_came_into_by_name(town: Database) -> None:
    with town.directory(NOW) as directory:
        found = directory.memberships(PHONE)
    assert [(each.business, each.name, each.member) for each in found] == [
        (ABEL.id, "Abels Café", OLA),
        (ASAS_BAGERI.id, ASAS_BAGERI.name, OLA),
    ]


@pytest.mark.parametrize("change", [{"platform": "other"}, {"id": "8"}, {"team": "T2"}])
def test_nobody_else_is_taken_for_them(town: Database, change: dict[str, str]) -> None:
    assert known(town, replace(PHONE, **change)) == []


def test_another_name_or_language_makes_nobody_else_of_them(town: Database) -> None:
    assert len(known(town, replace(PHONE, name="O.", language="fi"))) == 2


def test_who_left_one_business_still_belongs_to_the_other(town: Database) -> None:
    with town.books(ABEL.id, NOW) as books:
        books.members.save(replace(OLA, left=TODAY))
    assert known(town, PHONE) == [ASAS_BAGERI.id]


def test_a_chat_is_about_the_business_last_turned_to(town: Database) -> None:
    for n, business in enumerate((ASAS_BAGERI, ABEL, ASAS_BAGERI)):
        with town.books(business.id, NOW + timedelta(minutes=n)) as books:
            books.places.open(PLACE, nudges=True)
    with town.directory(NOW) as directory:
        assert [talk.business for talk in directory.talks(PLACE)] == [ASAS_BAGERI.id, ABEL.id]
        assert directory.talks(replace(PLACE, chat="other")) == ()


def test_the_chats_of_a_team_and_of_a_platform_are_told_and_none_of_another(town: Database) -> None:
    places = [PLACE, Place("pocket", "dm", "T2"), Place("other", "dm", "T1")]
    with town.books(ABEL.id, NOW) as books:
        for place in places:
            books.places.open(place, nudges=True)
    with town.directory(NOW) as directory:
        assert [talk.chat.place for talk in directory.talks_of("pocket", "T1")] == places[:1]
        assert {talk.chat.place for talk in directory.talks_of("pocket", "")} == set(places[:2])


def test_a_chat_in_trouble_is_not_open(town: Database) -> None:
    with town.books(ABEL.id, NOW) as books:
        lost = books.places.open(PLACE, nudges=True)
        books.places.open(replace(PLACE, chat="other"), nudges=True)
        books.places.trouble(lost.id, "blocked")
    with town.directory(NOW) as directory:
        assert [talk.chat.chat for talk in directory.open_talks("pocket")] == ["other"]
        assert [talk.chat.chat for talk in directory.open_talks("pocket", ABEL.id)] == ["other"]
        assert directory.open_talks("pocket", ASAS_BAGERI.id) == ()


def test_a_button_is_of_one_business_and_one_made_up_of_none(town: Database) -> None:
    with town.books(ABEL.id, NOW) as books:
        line = books.lines.add(Card("Hello", buttons=(Button("Go", Action("today.show")),)))
    with town.directory(NOW) as directory:
        assert directory.whose(line.card.buttons[0].token) == ABEL.id
        assert directory.whose("made-up") == ""


def test_each_business_is_spoken_to_in_its_language_and_nobody_in_english(town: Database) -> None:
    with town.directory(NOW) as directory:
        assert [directory.language(each) for each in (ABEL.id, ASAS_BAGERI.id, "nobody")] == [
            "nb",
            ASAS_BAGERI.language,
            "en",
        ]


def test_a_code_leads_to_its_business_and_member_once(town: Database) -> None:
    invited(town, ABEL, "digest")
    assert redeem(town, "digest") == (ABEL.id, "ola")
    assert redeem(town, "digest") is None


def test_a_code_is_no_good_after_an_hour(town: Database) -> None:
    invited(town, ABEL, "digest")
    assert redeem(town, "digest", NOW + timedelta(hours=1)) is None


def test_a_code_nobody_gave_is_no_good(town: Database) -> None:
    assert redeem(town, "digest") is None


def test_of_several_who_use_a_code_at_once_one_comes_in(town: Database) -> None:
    invited(town, ABEL, "digest")
    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(redeem, [town] * 4, ["digest"] * 4))
    assert sum(each is not None for each in came) == 1


def test_the_owner_of_one_is_nobody_in_the_other(town: Database) -> None:
    asa = Person("pocket", "1")
    with town.books(ABEL.id, NOW) as books:
        books.members.link(OWNER, asa)
    assert known(town, asa) == [ABEL.id]
