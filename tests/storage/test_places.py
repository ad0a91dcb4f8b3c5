from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import Action, Button, Card, Posted
from bot.errors import Refusal
from bot.platforms import Place
from storage.books import Books
from storage.engine import Database
from storage.places import Chat
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

PHONE, GROUP = Place("pocket", "7"), Place("pocket", "-8", "T1", direct=False)
CARD = Card("A draft", buttons=(Button("Approve", Action("letter.approve", "norrsken")),))


@pytest.fixture
def phone(books: Books) -> Chat:
    return books.places.open(PHONE, nudges=True)


def pending(books: Books, chat: Chat) -> list[Posted]:
    return [each.line for each in books.places.pending(books.places.get(chat.id))]


def asked(books: Books, chat: Chat, card: Card = CARD) -> Posted:
    """A line that was asked for in a chat."""
    books.lines.asked_in = chat.id
    line = books.lines.add(card)
    books.lines.asked_in = ""
    return line


def show(books: Books, chat: Chat, line: Posted, message: str = "m1") -> None:
    """Show a line as it is now."""
    due = next(each for each in books.places.pending(chat) if each.line.id == line.id)
    books.places.show(chat.id, line.id, message, due.revision)


def test_a_chat_is_found_by_its_place_alone(books: Books) -> None:
    phone, group = books.places.open(PHONE, nudges=True), books.places.open(GROUP, nudges=False)
    assert (books.places.at(PHONE), books.places.at(GROUP)) == (phone, group)
    assert (phone.place, group.place) == (PHONE, GROUP)
    assert books.places.at(replace(GROUP, team="T2")) is None
    assert books.places.at(replace(PHONE, platform="other")) is None


