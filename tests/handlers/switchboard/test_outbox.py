from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat import Action, Card, Posted, Request
from bot.joining import Join
from bot.parties import Customer
from bot.platforms import Place
from handlers.switchboard.outbox import Outbox
from storage.directory import Talk as About
from storage.places import Chat
from tests.handlers.stage import House, shown
from tests.handlers.switchboard.people import CAFE
from tests.handlers.talk import MORNING

PHONE, GROUP = Place("pocket", "7"), Place("pocket", "-8", direct=False)

Said = list[tuple[str, tuple[Posted, ...]]]


@pytest.fixture
def said() -> Said:
    """What was published, and about which business."""
    return []


@pytest.fixture
def outbox(house: House, said: Said) -> Outbox:
    def tell(business: str, lines: tuple[Posted, ...]) -> None:
        said.append((business, lines))

    return Outbox(house.app.database, house.app.inbox, house.clock, tell, str.title)


def opened(house: House, place: Place = PHONE, business: str = "") -> About:
    business = business or house.business.id
    with house.app.database.books(business, house.clock()) as books:
        return About(business, books.places.open(place, nudges=True))


def posted(house: House, card: Card) -> Posted:
    with house.app.database.books(house.business.id, house.clock()) as books:
        return house.app.inbox.post(books, card)[-1]


def chat(house: House, talk: About) -> Chat:
    with house.app.database.books(talk.business, house.clock()) as books:
        return books.places.get(talk.chat.id)


def test_a_line_is_told_on_the_clocks_of_its_business_in_its_language(house: House, outbox: Outbox) -> None:
    talk, line = opened(house), posted(house, Card("Good morning"))
    [due] = outbox.pending(talk).posts
    assert (due.post.place, due.post.line.id, due.post.language) == (PHONE, line.id, "en")
    assert due.post.line.at.hour == MORNING.hour + 1
    assert (due.post.message, due.post.about, due.post.business) == ("", "", "")


def test_a_line_about_a_customer_says_which(house: House, outbox: Outbox) -> None:
    talk = opened(house)
    posted(house, Card("They are late.", subject="norrsken"))
    posted(house, Card("They are gone.", subject="nobody"))
    assert [due.post.about for due in outbox.pending(talk).posts] == ["Café Norrsken", ""]


def test_a_line_about_who_has_gone_into_another_says_whom_it_is_about_now(
    house: House, outbox: Outbox
) -> None:
    talk = opened(house)
    posted(house, Card("They are late.", subject="other"))
    with house.app.database.books(house.business.id, house.clock()) as books:
        books.customers.add(Customer(id="other", name="Norrsken AB"))
        stay, gone = books.customers.get("norrsken"), books.customers.get("other")
        made = Join(
            id=gone.id, customer=stay.id, at=MORNING, by="", gone=gone, before=stay, moved={}, known=()
        )
        books.join(made)
    assert [due.post.about for due in outbox.pending(talk).posts] == ["Café Norrsken"]


def test_where_a_chat_serves_several_businesses_each_line_names_its_own(house: House, outbox: Outbox) -> None:
    house.app.database.add_business(CAFE)
    talk, _ = opened(house), opened(house, business=CAFE.id)
    posted(house, Card("Good morning"))
    assert [due.post.business for due in outbox.pending(talk).posts] == [house.business.name]


def test_a_chat_with_nothing_to_show_is_caught_up(house: House, outbox: Outbox) -> None:
    talk = opened(house)
    posted(house, Card("Good morning"))
    round_ = outbox.pending(talk)
    outbox.shown(round_, round_.posts[0].post, "m1", round_.posts[0].revision)
    before = chat(house, talk).shown
    assert outbox.pending(talk).posts == ()
    assert chat(house, talk).shown > before


def test_a_chat_in_trouble_has_nothing_to_show_and_is_not_caught_up(house: House, outbox: Outbox) -> None:
    talk = opened(house)
    outbox.lost(PHONE, "blocked")
    assert outbox.pending(talk).posts == ()
    opened(house)
    assert len(outbox.pending(talk).posts) == 1


