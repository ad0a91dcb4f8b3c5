"""The owner's side of the customer's page: turned on, in the letter, looked at, closed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.parties import LANGUAGES
from tests.handlers.letterbox.customer import REACHED, is_nobodys, sent, site, with_page
from tests.handlers.talk import Talk

LINK = re.compile(rf"{REACHED}/p/\w+")


@pytest.fixture
def talk(home: Path) -> Talk:
    """A bakery that is reached from outside, where nobody has yet said that there shall be a page."""
    return Talk.about(home, public_url=REACHED)


def draft(talk: Talk, customer: str) -> str:
    with talk.books() as books:
        letter = books.letters.draft(customer)
    assert letter
    return letter.body


def test_it_is_off_until_the_owner_turns_it_on(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    assert not LINK.search(draft(talk, "norrsken"))
    assert "can tell you four things" in talk.says("settings")
    talk.presses("Save", page="yes")
    talk.says("Kuusi")
    talk.presses("Draft")
    assert len(LINK.findall(draft(talk, "kuusi"))) == 1


@pytest.mark.parametrize("address", ["", "http://purr.example"])
def test_it_is_not_offered_where_nobody_could_come_in_or_anybody_could_read_along(
    address: str, home: Path
) -> None:
    talk = Talk.about(home, public_url=address)
    with_page(talk)
    assert "customer sees" not in talk.says("settings")
    talk.says("Norrsken")
    talk.presses("Draft")
    assert "/p/" not in draft(talk, "norrsken")


def test_the_link_is_bound_by_the_approval_and_opens_the_page_once_the_letter_is_out(talk: Talk) -> None:
    with_page(talk)
    talk.says("Kuusi")
    talk.presses("Draft")
    path = LINK.findall(draft(talk, "kuusi"))[0].removeprefix(REACHED)
    with TestClient(site(talk), base_url=REACHED) as client:
        assert is_nobodys(client.get(path))
        talk.presses("Approve")
        assert is_nobodys(client.get(path))
        with talk.books() as books:
            letter = next(x for x in books.letters.of("kuusi") if x.state == "approved")
            assert path in letter.body
            books.letters.save(replace(letter, state="sent", sent_day=talk.house.clock().date()))
        assert client.get(path).status_code == 200


def test_a_link_to_another_customers_page_is_stopped_with_the_right_one(talk: Talk) -> None:
    with_page(talk)
    talk.says("Kuusi")
    talk.presses("Draft")
    whole, link = draft(talk, "kuusi"), talk.house.app.inbox.link
    assert link
    (ours,), theirs = LINK.findall(whole), link(talk.house.business.id, sent(talk, "norrsken").id)
    talk.presses("Edit")
    said = talk.presses("Save", body=whole.replace(ours, theirs))
    assert f"“{theirs}” is not in the books; there it says {ours}." in said
    with pytest.raises(AssertionError, match="no button 'Approve'"):
        talk.part("Approve")


def test_a_letter_written_again_leads_to_its_own_page(talk: Talk) -> None:
    with_page(talk)
    talk.says("Kuusi")
    talk.presses("Draft")
    first = LINK.findall(draft(talk, "kuusi"))[0]
    talk.presses("Edit")
    talk.presses("Save", body=draft(talk, "kuusi").replace("Hei Aino", "Hei rakas Aino"))
    talk.presses("Approve")
    talk.presses("Undo")
    talk.presses("Back to the draft")
    again = LINK.findall(draft(talk, "kuusi"))
    assert len(again) == 1 and again[0] != first and "Hei rakas Aino" in draft(talk, "kuusi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_owner_looks_at_it_and_closes_it(language: str, home: Path) -> None:
    talk = Talk.about(home, public_url=REACHED, language=language)
    with_page(talk)
    letter = sent(talk, "bygg")
    talk.acts("page.show", "bygg")
    links = {fact.value for fact in talk.card().facts}
    link = talk.house.app.inbox.link
    assert link and link(talk.house.business.id, letter.id) in links
    with TestClient(site(talk), base_url=REACHED) as client:
        paths = [each.removeprefix(REACHED) for each in links]
        assert {client.get(path).status_code for path in paths} == {200}
        close, *_ = talk.card().buttons
        talk.presses(close.label)
        assert all(is_nobodys(client.get(path)) for path in paths)
    with talk.books() as books:
        assert "page_closed" in [event.kind for event in books.history.of("bygg")]


def test_a_customer_without_an_open_page_has_no_button_for_it(talk: Talk) -> None:
    with_page(talk)
    talk.says("Kuusi")
    assert "Their page" not in [b.label for b in talk.card().buttons]
    assert "has no open page" in talk.acts("page.show", "kuusi")
    sent(talk, "kuusi")
    talk.says("Kuusi")
    talk.presses("Their page")
    assert "What Kahvila Kuusi Oy can see" in talk.card().title
