"""Payments: money the owner has seen, however it is said, and what it settles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import Request
from bot.letters import Charge
from bot.money import Money
from bot.promises import Promise
from tests.cast import reminder
from tests.handlers.stage import plain
from tests.handlers.talk import Talk

KRONA = 100


def test_all_of_it_has_come_in(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Paid")
    assert "Everything there is settled." in talk.presses("Save")
    assert talk.owed("norrsken") == 0


@pytest.mark.parametrize("amount", ["500", "500,00", "500.00", "SEK 500", "500 kr"])
def test_part_of_it_falls_on_the_oldest_invoice(amount: str, talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Paid")
    talk.presses("Save", amount=amount)
    with talk.books() as books:
        paid = {i.number: i.paid.minor for i in books.invoices.of("norrsken")}
    assert (paid["1058"], paid["1066"]) == (500 * KRONA, 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": "-500"}, "I can't read “-500” as an amount."),
        ({"amount": "0"}, "I can't read “0” as an amount."),
        ({"amount": "plenty"}, "I can't read “plenty” as an amount."),
        ({"amount": "7000"}, "SEK 895 more than is open"),
        ({"day": "2026-02-30"}, "I can't read “2026-02-30” as a day."),
        ({"day": "2026-12-24"}, "is not here yet"),
    ],
)
def test_money_that_cannot_be_is_refused(values: dict[str, str], words: str, talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Paid")
    assert words in talk.refused("Save", **values)


@pytest.mark.parametrize(
    ("words", "left"),
    [("paid 1058", 1980), ("1058 paid", 1980), ("paid 1058 1000", 5105), ("paid 1066 980,50", 5124.5)],
)
def test_money_in_the_owners_words(words: str, left: float, talk: Talk) -> None:
    talk.says(words)
    assert talk.owed("norrsken") == left * KRONA


def test_a_name_alone_asks_what_has_come_in(talk: Talk) -> None:
    talk.says("Norrsken has paid")
    assert talk.card().form


def test_what_is_paid_is_not_paid_again(talk: Talk) -> None:
    talk.says("paid 1058")
    before = talk.kept()
    assert "owes nothing" in talk.says("paid 1058")
    assert talk.kept() == before


def test_money_written_down_by_mistake_is_taken_back(talk: Talk) -> None:
    talk.says("paid 1058")
    talk.presses("Undo")
    assert talk.owed("norrsken") == 6105 * KRONA


def test_money_stops_the_letter_that_is_on_its_way(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Approve")
    assert "The letter that was on its way has been stopped." in talk.says("paid 1058")


def test_money_keeps_the_promise_it_was_promised_by(talk: Talk) -> None:
    today = talk.house.clock().date()
    with talk.books() as books:
        books.promises.add(Promise(id="p", customer="havet", day=today + timedelta(days=3), made=today))
    talk.says("paid 1071")
    with talk.books() as books:
        assert [p.state for p in books.promises.of("havet")] == ["kept"]


def test_the_last_instalment_keeps_the_plan(talk: Talk) -> None:
    talk.says("paid 1014")
    with talk.books() as books:
        assert [p.state for p in books.plans.of("blomman")] == ["kept"]


def test_a_thank_you_is_drafted_when_all_is_paid(talk: Talk) -> None:
    talk.says("paid 1055")
    talk.presses("Send a thank-you")
    with talk.books() as books:
        draft = books.letters.draft("kuusi")
    assert draft and draft.kind == "thanks" and draft.language == "fi"


def test_thanks_for_money_on_several_invoices_name_all_of_it(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Paid")
    talk.presses("Save")
    said = talk.presses("Send a thank-you")
    assert "SEK 6,105" in plain(said)
    with talk.books() as books:
        draft = books.letters.draft("norrsken")
    assert draft and len(draft.claims) == 2 and "1058" in draft.body and "1066" in draft.body


def test_nobody_is_told_that_all_is_settled_while_something_else_is_late(talk: Talk) -> None:
    talk.says("paid 1058")
    assert "Send a thank-you" not in [button.label for button in talk.card().buttons]


def test_money_taken_back_opens_what_it_kept(talk: Talk) -> None:
    talk.says("paid 1014")
    talk.presses("Undo")
    with talk.books() as books:
        assert [p.state for p in books.plans.of("blomman")] == ["active"]


@pytest.mark.parametrize(
    ("words", "amount", "day"),
    [
        ("paid 1058 500 yesterday", 500, 24),
        ("1058 paid 500 on 20 November", 500, 20),
        ("paid 1058 yesterday", 4125, 24),
        ("1058 paid on 20 November", 4125, 20),
        ("paid 1058 20.11", 20.11, 25),
    ],
)
def test_the_day_in_the_owners_words_counts(words: str, amount: float, day: int, talk: Talk) -> None:
    talk.says(words)
    with talk.books() as books:
        (claim,) = books.invoices.by_number("1058")
        (paid,) = books.payments.of_invoice(claim.id)
    assert (paid.amount.minor, paid.day.day) == (round(amount * KRONA), day)


@pytest.mark.parametrize("words", ["paid 1058 tomorrow", "paid 1058 plenty yesterday", "paid 1058 plenty"])
def test_words_that_name_no_money_that_came_are_refused(words: str, talk: Talk) -> None:
    before = talk.kept()
    talk.says(words)
    assert talk.kept() == before


def test_of_two_customers_with_the_same_number_the_owner_says_which(talk: Talk) -> None:
    with talk.books() as books:
        (claim,) = books.invoices.by_number("1058")
        books.invoices.add(replace(claim, id="same", customer="kuusi", number="1058"))
    talk.says("paid 1058 500 yesterday")
    rows = {item.title: item.button for item in talk.card().items}
    chosen = rows["Kahvila Kuusi Oy"]
    assert chosen
    talk.ask(Request(talk.house.business.id, press=chosen.token))
    with talk.books() as books:
        (paid,) = books.payments.of_invoice("same")
    assert (paid.customer, paid.amount.minor, paid.day.day) == ("kuusi", 500 * KRONA, 24)


@pytest.fixture
def charged(talk: Talk) -> Talk:
    """Café Norrsken was asked for 1058 alone, with a fee of 60."""
    with talk.books() as books:
        (claim,) = books.invoices.by_number("1058")
        letter = reminder(claim, 1, talk.house.clock().date() - timedelta(days=1))
        books.letters.add(replace(letter, charges=(Charge("fee", claim.id, Money.of(60, "SEK")),)))
    return talk


def past(talk: Talk) -> list[tuple[str, str]]:
    with talk.books() as books:
        return [(e.kind, str(e.data.get("what", ""))) for e in books.history.of("norrsken")][::-1]


def test_money_for_what_was_asked_beyond_the_invoice_is_taken_and_booked_on_none(charged: Talk) -> None:
    said = charged.says("paid 1058 4185")
    assert "has paid SEK 4,185." in said and "SEK 60 of it is for what you asked beyond" in said
    assert charged.owed("norrsken") == 1980 * KRONA
    assert [(kind, plain(what)) for kind, what in past(charged)] == [
        ("paid", "SEK 4,125"),
        ("paid_beyond", "SEK 60"),
    ]


def test_the_sum_of_a_letter_is_laid_on_its_invoices_and_not_on_a_later_one(charged: Talk) -> None:
    charged.says("Norrsken")
    charged.presses("Paid")
    charged.presses("Save", amount="4185")
    with charged.books() as books:
        left = {i.number: (i.amount - i.paid).minor for i in books.invoices.of("norrsken")}
    assert (left["1058"], left["1066"]) == (0, 1980 * KRONA)


def test_part_of_what_was_asked_beyond_is_taken_too(charged: Talk) -> None:
    assert "SEK 5 of it" in charged.says("paid 1058 4130")


def test_more_than_was_asked_in_all_is_refused(charged: Talk) -> None:
    before = charged.kept()
    assert "SEK 15 more than is open" in charged.says("paid 1058 4200")
    assert charged.kept() == before


def test_what_was_paid_beyond_is_taken_back_with_the_rest(charged: Talk) -> None:
    charged.says("paid 1058 4185")
    charged.presses("Undo")
    assert charged.owed("norrsken") == 6105 * KRONA
    assert [plain(what) for kind, what in past(charged) if kind == "payment_undone"] == [
        "SEK 4,125",
        "SEK 60",
    ]


def test_who_pays_the_fee_as_well_is_let_off_nothing(charged: Talk) -> None:
    charged.acts("waiver.form", "norrsken")
    charged.presses("Save", until="Friday")
    assert "dropped" not in charged.says("paid 1058 4185")
    with charged.books() as books:
        assert [p.state for p in books.promises.of("norrsken")] == ["withdrawn"]


def test_who_was_let_off_owes_the_invoices_and_nothing_more(charged: Talk) -> None:
    charged.acts("waiver.give", "norrsken")
    assert "SEK 60 more than is open" in charged.says("paid 1058 4185")
