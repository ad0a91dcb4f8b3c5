"""Matching: certain where a reference says so, else a question; each piece of money once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.invoices import Invoice
from bot.ledger import FROM_BOOKS
from bot.matching import Incoming, Match, Owed, canonical, matches, sure
from bot.money import Money
from bot.payments import Payment
from tests.cast import BYGG_OCH_BETONG, CAFE_NORRSKEN, invoice, kr

DUE = date(2026, 11, 10)
DAY = date(2026, 11, 20)
BEFORE = DAY - timedelta(days=2)
ONE = invoice(CAFE_NORRSKEN, "1042", "1000", DUE, "10421")
TWO = invoice(CAFE_NORRSKEN, "1043", "250", DUE, "10439")
OTHER = invoice(BYGG_OCH_BETONG, "2001", "1000", DUE, "20016")
ALL = (ONE, TWO, OTHER)


def money(amount: str, *references: str, **more: Any) -> Incoming:
    return Incoming(id="m", day=DAY, amount=kr(amount), mark="m", references=references, **more)


def owed(*invoices: Invoice, **more: Any) -> Owed:
    return Owed("SE", invoices or ALL, (CAFE_NORRSKEN, BYGG_OCH_BETONG), **more)


def only(found: tuple[Match, ...]) -> Match:
    (match,) = found
    return match


def test_a_reference_is_certain_for_the_whole_or_a_part() -> None:
    whole, part = only(matches(money("1000", "10421"), owed())), only(matches(money("400", "10421"), owed()))
    assert whole.certain and part.certain
    assert whole.shares == ((ONE, kr("1000")),)
    assert part.shares == ((ONE, kr("400")),)


def test_what_is_more_than_the_invoice_is_left_over() -> None:
    assert only(matches(money("1100", "10421"), owed())).rest == kr("100")


def test_one_payment_with_several_references_is_certain_only_for_their_sum() -> None:
    assert only(matches(money("1250", "10421", "10439"), owed())).certain
    assert not only(matches(money("1100", "10421", "10439"), owed())).certain


def test_a_reference_that_two_invoices_bear_is_asked_about() -> None:
    twice = replace(OTHER, reference="10421")
    assert sure(matches(money("1000", "10421"), owed(ONE, twice))) is None
    assert [m.why for m in matches(money("1000", "10421"), owed(ONE, twice))] == ["shared", "shared"]


def test_references_of_two_customers_are_asked_about() -> None:
    assert sure(matches(money("2000", "10421", "20016"), owed())) is None


def test_an_invoice_number_with_the_right_sum_and_name_is_certain() -> None:
    said = money("1000", text="Faktura 1042", payer="Norrsken Cafe")
    assert only(matches(said, owed())).why == "number"
    assert sure(matches(said, owed()))
    assert not sure(matches(replace(said, payer="Kalle Plåt"), owed()))
    assert not sure(matches(replace(said, amount=kr("999")), owed()))


def test_sum_and_name_are_a_question_and_never_taken_silently() -> None:
    found = matches(money("1000", payer="CAFE NORRSKEN"), owed())
    assert [(m.customer, m.why) for m in found] == [("norrsken", "amount_name"), ("bygg", "amount")]
    assert sure(found) is None


def test_the_name_alone_shows_whose_it_may_be() -> None:
    assert only(matches(money("77", payer="Café Norrsken AB"), owed())).why == "name"


def test_all_open_invoices_together_are_a_question() -> None:
    assert matches(money("1250", payer="Café Norrsken"), owed())[0].why == "sum"


def test_the_sum_with_what_was_asked_beyond_it_fits_too() -> None:
    extra = owed(beyond={"norrsken": kr("60")})
    assert matches(money("1060", payer="Café Norrsken"), extra)[0].why == "amount_name"


def test_nothing_fits_in_another_currency() -> None:
    assert matches(replace(money("1000", "10421"), amount=Money.of("1000", "EUR")), owed()) == ()


def test_what_is_placed_leaves_so_much_less_for_the_next() -> None:
    open_now = owed()
    first = sure(matches(money("1000", "10421"), open_now))
    assert first is not None
    open_now.pay(money("1000", "10421"), first.shares)
    assert matches(money("1000", "10421"), open_now)[0].why == "amount"  # somebody else's, by its sum alone


def test_money_noted_by_hand_is_the_money_the_bank_tells_of_later() -> None:
    noted = Payment(
        id="p", customer="norrsken", invoice=ONE.id, day=DAY - timedelta(days=2), amount=kr("1000")
    )
    open_now = owed(replace(ONE, paid=kr("1000")), payments=[noted])
    match = sure(matches(money("1000", "10421"), open_now))
    assert match is not None
    open_now.pay(money("1000", "10421"), match.shares)
    assert matches(money("1000", "10421"), open_now) == ()


def test_less_left_in_a_list_is_the_money_the_bank_tells_of_later() -> None:
    seen = Payment(
        id="p",
        customer="norrsken",
        invoice=ONE.id,
        day=DAY,
        amount=kr("400"),
        key=f"{FROM_BOOKS}:6",
    )
    open_now = owed(replace(ONE, paid=kr("400")), payments=[seen])
    match = sure(matches(money("400", "10421"), open_now))
    assert match is not None
    open_now.pay(money("400", "10421"), match.shares)
    again = only(matches(replace(money("600", "10421"), id="n"), open_now))
    assert (again.shares[0][1], again.rest) == (kr("600"), kr("0"))


def test_references_are_read_as_banks_write_them() -> None:
    assert canonical("00000000000000001245", "FI") == canonical("RF06 1245", "FI") == "1245"
    assert canonical("+71<000000000010421+12345678<", "DK") == canonical("10421", "DK")
    assert canonical("0010421", "NO") != canonical("10421", "NO")  # in a KID leading zeros count


@given(st.integers(1, 200_000), st.lists(st.sampled_from(["10421", "10439", "20016", "77"]), max_size=3))
def test_no_money_is_lost_or_made(minor: int, given_references: list[str]) -> None:
    came = replace(money("1", *given_references), amount=Money(minor, "SEK"))
    for match in matches(came, owed()):
        laid = sum((amount for _, amount in match.shares), kr("0"))
        assert laid + match.rest == came.amount
        assert match.rest.minor >= 0
        assert all(i.customer == match.customer for i, _ in match.shares)


def test_a_word_that_very_many_have_in_their_name_tells_of_none_of_them() -> None:
    cafes = [replace(CAFE_NORRSKEN, id=f"c{n}", name=f"Café Number{n}") for n in range(30)]
    bills = [invoice(cafe, f"90{n}", "1000", DUE) for n, cafe in enumerate(cafes)]
    known = Owed("SE", bills, cafes)
    assert only(matches(money("70", payer="Café Number7"), known)).customer == "c7"
    assert matches(money("70", payer="Café"), known) == ()


def test_of_very_many_invoices_of_one_sum_the_first_are_offered() -> None:
    bills = [invoice(CAFE_NORRSKEN, f"90{n}", "1000", DUE + timedelta(days=n)) for n in range(50)]
    found = matches(money("1000"), owed(*bills))
    assert [m.shares[0][0] for m in found] == bills[:20]
