"""Customers made one on the desk: whom a card asks about, and what a join keeps."""

from __future__ import annotations

from dataclasses import replace

from bot.parties import Customer
from handlers.desk import joined
from tests.handlers.talk import Talk

OTHER = Customer(id="other", name="Norrsken AB", number="5599123469")


def test_a_card_asks_about_one_other_of_that_number_and_of_nobody_without_one(talk: Talk) -> None:
    with talk.desk() as desk:
        norrsken = desk.books.customers.get("norrsken")
        assert joined.twin(norrsken, desk) is None
        desk.books.customers.add_all([OTHER, replace(OTHER, id="more", name="Norrsken Två")])
        assert [c.text for c in joined.checks(norrsken, desk)] == [
            "Café Norrsken and Norrsken AB have the same company number. Are they one?"
        ]
        assert joined.checks(replace(OTHER, id="none", number=""), desk) == ()
        assert joined.checks(replace(OTHER, id="finn", country="FI"), desk) == ()


def test_a_join_keeps_who_made_it_when_and_what_there_was_with_either(talk: Talk) -> None:
    with talk.desk() as desk:
        desk.books.customers.add(OTHER)
        stay, gone = desk.books.case("bygg"), desk.books.case("other")
        joined.join(stay, gone, "Åsa", desk)
        [made] = desk.books.joins.of("bygg")
        assert (made.by, made.at, made.gone) == ("Åsa", desk.now, OTHER)
        assert {*made.known} >= {letter.id for letter in stay.letters if letter.reached}
        assert [b.label for b in joined.ways(desk.books.customers.get("bygg"), desk)] == ["Take them apart"]
        assert joined.part(made, "Åsa", desk) == 0
        assert joined.ways(desk.books.customers.get("bygg"), desk) == ()
