"""Drafts: the next letter to everybody at once, each with a yes of its own; the list of those that wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.desk.needs import ROWS
from tests.handlers.talk import Talk


@pytest.fixture
def many(talk: Talk) -> Talk:
    """The bakery with nine more who are late, all but one with a language."""
    with talk.books() as books:
        havet, due = books.customers.get("havet"), talk.house.clock().date() - timedelta(days=20)
        late = books.invoices.of("havet")[0]
        for n in range(9):
            spoken = "" if n == 8 else "sv"
            books.customers.add(replace(havet, id=f"c{n}", name=f"Kund {n}", language=spoken))
            books.invoices.add(replace(late, id=f"i{n}", customer=f"c{n}", number=f"9{n}", due=due))
    return talk


def drafted(talk: Talk) -> dict[str, str]:
    with talk.books() as books:
        return {letter.customer: letter.body for letter in books.letters.in_state("draft")}


def test_everybody_on_the_list_to_whom_one_can_be_written_gets_a_draft(many: Talk) -> None:
    many.says("today")
    assert "drafts are waiting" in many.presses("Draft all")
    written = drafted(many)
    assert {f"c{n}" for n in range(8)} < written.keys()
    assert not {"c8", "mogens", "blomman", "havet"} & written.keys()
    assert all(f"9{n}" in written[f"c{n}"] for n in range(8))


def test_nothing_of_it_goes_out_however_long_one_waits(many: Talk) -> None:
    many.says("today")
    many.presses("Draft all")
    many.house.clock.at += timedelta(days=60)
    many.says("today")
    assert many.house.mail.messages == []


def test_a_draft_that_waits_already_stays_as_the_owner_left_it(many: Talk) -> None:
    many.says("Kund 3")
    many.presses("Draft")
    many.presses("Edit")
    many.presses("Save", subject="A word about 93")
    with many.books() as books:
        before = books.letters.draft("c3")
    many.says("today")
    many.presses("Draft all")
    with many.books() as books:
        assert books.letters.draft("c3") == before
        assert [x.customer for x in books.letters.in_state("draft")].count("c3") == 1


def test_a_draft_made_with_all_the_others_says_what_one_alone_says(many: Talk) -> None:
    many.says("Kund 5")
    many.presses("Draft")
    alone = drafted(many)["c5"]
    many.presses("Not now")
    many.says("today")
    many.presses("Draft all")
    assert drafted(many)["c5"] == alone


def test_the_drafts_that_wait_are_listed_a_page_at_a_time_and_each_can_be_opened(many: Talk) -> None:
    many.says("today")
    many.presses("Draft all")
    first = many.card()
    assert len(first.items) == ROWS
    many.presses("More")
    assert 0 < len(many.card().items) <= ROWS
    assert not {i.title for i in first.items} & {i.title for i in many.card().items}


def test_after_a_yes_the_next_draft_is_one_press_away_until_none_waits(many: Talk) -> None:
    for name in ("Kund 1", "Kund 2"):
        many.says(name)
        many.presses("Draft")
    assert "Kund 2" in many.presses("Approve")
    assert "91" in many.presses("Next draft")
    many.presses("Approve")
    assert "Next draft" not in [button.label for button in many.card().buttons]


def test_on_a_list_of_one_it_is_not_offered(talk: Talk) -> None:
    with talk.books() as books:
        for customer in books.customers.all():
            books.customers.save(replace(customer, no_contact=customer.id != "norrsken"))
    talk.says("today")
    assert "Draft all" not in [button.label for button in talk.card().buttons]


def test_one_that_cannot_be_written_stops_none_of_the_others_and_is_told(many: Talk) -> None:
    with many.books() as books:
        books.save_business(replace(books.business, account=""))
        for n in range(8):
            (late,) = books.invoices.of(f"c{n}")
            books.invoices.save(replace(late, account="" if n == 4 else "999-0219"))
    many.says("today")
    said = many.presses("Draft all")
    assert {f"c{n}" for n in range(8)} - drafted(many).keys() == {"c4"}
    assert "left out: something the letter must say is missing" in said
