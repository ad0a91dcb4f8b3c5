"""Today: what needs the owner, in order, and the quiet days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.today import ROWS
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
