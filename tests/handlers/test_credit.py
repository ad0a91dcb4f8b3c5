"""Money in credit, in the chat: put before the owner, used for what is late, settled, taken back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.invoices import Invoice, is_open, outstanding
from bot.money import Money
from bot.payments import Payment
from tests.handlers.talk import Talk
from tests.handlers.test_bank import entry, takes_in

MORE, DAY = Money.of(300, "SEK"), date(2026, 11, 20)


@pytest.fixture
def late(talk: Talk) -> Invoice:
    """A late invoice of a customer whose other one was paid with SEK 300 too much."""
    with talk.books() as books:
        paid = next(i for i in books.invoices.of("norrsken") if is_open(i))
        other = replace(paid, id="later", number="2999", reference="", amount=Money.of(1000, "SEK"))
        books.invoices.add(
            replace(other, paid=Money.of(0, "SEK"), due=(paid.due or date.max) + timedelta(days=1))
        )
    takes_in(talk, entry(str((outstanding(paid) + MORE).decimal), paid.reference))
    with talk.books() as books:
        assert books.payments.credit("norrsken") == (MORE,)
        return books.invoices.get("later")


def left(talk: Talk) -> Money:
    with talk.books() as books:
        return outstanding(books.invoices.get("later"))


def held(talk: Talk) -> tuple[Money, ...]:
    with talk.books() as books:
        return books.payments.credit("norrsken")


def test_no_letter_can_be_drafted_before_money_in_credit_has_its_place(talk: Talk, late: Invoice) -> None:
    said = talk.acts("customer.show", "norrsken")
    assert "SEK 300 with you that lies on no invoice" in said
    assert "Draft" not in [b.label for b in talk.card().buttons]
    assert "lies on no invoice" in talk.acts("letter.draft", "norrsken")
    with talk.books() as books:
        assert not [x for x in books.letters.of("norrsken") if x.state == "draft"]


def test_used_for_the_invoice_the_letter_asks_for_the_rest(talk: Talk, late: Invoice) -> None:
    talk.acts("customer.show", "norrsken")
    assert "SEK 300" in talk.presses("Use the money")
    assert (left(talk), held(talk)) == (Money.of(700, "SEK"), ())
    talk.acts("customer.show", "norrsken")
    said = talk.presses("Draft")
    assert "SEK 700" in said and "SEK 1,000" not in said


def test_what_was_used_can_be_taken_back(talk: Talk, late: Invoice) -> None:
    talk.acts("customer.show", "norrsken")
    talk.presses("Use the money")
    talk.presses("Undo")
    assert (left(talk), held(talk)) == (outstanding(late), (MORE,))


def test_what_is_settled_elsewhere_stands_in_nobodys_way(talk: Talk, late: Invoice) -> None:
    talk.acts("customer.show", "norrsken")
    talk.presses("Already settled")
    assert (left(talk), held(talk)) == (outstanding(late), ())
    talk.presses("Undo")
    assert held(talk) == (MORE,)


def test_money_that_is_lifted_leaves_nothing_behind_where_its_credit_was_used(
    talk: Talk, late: Invoice
) -> None:
    talk.acts("customer.show", "norrsken")
    talk.presses("Use the money")
    with talk.books() as books:
        (came,) = books.incoming.placed()
    talk.acts("bank.undo", came.id)
    assert (left(talk), held(talk)) == (outstanding(late), ())


@pytest.mark.parametrize("way", ["Use the money", "Already settled"])
def test_money_that_the_bank_took_back_is_to_nobodys_credit_again(
    way: str, talk: Talk, late: Invoice
) -> None:
    talk.acts("customer.show", "norrsken")
    talk.presses(way)
    with talk.books() as books:
        (came,) = books.incoming.placed()
    gone = entry(str(came.amount.decimal), came.references[0], mark="back", back=True)
    takes_in(talk, gone)
    assert (left(talk), held(talk)) == (outstanding(late), ())
    assert "no money with you" in talk.refused("Undo")
    assert (left(talk), held(talk)) == (outstanding(late), ())


def test_there_is_nothing_to_use_twice(talk: Talk, late: Invoice) -> None:
    talk.acts("customer.show", "norrsken")
    talk.presses("Use the money")
    assert "no money with you" in talk.acts("credit.use", "norrsken")
    assert left(talk) == Money.of(700, "SEK")


def test_a_credit_note_that_was_used_is_known_when_its_list_is_read_again(talk: Talk) -> None:
    text = (
        "Faktura,Kund,Belopp,Valuta,Förfallodatum,Typ\nK-9,Café Norrsken,-500.00,SEK,2026-11-01,kreditnota\n"
    )
    talk.drops("credit.csv", text)
    talk.presses("Take it in")
    talk.acts("customer.show", "norrsken")
    talk.presses("Use the money")
    assert "is here already" in talk.drops("credit.csv", text)
    assert held(talk) == ()


def test_only_the_credit_that_was_put_before_the_owner_is_settled(talk: Talk, late: Invoice) -> None:
    euros = Money.of(40, "EUR")
    with talk.books() as books:
        books.payments.add(Payment(id="eur", customer="norrsken", invoice="", day=DAY, amount=euros))
    assert "EUR" not in talk.acts("customer.show", "norrsken").partition("Use")[0]
    talk.presses("Already settled")
    assert held(talk) == (euros,)