def test_a_lost_chat_is_told_to_each_business_that_was_talked_about_there(
    house: House, outbox: Outbox, said: Said
) -> None:
    house.app.database.add_business(CAFE)
    for business in (house.business.id, CAFE.id):
        opened(house, business=business)
    outbox.lost(PHONE, "gone")
    assert {business for business, _ in said} == {house.business.id, CAFE.id}
    assert all("the chat is gone" in shown(lines[0].card) for _, lines in said)


def test_the_same_loss_is_told_once(house: House, outbox: Outbox, said: Said) -> None:
    opened(house)
    outbox.lost(PHONE, "gone")
    outbox.lost(PHONE, "gone")
    assert len(said) == 1
    outbox.lost(Place("pocket", "nobody there"), "gone")
    assert len(said) == 1


def test_a_lost_token_is_told_once_for_all_chats_and_mended_for_all(
    house: House, outbox: Outbox, said: Said
) -> None:
    talks = [opened(house), opened(house, GROUP)]
    outbox.lost(GROUP, "blocked")
    outbox.lost(Place("pocket", ""), "token")
    assert [chat(house, talk).trouble for talk in talks] == ["token", "token"]
    assert len(said) == 2
    outbox.try_anew("pocket")
    assert [chat(house, talk).trouble for talk in talks] == ["", ""]


def test_a_token_that_is_tried_anew_and_not_accepted_still_is_no_news(
    house: House, outbox: Outbox, said: Said
) -> None:
    talk = opened(house)
    for _ in range(3):
        outbox.lost(PHONE, "token")
        outbox.try_anew("pocket")
    assert len(said) == 1
    posted(house, Card("Good morning"))
    round_ = outbox.pending(talk)
    outbox.shown(round_, round_.posts[0].post, "m1", round_.posts[0].revision)
    outbox.lost(PHONE, "token")
    assert len(said) == 2


def test_a_team_whose_token_is_accepted_again_goes_on_and_no_other(
    house: House, outbox: Outbox, said: Said
) -> None:
    talks = [opened(house, Place("pocket", "7", team)) for team in ("T1", "T2")]
    for talk in talks:
        outbox.lost(talk.chat.place, "token")
    said.clear()
    outbox.mended(Place("pocket", "", "T1"))
    assert [chat(house, talk).trouble for talk in talks] == ["", "token"]
    assert said == [(house.business.id, ())]


def test_a_platform_that_does_not_work_is_told_once_a_day_to_whoever_talks_there(
    house: House, outbox: Outbox, said: Said
) -> None:
    outbox.broken("pocket")
    assert said == []
    opened(house)
    outbox.broken("pocket")
    outbox.broken("pocket", [house.business.id])
    assert [shown(lines[0].card).split(":")[0] for _, lines in said] == [
        "Pocket\nPocket does not work as it should"
    ]
    house.clock.at += timedelta(days=1)
    outbox.broken("pocket")
    assert len(said) == 2


def test_a_chat_of_the_example_that_moved_meanwhile_is_no_fault(house: House, outbox: Outbox) -> None:
    told = house.app.inbox(Request(house.business.id, action=Action("example.open")))
    talk = opened(house, business=next(line.card.turn for line in told if line.card.turn))
    outbox.rename(PHONE, "8")
    assert [due.post.place.chat for due in outbox.pending(talk).posts] == []


def test_a_moved_chat_is_moved_for_every_business(house: House, outbox: Outbox) -> None:
    house.app.database.add_business(CAFE)
    talks = [opened(house, GROUP), opened(house, GROUP, CAFE.id)]
    posted(house, Card("Good morning"))
    post = outbox.moved(outbox.pending(talks[0]).posts[0].post, "-100")
    assert (post.place.chat, post.message) == ("-100", "")
    assert [chat(house, talk).chat for talk in talks] == ["-100", "-100"]


def test_the_example_says_nothing_by_itself_once_one_talks_about_something_else(
    house: House, outbox: Outbox
) -> None:
    told = house.app.inbox(Request(house.business.id, action=Action("example.open")))
    example = next(line.card.turn for line in told if line.card.turn)
    talk = opened(house, business=example)
    with house.app.database.books(example, house.clock()) as books:
        house.app.inbox.post(books, Card("Good morning"))
    assert len(outbox.pending(talk).posts) == 1
    opened(house)
    assert outbox.pending(talk).posts == ()
