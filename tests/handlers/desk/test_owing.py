"""Owing: what is looked up for some money is all that it may be for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from bot.banking import place
from bot.incoming import Incoming
from bot.invoices import Invoice
from bot.ledger import FROM_BOOKS
from bot.letters import Charge
from bot.matching import Match, matches
from bot.money import Money
from bot.owed import Owed
from bot.parties import Customer
from bot.payments import Payment
from bot.waivers import asked_in_all
from handlers.desk import Desk
from handlers.desk.owing import Owing
from tests.cast import CAFE_NORRSKEN, reminder
from tests.handlers.talk import Talk

NAMES = ("Café Norrsken", "Kafé Norrsken AB", "Bygg & Betong", "Hôtel Ålö", "Lilla Blomman", "Ab Oy")
REFERENCES = ("10421", "0010421", "RF18 1042 1", "2007", "20 07", "999", "", "", "000", "ABC-7")
NUMBERS = ("1042", "F-1043", "Å-1044", "a-1044", "10 45", "1046/7", "2001", "f-1043")
SUMS = (100, 100, 250, 400)


def sek(amount: int) -> Money:
    return Money.of(amount, "SEK")


def customers() -> list[Customer]:
    return [replace(CAFE_NORRSKEN, id=f"c{n}", name=name, number="") for n, name in enumerate(NAMES)]


def claims(desk: Desk, lot: Random) -> list[Invoice]:
    """Invoices that have much in common, some of them written off or in another currency."""
    currencies, states = ("SEK", "SEK", "SEK", "EUR"), ("open", "open", "open", "written_off")
    return [
        Invoice(
            id=f"i{n}",
            customer=f"c{lot.randrange(len(NAMES))}",
            number=lot.choice(NUMBERS),
            amount=Money.of(lot.choice(SUMS), currency := lot.choice(currencies)),
            paid=Money(0, currency),
            due=desk.today,
            reference=lot.choice(REFERENCES),
            state=lot.choice(states),  # type: ignore[arg-type]  # drawn
        )
        for n in range(40)
    ]


def noted(desk: Desk, known: Iterable[Invoice], lot: Random) -> list[Payment]:
    """What the bank, the owner or the books have told of already."""
    keys = ("", f"{FROM_BOOKS}x:", "bank:m:")
    return [
        Payment(
            id=f"p{n}",
            customer=invoice.customer,
            invoice=invoice.id,
            day=desk.today,
            amount=replace(invoice.amount, minor=100 * lot.choice(SUMS)),
            key=(key := lot.choice(keys)) and f"{key}{n}",
        )
        for n, invoice in enumerate(known)
        if lot.random() < 0.4
    ]


def coming(desk: Desk, lot: Random) -> list[Incoming]:
    words = ("", "Tack", *(f"Faktura {number}" for number in NUMBERS), "å-1044, F-1043")
    return [
        Incoming(
            id=f"m{n}",
            day=desk.today,
            amount=Money.of(lot.choice((*SUMS, 60, 160)), lot.choice(("SEK", "SEK", "EUR"))),
            mark=f"m{n}",
            references=tuple(lot.sample(REFERENCES, lot.choice((0, 0, 1, 1, 2)))),
            payer=lot.choice((*NAMES, "", "Nobody")),
            text=lot.choice(words),
        )
        for n in range(120)
    ]


def told(found: Iterable[Match]) -> set[tuple[object, ...]]:
    return {(m.customer, m.why, m.rest, tuple((i.id, part) for i, part in m.shares)) for m in found}


@pytest.mark.parametrize("country", ["SE", "FI", "DK"])
def test_money_finds_just_what_it_would_find_among_all_there_is(talk: Talk, country: str) -> None:
    lot = Random(country)
    with talk.desk() as desk:
        books = desk.books
        books.save_business(replace(books.business, country=country))
        books.customers.add_all(customers())
        books.invoices.add_all(claims(desk, lot))
        known = [i for i in books.invoices.all() if i.customer.startswith("c")]
        books.payments.add_all(noted(desk, known, lot))
        asked = replace(reminder(known[0], 1, desk.today), charges=(Charge("fee", known[0].id, sek(60)),))
        books.letters.add(asked)
        money = coming(desk, lot)

        extra = asked_in_all(books.case(known[0].customer))
        beyond = {known[0].customer: extra} if extra else {}
        whole = Owed(country, books.invoices.all(), books.customers.all(), beyond, books.payments.all())
        for each in money[:20]:
            assert told(matches(each, Owing(desk))) == told(matches(each, whole)), each
        some = Owing(desk, money)
        for each in money:
            assert told(matches(each, some)) == told(matches(each, whole)), each
            row, expected = place(each, some), place(each, whole)
            assert (row.money, row.near) == (expected.money, expected.near)
            assert told(filter(None, [row.match])) == told(filter(None, [expected.match]))


def test_what_was_taken_back_may_be_paid_again(talk: Talk) -> None:
    with talk.desk() as desk:
        claim = Invoice(
            id="i",
            customer="norrsken",
            number="7",
            amount=sek(10),
            paid=sek(0),
            due=desk.today,
            reference="4242",
        )
        desk.books.invoices.add(claim)
        owing = Owing(desk)
        first, again = (
            Incoming(id=n, day=desk.today, amount=sek(10), mark=n, references=("4242",)) for n in "ab"
        )
        assert place(first, owing).match and not place(again, owing).match
        owing.give_back([("i", sek(10))])
        assert place(again, owing).match