def test_a_chat_that_is_opened_again_is_the_same_chat_turned_to_now(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        first = books.places.open(PHONE, nudges=False)
    with database.books(ASAS_BAGERI.id, NOW + timedelta(hours=1)) as books:
        again = books.places.open(PHONE, nudges=True)
        assert again == replace(first, opened=NOW + timedelta(hours=1))
        assert books.places.all() == (again,)


def test_a_chat_is_shown_what_is_asked_there_and_what_comes_by_itself_in_order(
    books: Books, phone: Chat
) -> None:
    first = asked(books, phone)
    second = books.lines.add(Card("Good morning"))
    assert pending(books, phone) == [first, second]


def test_a_chat_without_nudges_is_shown_only_what_is_asked_there(books: Books) -> None:
    group = books.places.open(GROUP, nudges=False)
    books.lines.add(Card("Good morning"))
    line = asked(books, group)
    assert pending(books, group) == [line]


def test_a_chat_is_not_shown_what_was_asked_elsewhere_or_said_by_the_owner(books: Books, phone: Chat) -> None:
    asked(books, books.places.open(GROUP, nudges=False))
    books.lines.asked_in = phone.id
    books.lines.add(Card("today"), mine=True)
    assert pending(books, phone) == []


def test_what_was_said_before_a_chat_was_opened_is_not_shown_there_though_it_changes(books: Books) -> None:
    digest = books.lines.add(replace(CARD, topic="today"))
    phone = books.places.open(PHONE, nudges=True)
    assert books.lines.renew(digest, Card("Nothing left", topic="today"))
    assert pending(books, phone) == []


def test_a_line_is_shown_once_and_again_in_the_same_message_when_it_changed(
    books: Books, phone: Chat
) -> None:
    line = asked(books, phone)
    show(books, phone, line)
    assert pending(books, phone) == []
    closed = books.lines.close(line.id, "Approve")
    [due] = books.places.pending(phone)
    assert (due.line, due.message) == (closed, "m1")


def test_a_line_that_changed_while_it_was_being_shown_is_shown_again(books: Books, phone: Chat) -> None:
    line = asked(books, phone)
    [due] = books.places.pending(phone)
    closed = books.lines.close(line.id, "Approve")
    books.places.show(phone.id, line.id, "m1", due.revision)
    assert pending(books, phone) == [closed]


def test_what_was_spent_before_it_was_shown_is_not_shown_any_more(books: Books, phone: Chat) -> None:
    line = books.lines.add(CARD)
    books.lines.close(line.id, "Approve")
    assert pending(books, phone) == []


def test_a_line_asked_elsewhere_is_followed_where_it_was_shown(books: Books, phone: Chat) -> None:
    line = asked(books, books.places.open(GROUP, nudges=False))
    books.places.show(phone.id, line.id, "m9", 0)
    assert pending(books, phone) == [line]


def test_many_lines_come_a_few_at_a_time(books: Books, phone: Chat) -> None:
    lines = [asked(books, phone) for _ in range(25)]
    assert pending(books, phone) == lines[:20]
    for line in lines[:20]:
        show(books, phone, line)
    assert pending(books, phone) == lines[20:]


def test_a_chat_is_caught_up_when_nothing_is_pending(books: Books, phone: Chat) -> None:
    line = asked(books, phone)
    assert not books.places.caught_up(phone)
    show(books, phone, line)
    assert books.places.caught_up(phone)
    assert books.places.get(phone.id).shown > phone.shown
    assert pending(books, phone) == []


def test_a_change_after_it_was_caught_up_is_pending(books: Books, phone: Chat) -> None:
    line = asked(books, phone)
    show(books, phone, line)
    books.places.caught_up(phone)
    closed = books.lines.close(line.id, "Approve")
    assert pending(books, phone) == [closed]


def test_the_list_comes_to_one_chat_of_a_platform(books: Books, phone: Chat) -> None:
    elsewhere = books.places.open(Place("other", "7"), nudges=True)
    group = books.places.open(GROUP, nudges=False)
    assert books.places.only(group.id)
    assert not books.places.only("nothing")
    nudged = [chat.id for chat in books.places.all() if chat.nudges]
    assert nudged == [elsewhere.id, group.id]
    books.places.off(group.id)
    assert [chat.id for chat in books.places.all() if chat.nudges] == [elsewhere.id]


def test_the_same_trouble_is_news_once_and_over_when_the_chat_is_opened(books: Books, phone: Chat) -> None:
    assert books.places.trouble(phone.id, "blocked")
    assert not books.places.trouble(phone.id, "blocked")
    assert books.places.trouble(phone.id, "gone")
    assert books.places.open(PHONE, nudges=True).trouble == ""


def test_a_chat_that_was_blocked_is_shown_what_it_missed(books: Books, phone: Chat) -> None:
    books.places.trouble(phone.id, "blocked")
    missed = books.lines.add(Card("Good morning"))
    books.places.open(PHONE, nudges=True)
    assert pending(books, phone) == [missed]


def test_who_left_and_comes_in_anew_is_not_shown_what_was_said_meanwhile(books: Books) -> None:
    phone = books.places.open(PHONE, nudges=True, member="ola")
    books.places.trouble(phone.id, "left")
    missed = books.lines.add(CARD)
    books.places.open(PHONE, nudges=True, member="ola")
    books.lines.replace(missed.id, Card("Changed"))
    assert pending(books, phone) == []


def test_a_chat_that_moved_is_the_same_chat_by_another_name(books: Books) -> None:
    group = books.places.open(GROUP, nudges=False)
    books.places.move(group.id, "-100")
    assert books.places.get(group.id) == replace(group, chat="-100")


def test_what_was_shown_before_a_chat_moved_is_shown_anew_when_it_changes_and_not_when_it_is_spent(
    books: Books, phone: Chat
) -> None:
    live, spent, same = (asked(books, phone, replace(CARD, topic="today")) for _ in range(3))
    for line in (live, spent, same):
        show(books, phone, line, f"m-{line.id}")
    books.places.move(phone.id, "70")
    books.lines.close(spent.id, "Approve")
    fresh = books.lines.renew(live, Card("Nothing left", topic="today"))
    assert [(due.line, due.message) for due in books.places.pending(phone)] == [(fresh, "")]


def test_a_chat_that_moved_where_the_talk_goes_on_already_is_gone(books: Books) -> None:
    group = books.places.open(GROUP, nudges=False)
    there = books.places.open(replace(GROUP, chat="-100"), nudges=False)
    books.places.move(group.id, "-100")
    assert books.places.at(there.place) == there
    assert books.places.get(group.id).trouble == "gone"


def test_a_chat_that_is_not_there_is_refused(books: Books) -> None:
    with pytest.raises(Refusal, match="not_found"):
        books.places.get("nothing")
