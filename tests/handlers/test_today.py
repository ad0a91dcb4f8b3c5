"""Today: what needs the owner, in order, and the quiet days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat import Card
from handlers.desk.needs import ROWS
from handlers.today import renewed
from tests.handlers.talk import Talk


def test_the_digest_names_everybody_who_needs_the_owner_and_nobody_else(talk: Talk) -> None:
    said = talk.says("today")
    assert "Five customers need you today." in said
    assert talk.card().items[0].title == "Lilla Blomman"
    assert "Restaurang Havet" not in {item.title for item in talk.card().items}
    assert "If you do nothing, nothing is sent." in said


def test_a_look_at_a_customer_leaves_the_digest_alive(talk: Talk) -> None:
    talk.says("today")
    digest = talk.card()
    for _ in range(2):
        assert "Lilla Blomman" in talk.presses("Open")
    assert digest in [line.card for line in talk.lines()]


def test_who_is_just_late_is_shown_when_asked(talk: Talk) -> None:
    talk.says("today")
    assert "Restaurang Havet" in talk.presses("Just late")


def test_a_long_list_turns_its_page_in_place(talk: Talk) -> None:
    with talk.books() as books:
        havet = books.customers.get("havet")
        late = books.invoices.of("havet")[0]
        for n in range(9):
            books.customers.add(replace(havet, id=f"c{n}", name=f"Kund {n}"))
            due = talk.house.clock().date() - timedelta(days=20)
            books.invoices.add(replace(late, id=f"i{n}", customer=f"c{n}", number=f"9{n}", due=due))
    talk.says("today")
    first = talk.card()
    lines = len(talk.lines())
    talk.presses("More")
    assert len(first.items) == len(talk.card().items) == ROWS
    assert first.items[0].title != talk.card().items[0].title
    assert len(talk.lines()) == lines


def test_a_day_with_nothing_to_do_is_one_quiet_line(talk: Talk) -> None:
    with talk.books() as books:
        for customer in books.customers.all():
            books.customers.save(replace(customer, no_contact=True))
        for reply in books.disputes.all():
            books.disputes.save(replace(reply, closed=talk.house.clock().date()))
    assert "Nothing to chase today." in talk.says("today")
    assert not talk.card().items


def silence(talk: Talk, *customers: str) -> None:
    with talk.books() as books:
        for each in customers:
            books.customers.save(replace(books.customers.get(each), no_contact=True))


def now(talk: Talk, card: Card) -> Card:
    with talk.desk() as desk:
        return renewed(card, desk)


def test_a_list_that_still_holds_stays_as_it_is(talk: Talk) -> None:
    talk.says("today")
    assert now(talk, talk.card()) is talk.card() or now(talk, talk.card()) == talk.card()


def test_whoever_has_been_seen_to_moves_to_the_end_of_the_list_without_a_button(talk: Talk) -> None:
    talk.says("today")
    before = talk.card()
    silence(talk, "blomman")
    after = now(talk, before)
    assert after.topic == before.topic == "digest 2026-11-25 0"
    assert "Four customers need you today." in after.text
    done = after.items[-1]
    assert (done.title, done.text, done.amount, done.button) == ("Lilla Blomman", "handled", "", None)
    assert [i.title for i in after.items[:-1]] == [i.title for i in before.items[1:]]
    assert now(talk, after) == after


def test_whoever_needs_the_owner_again_comes_back(talk: Talk) -> None:
    talk.says("today")
    before = talk.card()
    silence(talk, "blomman")
    after = now(talk, before)
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("blomman"), no_contact=False))
    again = now(talk, after)
    assert [i.title for i in again.items] == [i.title for i in before.items]
    assert all(i.button for i in again.items)


def test_when_everybody_has_been_seen_to_the_list_says_so(talk: Talk) -> None:
    talk.says("today")
    before = talk.card()
    with talk.books() as books:
        names = [c.id for c in books.customers.all()]
        for each in books.disputes.all():
            books.disputes.save(replace(each, closed=talk.house.clock().date()))
    silence(talk, *names)
    after = now(talk, before)
    assert "That was everybody for today" in after.text
    assert {i.text for i in after.items} == {"handled"}
    assert len(after.items) == len(before.items)


def test_the_list_of_an_earlier_day_rests(talk: Talk) -> None:
    talk.says("today")
    before = talk.card()
    silence(talk, "blomman")
    talk.house.clock.at += timedelta(days=1)
    assert now(talk, before) == before


def test_a_page_that_is_no_longer_there_gives_way_to_the_last_one(talk: Talk) -> None:
    talk.acts("today.show", value="9")
    assert len(talk.card().items) == 5
