"""What is kept about one customer: taken away as a file, and erased by an owner who writes the word."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from bot.charges import Segment
from bot.chat import Action, Request
from bot.invoices import outstanding
from bot.letters import Charge
from bot.money import Money
from bot.payments import Payment
from bot.replies import Reply
from handlers.desk import handouts, trials
from handlers.router import ANSWERS
from storage.books import TABLES, Books
from tests.cast import reminder
from tests.handlers.talk import MORNING, Talk

TEXT = "Vi betalar på fredag, hälsar Nils"
IN_THE_WAY = "Norrsken cannot be erased yet"


def unpacked(talk: Talk, customer: str) -> dict[str, bytes]:
    """The file that is handed out, as whoever fetches it gets it."""
    with talk.books() as books:
        found = handouts.found(f"export.{customer}", books)
        assert found
    archive = zipfile.ZipFile(io.BytesIO(found.content))
    return {name: archive.read(name) for name in archive.namelist()}


def settle(talk: Talk, customer: str) -> None:
    """Everything is paid, and nothing waits."""
    with talk.books() as books:
        for claim in books.invoices.of(customer):
            if left := outstanding(claim):
                key = f"paid-{claim.id}"
                paid = Payment(id=key, customer=customer, invoice=claim.id, day=MORNING.date(), amount=left)
                books.payments.add(paid)


LIST = """Faktura,Kund,E-post,Belopp,Valuta,Fakturadatum,Förfallodatum,Att betala
7001,Zebra Foto AB,z@zebra.example,900.00,SEK,2026-09-01,2026-09-30,900.00
7002,Yeti Taxi AB,y@yeti.example,800.00,SEK,2026-09-01,2026-10-30,800.00
"""
LATER = "7003,Yeti Taxi AB,y@yeti.example,700.00,SEK,2026-10-01,2026-10-31,700.00\n"


def take_in(talk: Talk, content: str) -> None:
    talk.drops("list.csv", content)
    talk.presses("Take it in")


def erase(talk: Talk, name: str) -> None:
    """All that a customer owed is paid, and they are let go of."""
    with talk.books() as books:
        [customer] = books.customers.by_name(name)
    settle(talk, customer.id)
    talk.says(f"erase {name}")
    talk.presses("Erase", word="ERASE")


def rows(talk: Talk) -> str:
    with talk.house.app.database.engine.connect() as connection:
        found = [connection.execute(sa.select(table)).all() for table in TABLES.sorted_tables]
    return "\n".join(str(row) for table in found for row in table)


def test_everything_is_in_one_file_to_be_read_by_people_and_programs(talk: Talk) -> None:
    with talk.books() as books:
        books.replies.add(Reply(id="r", customer="norrsken", text=TEXT, at=MORNING, meaning="thanks"))
        letters = books.letters.of("bygg")
        [invoice, *_] = books.invoices.of("norrsken")
        books.files.attach(invoice.id, "invoice.pdf", b"%PDF-1.7 it")
    talk.says("Norrsken")
    talk.presses("Their data")
    said = talk.presses("Export all")
    assert "Café Norrsken" in said
    files = unpacked(talk, "norrsken")
    data: dict[str, Any] = json.loads(files["data.json"])
    assert data["customers"][0]["name"] == "Café Norrsken"
    assert {row["number"] for row in data["invoices"]} >= {invoice.number}
    assert data["invoices"][0]["amount"].endswith(" SEK")
    assert data["history"][0]["kind"] == "customer_exported"
    assert TEXT in files["answers/2026-11-25_pasted.txt"].decode()
    assert files[f"invoices/{invoice.number}/invoice.pdf"] == b"%PDF-1.7 it"
    assert "Café Norrsken" in files["talk.txt"].decode()
    assert "Café Norrsken" in files["README.txt"].decode()
    sent = "\n".join(
        each.decode() for name, each in unpacked(talk, "bygg").items() if name.startswith("letters/")
    )
    assert letters and all(letter.body in sent for letter in letters)


def test_a_letter_that_asked_for_interest_is_told_of_with_its_rate(talk: Talk) -> None:
    with talk.books() as books:
        claim = books.invoices.of("norrsken")[0]
        first, last = MORNING.date() - timedelta(days=10), MORNING.date()
        stretch = Segment(first, last, claim.amount, Decimal("10.50"))
        owed = Charge("interest", claim.id, Money.of("12.50", "SEK"), (stretch,))
        books.letters.add(replace(reminder(claim, 1, MORNING.date()), charges=(owed,)))
    assert '"rate": "10.50"' in unpacked(talk, "norrsken")["data.json"].decode()


def test_nobody_else_is_in_the_file(talk: Talk) -> None:
    talk.says("today")
    talk.says("Norrsken")
    talk.says("today")
    whole = b"".join(unpacked(talk, "norrsken").values()).decode("utf-8", "replace")
    assert not [name for name in ("Bygg", "Mogens", "Blomman", "Havet") if name in whole]
    said = unpacked(talk, "norrsken")["talk.txt"].decode()
    assert [line.split(" · ")[0] for line in said.splitlines() if " · " in line] == ["Café Norrsken"]


def test_the_file_can_be_asked_for_in_words_and_fetched(talk: Talk) -> None:
    assert "Café Norrsken" in talk.says("export Norrsken")
    [given] = talk.card().handouts
    assert given.ref == "export.norrsken" and given.size > 500
    fetch = Action("export.fetch", given.ref)
    talk.ask(Request(talk.house.business.id, action=fetch))
    assert [each.here for each in talk.card().handouts] == [True]


@pytest.mark.parametrize("verb", sorted(verb for verb in ANSWERS if verb.startswith(("privacy.", "export."))))
@pytest.mark.parametrize("role", ["helper", "viewer"])
def test_it_is_the_owners_alone(talk: Talk, verb: str, role: Any) -> None:
    before = talk.kept()
    action = Action(verb, "norrsken")
    talk.ask(Request(talk.house.business.id, action=action, role=role, values={"word": "ERASE"}))
    assert talk.kept() == before
    assert not talk.card().handouts


def test_nobody_is_erased_while_something_needs_their_data(talk: Talk) -> None:
    said = talk.says("erase Norrsken")
    assert IN_THE_WAY in said and "An invoice is still open" in said
    talk.acts("privacy.confirm", "norrsken", word="ERASE")
    with talk.books() as books:
        assert books.customers.get("norrsken").erased is None
    assert "Café Norrsken" in talk.presses("Café Norrsken")


def test_what_came_up_between_the_question_and_the_word_is_in_the_way(talk: Talk) -> None:
    settle(talk, "norrsken")
    talk.says("erase Norrsken")
    with talk.books() as books:
        books.replies.add(Reply(id="r", customer="norrsken", text=TEXT, at=MORNING))
    assert "An answer has not been read" in talk.presses("Erase", word="ERASE")
    with talk.books() as books:
        assert books.customers.get("norrsken").erased is None


def test_without_the_word_nothing_is_erased_and_the_question_stays(talk: Talk) -> None:
    settle(talk, "norrsken")
    said = talk.says("erase Norrsken")
    assert "bokföringslagen 7 kap. 2 §" in said and "31 December 2034" in said
    before = talk.kept()
    talk.presses("Erase", word="yes")
    assert talk.kept() == before
    assert "Erased" in talk.presses("Erase", word=" erase ")


def test_who_is_erased_is_nowhere_and_the_sums_are_as_they_were(talk: Talk) -> None:
    def figures(books: Books) -> list[object]:
        claims = books.invoices.of("norrsken")
        return [(i.number, i.amount, i.paid, i.due, i.state) for i in claims]

    settle(talk, "norrsken")
    talk.says("Norrsken")
    talk.says("today")
    with talk.books() as books:
        before = figures(books)
        said = len(books.lines.recent(limit=100))
    talk.says("erase Norrsken")
    talk.presses("Erase", word="ERASE")
    told = rows(talk).casefold()
    assert [line for line in told.splitlines() if "café norrsken" in line or "nils@norrsken" in line] == []
    with talk.books() as books:
        assert figures(books) == before
        assert books.customers.get("norrsken").name == "Erased customer sken"
        assert len(books.lines.recent(limit=100)) == said + 2
    talk.says("erase Erased customer sken")
    with talk.books() as books:
        assert books.history.all()[0].kind == "customer_erased"
    assert "Erased customer sken" in talk.says("Erased customer sken")
    with talk.books() as books:
        assert handouts.found("export.norrsken", books) is None


@pytest.mark.parametrize("days", [0, 1])
def test_a_list_that_is_still_there_names_nobody_who_was_erased(talk: Talk, days: int) -> None:
    assert "Norrsken" in talk.says("today")
    others = {row.title for row in talk.card().items} - {"Café Norrsken"}
    talk.house.clock.at += timedelta(days=days)
    settle(talk, "norrsken")
    talk.says("erase Norrsken")
    talk.presses("Erase", word="ERASE")
    with talk.books() as books:
        [kept] = [line.card for line in books.lines.topical()]
    assert {row.title for row in kept.items} == others
    told = rows(talk).casefold()
    assert [line for line in told.splitlines() if "café norrsken" in line] == []


def test_two_of_one_import_are_told_apart_once_they_are_erased(talk: Talk) -> None:
    take_in(talk, LIST)
    for name in ("Zebra Foto AB", "Yeti Taxi AB"):
        erase(talk, name)
    with talk.books() as books:
        called = {each.name for each in books.customers.all() if each.erased}
    assert len(called) == 2


def test_who_was_erased_is_not_chased_again_by_a_list_from_before(talk: Talk) -> None:
    take_in(talk, LIST)
    erase(talk, "Zebra Foto AB")
    with talk.books() as books:
        before = {invoice.number: invoice for invoice in books.invoices.all()}
    assert "Zebra" not in talk.drops("older.csv", LIST + LATER)
    talk.presses("Take it in")
    with talk.books() as books:
        after = {invoice.number: invoice for invoice in books.invoices.all()}
        assert not [each.name for each in books.customers.all() if "Zebra" in each.name]
    assert {number: after[number] for number in before} == before
    assert after.keys() - before.keys() == {"7003"}


def test_a_new_invoice_to_who_was_erased_is_one_to_somebody_new(talk: Talk) -> None:
    take_in(talk, LIST)
    erase(talk, "Zebra Foto AB")
    take_in(talk, LIST.replace("7001", "7009"))
    with talk.books() as books:
        [invoice] = books.invoices.numbered(["7009"])
        assert books.customers.get(invoice.customer).name == "Zebra Foto AB"


@pytest.mark.parametrize("less", [0, 20], ids=["whole", "lacking a mark"])
def test_a_letter_of_the_owners_own_tried_on_a_customer_goes_with_them(talk: Talk, less: int) -> None:
    talk.acts("letter.draft", "norrsken")
    words = trials.start(trials.Which("warm", "sv"))["body"]
    told = {"own_subject": "[Fakturor]", "own_text": words[: len(words) - less]}
    talk.acts("wording.preview", "warm.sv", **told)
    assert sum("Nils" in line.card.paper.body for line in talk.lines() if line.card.paper) == 4
    erase(talk, "Café Norrsken")
    assert not any("Nils" in line.card.paper.body for line in talk.lines() if line.card.paper)
