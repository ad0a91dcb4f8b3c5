from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.members import OWNER, Member
from bot.platforms import Person, Place
from storage.books import Books
from storage.directory import Directory
from storage.engine import Database
from tests.cast import ASA, ASAS_BAGERI
from tests.storage.conftest import NOW, TODAY

OLA = Member(id="ola", name="Ola", role="helper", added=TODAY)
PHONE = Person("pocket", "7", name="Ola på telefon")
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def staffed(books: Books) -> Books:
    """The bakery's books, its owner and Ola among the people."""
    books.members.owner()
    books.members.add(OLA)
    return books


def redeem(books: Books, digest: str) -> tuple[str, str] | None:
    return Directory(books.connection, books.now).redeem(digest)


def test_the_owner_is_a_member_from_the_first_time_on(books: Books) -> None:
    first = books.members.owner()
    assert first == Member(id=OWNER, name=ASA, role="owner", added=TODAY)
    assert books.members.owner() == first
    assert books.members.all() == (first,)


def test_the_owner_was_added_on_the_day_it_is_at_home(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW.replace(hour=23, minute=30)) as books:
        assert books.members.owner().added == TODAY + timedelta(days=1)


def test_people_are_told_in_the_order_they_came(staffed: Books) -> None:
    staffed.members.add(replace(OLA, id="anna", name="Anna"))
    assert [member.id for member in staffed.members.all()] == [OWNER, "ola", "anna"]


def test_somebody_who_left_is_remembered(staffed: Books) -> None:
    staffed.members.save(replace(OLA, left=TODAY))
    assert staffed.members.get("ola").left == TODAY


def test_somebody_is_known_by_as_many_persons_as_they_came_in_as(staffed: Books) -> None:
    staffed.members.link("ola", PHONE)
    staffed.members.link("ola", Person("other", "U7", "T1", "ola"))
    assert staffed.members.identities("ola") == (Person("other", "U7", "T1", "ola"), PHONE)
    assert staffed.members.identities(OWNER) == ()


def test_a_person_who_comes_in_as_somebody_else_is_that_one_from_then_on(staffed: Books) -> None:
    staffed.members.link("ola", PHONE)
    staffed.members.link(OWNER, replace(PHONE, name="Åsa"))
    assert staffed.members.identities("ola") == ()
    assert staffed.members.identities(OWNER) == (replace(PHONE, name="Åsa"),)


def test_only_somebody_who_is_there_can_be_invited_or_linked(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.books(ASAS_BAGERI.id, NOW) as books:
        books.members.invite("nobody", "code", SOON)
    with pytest.raises(sa.exc.IntegrityError), database.books(ASAS_BAGERI.id, NOW) as books:
        books.members.link("nobody", PHONE)


def test_a_new_code_makes_the_earlier_ones_void(staffed: Books) -> None:
    staffed.members.invite("ola", "first", SOON)
    staffed.members.invite("ola", "second", SOON)
    assert redeem(staffed, "first") is None
    assert redeem(staffed, "second") == (ASAS_BAGERI.id, "ola")


def test_a_code_of_one_leaves_the_code_of_another_alone(staffed: Books) -> None:
    staffed.members.invite(OWNER, "hers", SOON)
    staffed.members.invite("ola", "his", SOON)
    assert redeem(staffed, "hers") == (ASAS_BAGERI.id, OWNER)


def test_who_is_forgotten_is_known_nowhere_and_no_code_lets_them_in(staffed: Books) -> None:
    staffed.members.link("ola", PHONE)
    staffed.members.invite("ola", "his", SOON)
    staffed.members.forget("ola")
    assert staffed.members.identities("ola") == ()
    assert redeem(staffed, "his") is None
    assert Directory(staffed.connection, NOW).memberships(PHONE) == ()


def test_nothing_comes_to_the_own_chat_of_somebody_forgotten_and_all_to_the_others(staffed: Books) -> None:
    for member in ("ola", OWNER):
        staffed.places.open(Place("pocket", member), nudges=True, member=member)
    staffed.places.open(Place("pocket", "group", direct=False), nudges=True)
    staffed.members.forget("ola")
    assert [(chat.chat, chat.trouble) for chat in staffed.places.all()] == [
        ("ola", "left"),
        (OWNER, ""),
        ("group", ""),
    ]
