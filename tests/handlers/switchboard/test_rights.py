"""What nobody may reach through another chat, another role or another business."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Action, Card, Request, Role
from bot.members import Member
from bot.parties import Contact
from bot.platforms import Person, Place
from tests.handlers.platforms.pocket import NAME, Talk, on_pocket
from tests.handlers.platforms.test_every_platform import MORNING, owe
from tests.handlers.platforms.wire import invite
from tests.handlers.stage import Clock, House, bakery
from tests.mailserver import mail_server

OLA = Person(NAME, "ola", name="Ola", language="en")
HIS = Place(NAME, "dm-ola")


@pytest.fixture
def asa(tmp_path: Path) -> Iterator[Talk]:
    with mail_server() as mail:
        house = House(tmp_path, mail, bakery("SE", "en"), Clock(MORNING))
        with house.app.database.books("bageri", MORNING) as books:
            owe(books, 1)
            known = books.customers.get("c1")
            books.customers.save(replace(known, contacts=(Contact(email="c1@x.example"),)))
        with on_pocket(house) as talk:
            yield talk


def colleague(asa: Talk, role: Role) -> Talk:
    with asa.wire.house.app.database.books("bageri", MORNING) as books:
        books.members.add(Member(id="ola", name="Ola", role=role, added=MORNING.date()))
    return Talk.linked(asa.wire, HIS, OLA, invite(asa.wire.house, "QRSTUVWX", "ola"))


def drafted(talk: Talk) -> None:
    talk.say("Customer 001")
    talk.press("Draft", {})


def test_a_yes_is_to_what_was_shown_and_not_to_what_somebody_made_of_it_since(asa: Talk) -> None:
    ola = colleague(asa, "helper")
    drafted(asa)
    old = asa.pressing("Approve")
    with asa.wire.house.app.database.books("bageri", MORNING) as books:
        (letter,) = books.letters.all()
    ola.ask(Request("", action=Action("letter.show", letter.id)))
    ola.press("Edit", {})
    ola.press("Save", {"to": "ola@evil.example"})
    asa.seen()
    asa.ask(old)
    assert "changed since you saw it" in asa.seen()
    with asa.wire.house.app.database.books("bageri", MORNING) as books:
        assert {letter.state for letter in books.letters.all()} == {"draft"}
    asa.press("Approve", {})
    assert "ola@evil.example" in asa.seen()


def test_a_viewer_changes_no_form_that_an_owner_has_open(asa: Talk) -> None:
    eye = colleague(asa, "viewer")
    drafted(asa)
    asa.press("Edit", {})
    form = asa.pressing("Save")
    eye.ask(Request("", press=form.press, values={"subject": "", "body": "Nonsense"}))
    assert "owner" in eye.seen()
    asa.seen()
    asa.ask(form)
    assert "Nonsense" not in asa.seen()


def test_a_chat_that_turns_to_the_example_turns_no_page(asa: Talk) -> None:
    app = asa.wire.house.app
    before = app.business().id
    asa.say("settings")
    asa.wire.house.clock.at += timedelta(minutes=1)
    asa.press("Show me an example", {})
    assert app.business().id == before
    asa.say("settings")
    asa.press("My own business", {})
    assert app.business().id == before


def test_somebody_is_in_each_business_who_they_are_there(asa: Talk) -> None:
    house = asa.wire.house
    house.app.database.add_business(replace(house.business, id="cafe", name="Abels Café", owner="Abel"))
    with house.app.database.books("cafe", MORNING) as books:
        books.members.add(Member(id="h1", name="Åsa at the café", role="viewer", added=MORNING.date()))
        books.members.link("h1", asa.person)
    asa.say("businesses")
    asa.press("Go to this one", {})
    asa.seen()
    with house.app.database.books("cafe", MORNING) as books:
        (chat,) = books.places.all()
        assert (chat.member, chat.nudges) == ("h1", False)
        books.members.forget("h1")
        house.app.inbox.post(books, Card("Secret news"))
    house.app.exchange.wake("cafe")
    assert "Secret news" not in asa.seen()


def test_who_may_only_look_is_told_nothing_unasked_and_who_may_do_more_is(asa: Talk) -> None:
    eye = colleague(asa, "viewer")
    for role, comes in (("helper", True), ("viewer", False)):
        asa.ask(Request("", action=Action("member.role", "ola", role)))
        eye.seen()
        with asa.wire.house.app.database.books("bageri", MORNING) as books:
            asa.wire.house.app.inbox.post(books, Card(f"News for a {role}"))
        asa.wire.house.app.exchange.wake("bageri")
        assert ("News" in eye.seen()) == comes


def test_where_two_must_agree_nobody_takes_a_code_for_the_other_owner(asa: Talk) -> None:
    colleague(asa, "owner")
    asa.ask(Request("", action=Action("member.code", "ola")))
    assert "Code" in asa.seen()
    with asa.wire.house.app.database.books("bageri", MORNING) as books:
        books.save_business(replace(books.business, second_approver="always"))
    asa.ask(Request("", action=Action("member.code", "ola")))
    assert "makes their own code" in asa.seen()


def test_a_channel_that_was_left_and_is_about_another_business_now_is_not_taken_back_by_an_old_button(
    asa: Talk,
) -> None:
    house = asa.wire.house
    house.app.database.add_business(replace(house.business, id="cafe", name="Abels Café", owner="Abel"))
    with house.app.database.books("cafe", MORNING) as books:
        owner = books.members.owner()
        books.members.link(owner.id, asa.person)
    hall = Talk(asa.wire, Place(NAME, "hall", direct=False), asa.person)
    hall.say("here for Åsas Bageri AB")
    hall.say("Customer 001")
    old = hall.pressing("Draft")
    asa.wire.run(asa.wire.exchange.line(NAME).gone(hall.place, "gone"))
    hall.say("here for Abels Café")
    hall.seen()
    hall.ask(old)
    assert "Letter to" not in hall.seen()
    with house.app.database.directory(MORNING) as directory:
        assert [t.business for t in directory.talks(hall.place) if not t.chat.trouble] == ["cafe"]


def test_an_owner_begins_another_business_in_a_chat_of_their_own_and_goes_back(asa: Talk) -> None:
    asa.wire.house.clock.at += timedelta(minutes=1)
    asa.say("new business")
    assert "begin with a new one" in asa.seen()
    asa.press("Suomi · Finland", {})
    asa.press("Jatka", {"business": "Kahvila Kuusi Oy"})
    asa.wire.house.clock.at += timedelta(minutes=1)
    asa.say("yritykset")
    asa.seen()
    asa.press("Vaihda tähän", {})
    assert "One customer needs you today" in asa.seen()


def test_a_helper_begins_none(asa: Talk) -> None:
    ola = colleague(asa, "helper")
    ola.seen()
    ola.say("new business")
    assert "owner" in ola.seen()
    assert len(asa.wire.house.app.database.businesses()) == 1
