"""The clock lets go of what is over, and of nothing that a claim or the books still need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat import Action, Button, Card
from bot.mail import Kept
from bot.matching import Incoming
from bot.payments import Payment
from bot.retention import PERIODS, Kind, over_before
from storage.books import TABLES, Books
from storage.engine import Database
from storage.escalations import Pack
from storage.imports import Import
from storage.retention import MOST, prune
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, CAFE_NORRSKEN, invoice, kr, move_in, norrsken
from tests.storage.conftest import NOW, TODAY

LONG_AGO = date(2001, 5, 5)
MAIL = Kept(id="m", at=NOW, state="placed", customer="norrsken", text="hej")


def at(day: date) -> datetime:
    return NOW + (day - TODAY)


def over(kind: Kind) -> date:
    return PERIODS[kind].before(TODAY) - timedelta(days=1)


def kept(database: Database) -> dict[str, list[str]]:
    with database.engine.connect() as connection:
        return {t.name: [str(r) for r in connection.execute(sa.select(t))] for t in TABLES.sorted_tables}


def customer_with(books: Books, *, paid: bool, due: date = TODAY - timedelta(days=50)) -> None:
    """Norrsken with one invoice; Bygg, who owes, beside them."""
    claim = invoice(CAFE_NORRSKEN, "77", "100", due)
    for customer in (CAFE_NORRSKEN, BYGG_OCH_BETONG):
        books.customers.add(customer)
    books.invoices.add(claim)
    if paid:
        of: dict[str, Any] = {"id": "p", "customer": claim.customer, "invoice": claim.id}
        books.payments.add(Payment(**of, day=due, amount=claim.amount))


def test_what_is_young_is_all_kept(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        move_in(books, norrsken(TODAY))
        books.lines.add(Card("hello"))
        books.imports.add(Import("d", "list.csv", NOW, b"rows", documents=1))
        books.packs.keep(Pack("k", "norrsken", "pack.zip", TODAY, b"zip"))
        books.mails.add(MAIL)
        books.mails.keep_source("m", b"From: them")
    before = kept(database)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        assert prune(books, TODAY) == 0
    assert kept(database) == before


def test_of_a_file_that_was_read_only_its_name_and_digest_stay(books: Books) -> None:
    books.imports.add(Import("d", "list.csv", at(over("files")), b"rows", documents=1))
    assert prune(books, TODAY) == 1
    seen = books.imports.seen("d")
    assert seen and (seen.name, seen.content) == ("list.csv", b"")


def test_the_talk_goes_after_a_year_but_its_last_line_stays_so_that_what_is_new_is_still_shown(
    books: Books,
) -> None:
    then = books.at(at(over("talk")))
    old = [then.lines.add(Card(f"{n}", buttons=(Button("b", Action("a.b")),))) for n in range(3)]
    assert prune(books, TODAY) == 2
    assert [line.id for line in books.lines.recent()] == [old[-1].id]
    cursor, _ = books.lines.since(0)
    books.lines.add(Card("new"))
    assert [line.card.text for line in books.lines.since(cursor)[1]] == ["new"]


def test_a_list_that_is_kept_up_to_date_stays_however_old(books: Books) -> None:
    books.at(at(over("talk"))).lines.add(Card("the list", topic="today"))
    books.lines.add(Card("new"))
    assert prune(books, TODAY) == 0


@pytest.mark.parametrize(("paid", "gone"), [(True, 2), (False, 0)])
def test_packs_and_whole_mails_go_a_year_later_and_only_when_nothing_is_owed(
    books: Books, paid: bool, gone: int
) -> None:
    customer_with(books, paid=paid)
    books.packs.keep(Pack("k", "norrsken", "pack.zip", over("packs"), b"zip"))
    books.mails.add(replace(MAIL, at=at(over("mails"))))
    books.mails.keep_source("m", b"From: them")
    assert prune(books, TODAY) == gone
    assert bool(books.mails.source("m")) is not paid
    assert books.mails.get("m").text == "hej"


def test_a_mail_or_an_answer_that_nobody_placed_is_let_go_of(books: Books) -> None:
    books.mails.add(replace(MAIL, customer="", state="waiting", at=at(over("unplaced"))))
    books.at(at(over("unplaced"))).history.add("answer_unplaced", text="who am I?")
    books.history.add("answer_unplaced", text="new")
    assert prune(books, TODAY) == 2
    assert books.mails.get("m").text == ""
    assert [event.data["text"] for event in books.history.all()] == ["new"]


def test_who_paid_what_fits_nothing_is_forgotten_and_the_payment_still_counts_once(books: Books) -> None:
    money = Incoming(id="i", day=over("unknown_money"), amount=kr("5"), mark="m", payer="Per", state="loose")
    books.incoming.add(money)
    books.incoming.add(replace(money, id="w", mark="w", state="waiting"))
    assert prune(books, TODAY) == 1
    assert books.incoming.known(["m"]) == {"m"}
    assert [m.payer for m in books.incoming.marked(["m", "w"])] == ["", "Per"]


def test_a_customer_goes_whole_once_no_law_asks_for_their_figures(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        customer_with(books, paid=True, due=LONG_AGO)
        books.at(at(LONG_AGO)).history.add("letter_sent", customer="norrsken")
        books.history.add("settings_changed")
    with database.books(ASAS_BAGERI.id, NOW) as books:
        assert prune(books, TODAY) == 1
    told = kept(database)
    assert [row for rows in told.values() for row in rows if "norrsken" in row.casefold()] == []
    assert [row for row in told["customers"] if "Bygg" in row]


def test_a_clock_that_ran_ahead_for_years_takes_nobody_away(books: Books) -> None:
    customer_with(books, paid=True)
    books.history.add("letter_sent", customer="norrsken")
    ahead = TODAY.replace(year=TODAY.year + 20)
    assert prune(books.at(at(ahead)), ahead) == 0
    assert books.customers.get("norrsken").name == CAFE_NORRSKEN.name


@pytest.mark.parametrize("due", [over_before(TODAY, "SE"), TODAY])
def test_they_stay_while_the_law_asks_for_a_single_figure(books: Books, due: date) -> None:
    customer_with(books, paid=True, due=due)
    books.history.add("settings_changed")
    assert prune(books, TODAY) == 0


def test_and_while_they_owe_however_old_it_is(books: Books) -> None:
    customer_with(books, paid=False, due=LONG_AGO)
    books.history.add("settings_changed")
    assert prune(books, TODAY) == 0


def test_it_goes_a_little_at_a_time(books: Books) -> None:
    for n in range(MOST + 1):
        books.imports.add(Import(f"{n}", "list.csv", at(over("files")), b"rows", documents=1))
    assert [prune(books, TODAY) for _ in range(3)] == [MOST, 1, 0]
