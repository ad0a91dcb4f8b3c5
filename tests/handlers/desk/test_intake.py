"""Intake on the desk: what a file changes holds letters back and settles what was agreed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents import Document, Party
from bot.money import Money
from bot.promises import Promise
from handlers.desk.intake import counts, planned, take_in
from tests.handlers.talk import Talk


def export(talk: Talk, number: str, **change: object) -> Document:
    """An invoice of the books as a file would state it again."""
    with talk.books() as books:
        (known,) = books.invoices.by_number(number)
        name = books.customers.get(known.customer).name
    same = Document("invoice", known.number, known.amount, due=known.due, buyer=Party(name))
    return replace(same, **change)  # type: ignore[arg-type]  # the fields a test changes, whatever their types


def take(talk: Talk, *documents: Document) -> list[str]:
    with talk.desk() as desk:
        card = take_in(planned(documents, desk), "Åsa", desk)
    return [c.text for c in (card, *card.more)]


def approved(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Approve")


def states(talk: Talk) -> set[str]:
    with talk.books() as books:
        return {x.state for x in books.letters.all() if x.customer == "norrsken" and x.approved_by}


@pytest.mark.parametrize("change", ["paid", "due", "credit"])
def test_a_letter_on_its_way_is_taken_back_when_a_file_changes_what_is_owed(change: str, talk: Talk) -> None:
    approved(talk)
    assert "approved" in states(talk)
    bill = export(talk, "1058")
    changed = {
        "paid": replace(bill, amount=Money(100_000, "SEK")),
        "due": replace(bill, due=talk.house.clock().date()),
        "credit": replace(bill, kind="credit_note", number="K9", refers_to=("1058",)),
    }[change]
    said = take(talk, changed)
    assert len(said) == 2 and "Norrsken" in said[1]
    assert "approved" not in states(talk)


def test_a_file_that_says_nothing_new_holds_no_letter_back(talk: Talk) -> None:
    approved(talk)
    new = Document("invoice", "9001", Money(100, "SEK"), buyer=Party("Hotel Aurora"))
    assert len(take(talk, export(talk, "1058"), new)) == 1
    assert "approved" in states(talk)


def test_money_that_a_file_tells_of_keeps_a_promise(talk: Talk) -> None:
    bill = export(talk, "1058")
    with talk.books() as books:
        today = books.now.date()
        books.promises.add(Promise(id="p", customer="norrsken", made=today, day=today, amount=bill.amount))
    take(talk, replace(bill, amount=Money(0, "SEK"), collectable="no", why_not="nothing_due"))
    with talk.books() as books:
        assert books.promises.get("p").state == "kept"


def test_a_credit_given_by_hand_is_marked_as_the_credit_note_that_came(talk: Talk) -> None:
    talk.says("Kuusi")
    talk.presses("Disputed")
    talk.presses("Save")
    talk.says("Kuusi")
    talk.presses("Settle the dispute")
    talk.presses("Settle", outcome="credited", credit="100")
    before, note = talk.kept()["invoices"], export(talk, "1055", kind="credit_note")
    note = replace(note, number="K9", amount=Money(10_000, "SEK"), refers_to=("1055",))
    owed = talk.owed("kuusi")
    take(talk, note)
    assert talk.owed("kuusi") == owed and talk.kept()["invoices"] == before
    with talk.desk() as desk:
        assert not planned([note], desk).changes
        notes = [p for p in desk.books.payments.of("kuusi") if p.kind == "credit_note"]
        assert [(p.key, p.amount) for p in notes] == [("credit:kuusi:K9", Money(10_000, "SEK"))]


def test_what_an_intake_counts_is_told_by_its_card(talk: Talk) -> None:
    new = Document("invoice", "9001", Money(100, "SEK"), buyer=Party("Hotel Aurora"))
    known = export(talk, "1058")
    with talk.desk() as desk:
        told = counts(planned([new, known], desk))
    assert (told["new"], told["same"], told["customers"]) == (1, 1, 1)
