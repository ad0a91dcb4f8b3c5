"""One debtor under two names: the owner is asked, makes them one, and can take them apart again."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat import Action, Request
from bot.invoices import is_open
from bot.letters import Letter
from bot.parties import Contact, Customer
from bot.payments import Payment
from bot.promises import Promise
from bot.replies import Reply
from handlers.desk import handouts
from storage.books import TABLES
from tests.cast import invoice, kr
from tests.handlers.talk import MORNING, TALK, Talk
from tests.handlers.test_bank import entry, takes_in

TODAY = MORNING.date()
ASKED = "Café Norrsken and Norrsken AB have the same company number. Are they one?"
OTHER = Customer(
    id="other",
    name="Norrsken AB",
    kind="business",
    number="SE 559912-3469",
    language="sv",
    contacts=(Contact(name="Ulla Sund", email="ulla@norrsken-ab.example"),),
)
THEIRS = invoice(OTHER, "3001", "1000.00", TODAY - timedelta(days=9))


@pytest.fixture
def pair(talk: Talk) -> Talk:
    """The café owes under a second name, by which it was invoiced once more."""
    with talk.books() as books:
        books.customers.add(OTHER)
        books.invoices.add(THEIRS)
    return talk


def join(talk: Talk) -> str:
    talk.says("Norrsken AB")
    return talk.presses("Join them")


def rows(talk: Talk) -> dict[str, list[str]]:
    """All that is kept, but for what happened, what was said, and who is known to be somebody else."""
    tables = [t for t in TABLES.sorted_tables if t.name not in {*TALK, "history"}]
    kept = {t.name: sa.select(*(c for c in t.c if c.name != "apart")) for t in tables}
    with talk.house.app.database.engine.connect() as connection:
        return {name: sorted(map(str, connection.execute(query))) for name, query in kept.items()}


def test_the_owner_is_asked_on_the_card_of_either(pair: Talk) -> None:
    assert ASKED in pair.says("Café Norrsken")
    assert "Norrsken AB and Café Norrsken have the same company number" in pair.says("Norrsken AB")
    assert "same company number" not in pair.says("Havet")


def test_the_owner_is_asked_once_a_list_says_the_number_of_both(talk: Talk) -> None:
    heading = "Faktura,Kund,Orgnr,E-post,Belopp,Valuta,Förfallodatum\n"
    talk.drops("one.csv", f"{heading}3001,Norrsken AB,,ulla@norrsken-ab.example,70.00,SEK,2026-11-01\n")
    assert ASKED not in talk.presses("Take it in")
    more = "3002,Norrsken AB,559912-3469,ulla@norrsken-ab.example,80.00,SEK,2026-11-02\n"
    talk.drops("two.csv", heading + more)
    assert "have the same company number. Are they one?" in talk.presses("Take it in")
    assert "are one now" in talk.presses("Join them")


def test_the_owner_is_asked_also_where_one_list_brings_both(talk: Talk) -> None:
    rows = ("3001,A AB,559912-3485", "3002,B AB,", "3003,B AB,559912-3485")
    head = "Faktura,Kund,Orgnr,Belopp,Valuta,Förfallodatum\n"
    talk.drops("one.csv", head + "".join(f"{row},70.00,SEK,2026-11-01\n" for row in rows))
    assert "have the same company number. Are they one?" in talk.presses("Take it in")


def test_two_who_are_one_have_one_card_one_letter_and_one_total(pair: Talk) -> None:
    said = join(pair)
    assert "Norrsken AB" in said and "SEK 7,105" in said
    said = pair.presses("Café Norrsken")
    assert "Norrsken AB" in said and "3001" in said and "1058" in said
    assert ASKED not in said
    letter = pair.presses("Draft")
    assert "1058" in letter and "3001" in letter and "7 105" in letter
    said = pair.says("today")
    assert said.count("Norrsken") == 1


def test_who_stays_is_the_one_with_more_open_invoices(pair: Talk) -> None:
    with pair.books() as books:
        books.invoices.add_all(replace(THEIRS, id=f"more-{n}", number=f"30{n}") for n in (2, 3))
    join(pair)
    with pair.books() as books:
        assert books.customers.get("norrsken").name == "Norrsken AB"
        assert "other" in {c.id for c in books.customers.all()}


def test_the_old_name_old_buttons_and_old_papers_lead_to_the_one_who_stays(pair: Talk) -> None:
    join(pair)
    assert "1058" in pair.says("Norrsken AB")
    assert "1058" in pair.acts("letter.draft", "other")
    assert "You have Café Norrsken" in pair.acts("customer.mine", "other")
    pair.drops(
        "more.csv", "Faktura,Kund,Belopp,Valuta,Förfallodatum\n3009,Norrsken AB,70.00,SEK,2026-11-01\n"
    )
    pair.presses("Take it in")
    with pair.books() as books:
        assert [i.customer for i in books.invoices.by_number("3009")] == ["norrsken"]
        assert books.signs.people("ulla@norrsken-ab.example")[0] == {"norrsken"}
        assert "norrsken" in books.customers.bearers(["ab", "norrsken"], 5)["ab"]


def test_letters_still_go_where_they_went_and_the_other_address_is_known(pair: Talk) -> None:
    join(pair)
    with pair.books() as books:
        norrsken = books.customers.get("norrsken")
    assert norrsken.to == "ekonomi@norrsken.example"
    assert Contact(name="Ulla Sund", email="ulla@norrsken-ab.example", role="other") in norrsken.contacts
    pair.says("Café Norrsken")
    pair.presses("Contact")
    pair.presses("Save", phone="1")
    with pair.books() as books:
        assert books.signs.people("ulla@norrsken-ab.example")[0] == {"norrsken"}


def test_what_happened_with_both_is_read_on_one_card_with_who_joined_them(pair: Talk) -> None:
    with pair.books() as books:
        books.history.add("customer_mine", customer="other")
    join(pair)
    said = pair.says("history of Café Norrsken")
    assert "Joined with Norrsken AB" in said and "You took over" in said
    assert "Åsa" in said


def test_a_draft_to_one_of_them_is_put_away_and_never_goes(pair: Talk) -> None:
    pair.says("Café Norrsken")
    pair.presses("Draft")
    pair.says("Norrsken AB")
    assert "Drafts that waited are put away" in pair.presses("Join them")
    with pair.books() as books:
        assert {x.state for x in books.letters.of("norrsken")} == {"withdrawn"}


def test_what_holds_one_of_them_holds_the_two_as_one(pair: Talk) -> None:
    with pair.books() as books:
        books.replies.add(Reply(id="r", customer="other", text="Vi betalar inte", at=MORNING))
    pair.acts("customer.join", "norrsken", "other")
    assert "Vi betalar inte" in pair.says("Café Norrsken")
    assert "Everything waits until you have said." in pair.acts("letter.draft", "norrsken")


def test_that_they_are_two_is_remembered_and_can_be_thought_better_of(pair: Talk) -> None:
    pair.says("Café Norrsken")
    assert "I won't ask again" in pair.presses("They are two")
    for name in ("Café Norrsken", "Norrsken AB"):
        assert "same company number" not in pair.says(name)
    assert "are one now" in pair.presses("Join them")


@pytest.mark.parametrize("number", ["559912-3485", "", "3469"])
def test_another_number_or_none_is_nobody_else(number: str, pair: Talk) -> None:
    with pair.books() as books:
        books.customers.save(replace(OTHER, number=number))
    assert "same company number" not in pair.says("Norrsken AB")
    pair.acts("customer.join", "norrsken", "other")
    with pair.books() as books:
        assert books.customers.get("other").id == "other"


def waiting(talk: Talk, what: str) -> None:
    """Something that is in the way of joining."""
    of: dict[str, Any] = {"id": "one", "customer": "other"}
    with talk.books() as books:
        if what == "letter":
            approved = Letter(**of, kind="reminder", language="sv", subject="", body="", made=TODAY)
            books.letters.add(replace(approved, state="unknown"))
        if what == "agreement":
            for each in ("other", "norrsken"):
                books.promises.add(Promise(id=each, customer=each, day=TODAY, made=TODAY))
        if what == "invoice":
            books.invoices.add(replace(THEIRS, id="same", number="1058"))
        if what == "kind":
            books.customers.save(replace(OTHER, kind="consumer"))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("letter", "A letter to one of them is on its way"),
        ("agreement", "Each has an agreement that runs"),
        ("invoice", "it would count twice"),
        ("kind", "Put that right under Contact"),
    ],
)
def test_what_stands_against_it_is_said_and_nothing_is_moved(what: str, why: str, pair: Talk) -> None:
    waiting(pair, what)
    pair.says("Norrsken AB")
    before = pair.kept()
    assert why in pair.acts("customer.join", "other", "norrsken")
    assert pair.kept() == before


def test_taken_apart_each_has_back_what_was_theirs(pair: Talk) -> None:
    before = rows(pair)
    join(pair)
    assert rows(pair) != before
    assert "are two again" in pair.presses("Take them apart")
    assert rows(pair) == before
    assert ASKED not in pair.says("Café Norrsken")
    assert "Taken apart from Café Norrsken" in pair.says("history of Norrsken AB")
    assert "are one now" in pair.presses("Join them"), "and that can be thought better of"


def test_it_can_be_said_in_words(pair: Talk) -> None:
    join(pair)
    assert "are two again" in pair.says("take Norrsken AB apart")
    assert "Havet is not joined with anybody" in pair.says("take Havet apart")


def test_who_asks_for_their_data_gets_that_of_both_names(pair: Talk) -> None:
    with pair.books() as books:
        books.replies.add(Reply(id="r", customer="other", text="Vi är ett", at=MORNING, meaning="thanks"))
        books.history.add("customer_mine", customer="other")
    pair.says("Norrsken AB")
    join(pair)
    with pair.books() as books:
        found = handouts.found("export.other", books)
    assert found
    archive = zipfile.ZipFile(io.BytesIO(found.content))
    told = json.loads(archive.read("data.json"))
    assert {row["number"] for row in told["invoices"]} >= {"1058", "3001"}
    assert told["joins"][0]["gone"]["contacts"][0]["email"] == "ulla@norrsken-ab.example"
    assert [event["kind"] for event in told["history"]][-1:] == ["customer_mine"]
    assert b"Norrsken AB" in archive.read("talk.txt")
    assert archive.read("answers/2026-11-25_pasted.txt").decode() == "Vi är ett\n"


def test_money_that_somebody_else_was_given_meanwhile_stays_theirs(pair: Talk) -> None:
    takes_in(pair, entry("200.00", ""))
    with pair.books() as books:
        [came] = books.incoming.all()
        elsewhere = next(i for i in books.invoices.of("mogens") if is_open(i))
    pair.acts("bank.place", came.id, THEIRS.id)
    join(pair)
    pair.acts("bank.undo", came.id)
    pair.acts("bank.place", came.id, elsewhere.id)
    assert "are two again" in pair.says("take Café Norrsken apart")
    with pair.books() as books:
        assert books.incoming.get(came.id).customer == "mogens"
    pair.acts("bank.undo", came.id)
    with pair.books() as books:
        assert kr("200") not in {p.amount for p in books.payments.of("mogens")}, "it waits and lies nowhere"


def test_a_credit_note_of_before_is_known_when_its_list_is_read_again(pair: Talk) -> None:
    text = "Faktura,Kund,Belopp,Valuta,Förfallodatum,Typ\nK-9,Norrsken AB,-500.00,SEK,2026-11-01,kreditnota\n"
    pair.drops("credit.csv", text)
    pair.presses("Take it in")
    join(pair)
    assert "is here already" in pair.drops("credit.csv", text)
    with pair.books() as books:
        assert books.payments.credit("norrsken") == (kr("500"),)


def test_an_invoice_that_came_while_they_were_one_is_not_asked_for_twice_once_they_are_two(
    pair: Talk,
) -> None:
    join(pair)
    head = "Faktura,Kund,Belopp,Valuta,Förfallodatum\n"
    theirs = "3009,Norrsken AB,70.00,SEK,2026-11-01\n"
    pair.drops("one.csv", head + theirs)
    pair.presses("Take it in")
    pair.says("take Café Norrsken apart")
    said = pair.drops("two.csv", f"{head}{theirs}3010,Norrsken AB,80.00,SEK,2026-11-02\n")
    assert "One new invoice, SEK 80" in said and "One invoice is here already" in said
    pair.presses("Take it in")
    with pair.books() as books:
        assert [i.customer for i in books.invoices.by_number("3009")] == ["norrsken"]
        assert [i.customer for i in books.invoices.by_number("3010")] == ["other"]


def test_a_like_number_of_another_day_or_sum_is_another_invoice_of_somebody_apart(pair: Talk) -> None:
    pair.says("Café Norrsken")
    pair.presses("They are two")
    pair.drops("a.csv", "Faktura,Kund,Belopp,Valuta,Förfallodatum\n1058,Norrsken AB,70.00,SEK,2026-11-01\n")
    assert "One invoice taken in" in pair.presses("Take it in")
    with pair.books() as books:
        assert {i.customer for i in books.invoices.by_number("1058")} == {"norrsken", "other"}


def test_who_was_taken_apart_and_is_erased_is_named_nowhere(pair: Talk) -> None:
    with pair.books() as books:
        books.customers.save(replace(OTHER, name="Gyllene", contacts=()))
    pair.says("Gyllene")
    pair.presses("Join them")
    pair.says("take Café Norrsken apart")
    with pair.books() as books:
        paid = Payment(id="p", customer="other", invoice=THEIRS.id, day=TODAY, amount=THEIRS.amount)
        books.payments.add(paid)
    pair.says("erase Gyllene")
    pair.presses("Erase", word="ERASE")
    assert "Gyllene" not in str(pair.kept())


def since(talk: Talk, what: str) -> None:
    """Something that happens with the two as one."""
    of: dict[str, Any] = {"id": "since", "customer": "norrsken"}
    with talk.books() as books:
        if what == "a letter has gone":
            sent = Letter(**of, kind="reminder", language="sv", subject="", body="", made=TODAY)
            books.letters.add(replace(sent, state="sent"))
        if what == "they have answered":
            books.replies.add(Reply(**of, text="Hej", at=MORNING, meaning="thanks"))
        if what == "something has been agreed":
            books.promises.add(Promise(**of, day=TODAY, made=TODAY))
        if what == "money has come":
            books.payments.add(Payment(**of, invoice=THEIRS.id, day=TODAY, amount=kr("5")))


@pytest.mark.parametrize(
    "what", ["a letter has gone", "they have answered", "something has been agreed", "money has come"]
)
def test_once_something_has_passed_with_them_as_one_they_stay_one(what: str, pair: Talk) -> None:
    join(pair)
    since(pair, what)
    assert what in pair.refused("Take them apart")
    assert "other" not in {case.id for case in customers(pair)}


def test_a_claim_that_left_the_ladder_since_keeps_them_one(pair: Talk) -> None:
    join(pair)
    pair.says("write off 3001")
    pair.presses("Write off")
    assert "handed over or written off since" in pair.says("take Café Norrsken apart")


def customers(talk: Talk) -> tuple[Customer, ...]:
    with talk.books() as books:
        return books.customers.all()


def test_a_draft_about_both_is_put_away_when_they_are_taken_apart(pair: Talk) -> None:
    join(pair)
    pair.presses("Café Norrsken")
    pair.presses("Draft")
    assert "The draft about both is put away" in pair.says("take Café Norrsken apart")
    with pair.books() as books:
        assert books.letters.draft("norrsken") is None


@pytest.mark.parametrize("verb", ["customer.join", "customer.two", "customer.part"])
@pytest.mark.parametrize("role", ["helper", "viewer"])
def test_it_is_the_owners_to_decide(verb: str, role: str, pair: Talk) -> None:
    before = pair.kept()
    action = Action(verb, "other", "norrsken")
    pair.ask(Request(pair.house.business.id, action=action, role=role))  # type: ignore[arg-type]  # a role
    assert pair.kept() == before
