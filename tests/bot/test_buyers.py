"""Buyers: who a document is about, and where two customers may be meant and only the owner can tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buyers import Buyers, digits_of, is_same, telling_digits
from bot.documents import Party
from bot.parties import Contact, Customer
from tests.cast import CAFE_NORRSKEN

NORRSKEN = Party(name="Café Norrsken", org_no="559912-3469", email="nils@norrsken.example", country="SE")
BO = Customer(id="a", name="Bo Ek", contacts=(Contact(email="bo@ek.example"),))


def among(*known: Customer) -> Buyers:
    names = count()
    return Buyers(known, lambda: f"new{next(names)}")


def buyers(known: Iterable[Customer], *bought: Party) -> list[str]:
    book = among(*known)
    return [c.name if (c := book.find(party)) else "" for party in bought]


@pytest.mark.parametrize(
    "party",
    [
        Party(name="Norrsken AB", org_no="5599123469"),
        Party(name="Norrsken", email="NILS@norrsken.example"),
        Party(name="café   NORRSKEN"),
        Party(name="Café Norrsken", org_no="5599123469", email="new@norrsken.example"),
    ],
)
def test_a_customer_is_known_by_number_by_address_or_by_name(party: Party) -> None:
    assert buyers([CAFE_NORRSKEN], party) == ["Café Norrsken"]


def test_two_customers_with_one_name_are_told_apart_by_their_numbers() -> None:
    one, other = (Party(name="Bo Ek", org_no=n) for n in ("559912-3477", "559912-3485"))
    book = among()
    assert book.find(one) != book.find(other) and len(book.newcomers) == 2


def test_two_customers_with_one_name_and_nothing_else_are_asked_about() -> None:
    twins = among(*(Customer(id=n, name="Bo Ek") for n in "ab"))
    assert twins.find(Party(name="Bo Ek")) is None


def test_two_customers_with_one_name_are_told_apart_by_their_addresses() -> None:
    twins = among(*(Customer(id=n, name="Bo Ek", contacts=(Contact(email=f"{n}@ek.example"),)) for n in "ab"))
    assert (twins.find(Party(name="Bo Ek", email="B@ek.example")) or BO).id == "b"
    assert twins.find(Party(name="Bo Ek", email="c@ek.example")) is None
    assert twins.find(Party(name="Bo Ek")) is None


def test_one_name_at_another_address_is_asked_about_and_nobody_is_changed() -> None:
    book = among(BO)
    assert book.find(Party(name="Bo Ek", email="bo@other.example")) is None
    assert not book.met and not book.newcomers


def test_an_address_learned_from_one_row_counts_for_the_next() -> None:
    book = among(Customer(id="a", name="Bo Ek", contacts=(Contact(name="Bo"),)))
    assert book.find(Party(name="Bo Ek", email="bo@ek.example"))
    assert book.find(Party(name="Bo Ek", email="bo@other.example")) is None
    assert book.met["a"].contacts == (Contact(name="Bo", email="bo@ek.example"),)


@pytest.mark.parametrize("known", ["", "559912-3485"])
def test_a_number_makes_another_customer_of_one_name_at_another_address(known: str) -> None:
    book = among(Customer(id="a", name="Bo Ek", number=known, contacts=BO.contacts))
    other = Party(name="Bo Ek", org_no="559912-3477", email="bo@other.example")
    found = book.find(other)
    assert found and found.id != "a" and book.find(other) == found


def test_who_has_the_very_invoice_is_meant_whatever_the_address() -> None:
    moved = Party(name="Bo Ek", email="bo@other.example")
    assert among(BO).find(moved, {"a"}) == BO
    twins = [Customer(id=n, name="Bo Ek", language="en") for n in "ab"]
    assert among(*twins).find(Party(name="Bo Ek"), {"b"}) == twins[1]


def test_two_firms_that_share_an_address_for_invoices_stay_two() -> None:
    one, other = (
        Party(name=name, org_no=number, email="faktura@byra.example")
        for name, number in (("Café Norrsken", "559912-3469"), ("Lilla Blomman", "559912-3493"))
    )
    assert buyers([], one, other, one) == ["Café Norrsken", "Lilla Blomman", "Café Norrsken"]


def test_an_address_alone_does_not_make_two_firms_one() -> None:
    one, other = (Party(name=n, email="faktura@byra.example") for n in ("Café Norrsken", "Lilla Blomman"))
    assert buyers([], one, other) == ["Café Norrsken", "Lilla Blomman"]


def test_a_customer_goes_by_its_own_name_though_another_has_its_address() -> None:
    blomman = Customer(id="b", name="Lilla Blomman")
    party = Party(name="Lilla Blomman", email="nils@norrsken.example")
    assert buyers([CAFE_NORRSKEN, blomman], party) == ["Lilla Blomman"]


def test_a_short_customer_number_is_the_same_customer_each_time() -> None:
    book = among()
    assert book.find(Party(name="Bo Ek", org_no="1001")) == book.find(Party(name="Bo Ek", org_no="1001"))


def test_what_was_not_known_of_a_customer_is_learned_and_what_was_known_stays() -> None:
    book = among(Customer(id="n", name="Café Norrsken", language="en"))
    met = book.find(NORRSKEN)
    assert met and book.met == {"n": met}
    assert (met.number, met.country, met.language) == ("559912-3469", "SE", "en")
    assert met.to == "nils@norrsken.example"
    known = among(CAFE_NORRSKEN)
    known.find(NORRSKEN)
    assert not known.met


def test_who_approves_payments_gets_a_copy_and_is_not_greeted() -> None:
    party = Party(name="Bo Ek", contact="Bo Ek", email="bo@ek.example", approver="eva@ek.example")
    found = among().find(party)
    assert found and (found.to, found.cc, found.first_name) == ("bo@ek.example", "eva@ek.example", "Bo")
    met = among(BO).find(party)
    assert met and (met.to, met.cc) == ("bo@ek.example", "eva@ek.example")


def test_an_approver_who_is_known_stays() -> None:
    contacts = (*BO.contacts, Contact(email="chef@ek.example", role="approver"))
    book = among(Customer(id="a", name="Bo Ek", language="sv", contacts=contacts))
    found = book.find(Party(name="Bo Ek", approver="eva@ek.example"))
    assert found and found.cc == "chef@ek.example" and not book.met


parties = st.builds(
    Party,
    name=st.sampled_from(["Bo Ek", "bo  ek", "Lilla Blomman"]),
    org_no=st.sampled_from(["", "559912-3469", "5599123477", "1001"]),
    email=st.sampled_from(["", "a@ek.example", "B@ek.example"]),
)


@given(st.lists(parties, max_size=6))
def test_no_customer_ever_stands_for_two_numbers_or_for_one_name_at_two_addresses(found: list[Party]) -> None:
    book, meant = among(), dict[str, list[Party]]()
    for party in found:
        if customer := book.find(party):
            meant.setdefault(customer.id, []).append(party)
    for same in meant.values():
        assert len(_distinct(digits_of(p.org_no) for p in same)) < 2
        unnumbered = [p for p in same if not p.org_no]
        assert len(_distinct(p.email.casefold() for p in unnumbered)) < 2


def _distinct(values: Iterable[str]) -> Collection[str]:
    return {value for value in values if value}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Party(name="Bo Ek"), Party(name="bo  EK"), True),
        (Party(name="Bo Ek"), Party(name="Bo Alm"), False),
        (Party(name="Bo Ek", org_no="5599123469"), Party(name="Ek AB", org_no="559912-3469"), True),
        (Party(name="Bo Ek", org_no="5599123469"), Party(name="Bo Ek", org_no="5599123477"), False),
        (Party(name="Bo Ek", org_no="5599123469"), Party(name="Bo Ek"), True),
    ],
)
def test_two_documents_name_one_buyer_by_number_else_by_name(one: Party, other: Party, same: bool) -> None:
    assert is_same(one, other) == is_same(other, one) == same


JOINED = Customer(
    id="a",
    name="Bo Ek",
    also=("Ek & Son",),
    contacts=(Contact(email="bo@ek.example"), Contact(email="son@ek.example", role="other")),
)


@pytest.mark.parametrize(
    "party",
    [Party(name="EK & son"), Party(name="Bo Ek"), Party(name="Ek & Son AB", email="son@ek.example")],
)
def test_a_customer_is_known_by_every_name_and_address_they_go_by(party: Party) -> None:
    assert buyers([JOINED], party) == ["Bo Ek"]


def test_where_nothing_is_sent_is_no_address_for_letters() -> None:
    book = among(Customer(id="a", name="Bo Ek", contacts=(Contact(phone="1", role="other"),)))
    known = book.find(Party(name="Bo Ek", email="bo@ek.example"))
    assert known and known.to == "bo@ek.example"


@pytest.mark.parametrize(
    ("number", "digits"),
    [("NO 987 654 321 MVA", "987654321"), ("559912-3469", "5599123469"), ("12345", ""), ("AB", ""), ("", "")],
)
def test_by_fewer_than_six_digits_no_company_is_known(number: str, digits: str) -> None:
    assert telling_digits(number) == digits


def test_a_name_that_turns_out_to_have_anothers_number_has_that_number_from_then_on() -> None:
    plain = Customer(id="p", name="Norrsken AB", contacts=(Contact(email="ulla@norrsken.example"),))
    for email in ("", "ulla@norrsken.example"):
        book = among(CAFE_NORRSKEN, plain)
        party = Party(name="Norrsken AB", org_no="559912-3469", email=email)
        found = book.find(party)
        assert found and (found.id, found.number) == ("p", "559912-3469")
        assert book.find(party) == found and book.met.keys() == {"p"}
    book = among(CAFE_NORRSKEN, plain)
    elsewhere = book.find(Party(name="Norrsken AB", org_no="559912-3469", email="bo@ek.example"))
    assert elsewhere == CAFE_NORRSKEN and not book.met
