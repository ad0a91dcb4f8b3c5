"""Home: what is open, drafts first, in one card that is kept up to date."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import Request
from handlers import home
from tests.handlers.talk import Talk


def test_home_says_who_needs_the_owner_and_shows_the_way_on(talk: Talk) -> None:
    assert "Five customers need you today." in talk.says("home")
    card = talk.card()
    assert card.items[0].title == "Lilla Blomman"
    assert [b.label for b in card.buttons] == ["Today", "Reports", "People", "Settings"]
    assert all(b.look for b in card.buttons)


def test_a_draft_stands_first_and_its_customer_once(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    assert "One draft is waiting." in talk.says("home")
    titles = [i.title for i in talk.card().items]
    assert titles[0] == "Café Norrsken" and titles.count("Café Norrsken") == 1
    assert talk.card().items[0].text == "a draft waits"
    (opens,) = (i.button for i in talk.card().items[:1])
    assert opens and opens.action.verb == "letter.show"


def test_a_page_of_what_is_open_follows_what_is_done(talk: Talk) -> None:
    with talk.desk() as desk:
        shown = home.show(Request(talk.house.business.id), desk)
    assert shown.topic == "home"
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("blomman"), no_contact=True))
    with talk.desk() as desk:
        assert "Four customers need you today." in home.renewed(shown, desk).text


def test_before_the_first_meeting_home_offers_it(talk: Talk) -> None:
    with talk.books() as books:
        books.save_business(replace(books.business, name=""))
    assert "We haven't really met yet." in talk.says("home")
    assert [b.action.verb for b in talk.card().buttons] == ["start.again"]
