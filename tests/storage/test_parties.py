from __future__ import annotations

from dataclasses import replace

import pytest

from bot.parties import Customer
from storage.books import Books
from storage.parties import number_key
from tests.cast import BYGG_OCH_BETONG, CAFE_NORRSKEN, HERR_MOGENS, LILLA_BLOMMAN

EVERYONE = (BYGG_OCH_BETONG, CAFE_NORRSKEN, HERR_MOGENS, LILLA_BLOMMAN)


@pytest.fixture
def books(books: Books) -> Books:
    for customer in EVERYONE:
        books.customers.add(customer)
    return books


def test_numbers_are_compared_without_layout() -> None:
    assert number_key("NO 987 654-321 mva") == number_key("987654321") == "987654321"
    assert number_key("AB-12 345") == "ab12345"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Café Norrsken", CAFE_NORRSKEN),
        ("cafe norrsken", CAFE_NORRSKEN),
        ("norrsken", CAFE_NORRSKEN),
        ("norsken", CAFE_NORRSKEN),
        ("bygg", BYGG_OCH_BETONG),
        ("bygg & betong", BYGG_OCH_BETONG),
        ("hojgard", HERR_MOGENS),
        ("lila bloman", LILLA_BLOMMAN),
        ("5599123469", CAFE_NORRSKEN),
        ("559912 3469", CAFE_NORRSKEN),
    ],
)
def test_the_owner_finds_a_customer_by_what_they_call_them(books: Books, said: str, meant: Customer) -> None:
    assert books.customers.find(said) == (meant,)


@pytest.mark.parametrize("said", ["", "  ", "Zanzibar", "000000-0000"])
def test_what_fits_nobody_finds_nobody(books: Books, said: str) -> None:
    assert books.customers.find(said) == ()


def test_a_closer_match_hides_a_looser_one(books: Books) -> None:
    branch = Customer(id="branch", name="Café Norrsken Kiruna")
    books.customers.add(branch)
    assert books.customers.find("café norrsken") == (CAFE_NORRSKEN,)
    assert books.customers.find("norrsken") == (CAFE_NORRSKEN, branch)


def test_two_of_the_same_name_are_both_found(books: Books) -> None:
    twin = Customer(id="twin", name="LILLA BLOMMAN")
    books.customers.add(twin)
    assert set(books.customers.by_name("Lilla blomman")) == {LILLA_BLOMMAN, twin}
    assert books.customers.by_name("Lilla") == ()


def test_nobody_is_found_by_a_number_they_do_not_have(books: Books) -> None:
    assert books.customers.by_number("") == ()
    assert books.customers.by_number("-") == ()


def test_customers_are_listed_by_name(books: Books) -> None:
    assert books.customers.all() == (BYGG_OCH_BETONG, CAFE_NORRSKEN, LILLA_BLOMMAN, HERR_MOGENS)


def test_a_word_of_a_name_finds_who_has_it_unless_too_many_have(books: Books) -> None:
    books.customers.add_all([Customer(id=f"k{n}", name=f"Kiosk {n} Norrsken") for n in range(2)])
    found = books.customers.bearers(["norrsken", "kiosk", "nobody"], 2)
    assert found == {"kiosk": ("k0", "k1")}
    assert books.customers.bearers(["norrsken"], 3) == {"norrsken": ("k0", "k1", "norrsken")}


def test_a_new_name_is_found_and_the_old_one_no_more(books: Books) -> None:
    books.customers.save(replace(CAFE_NORRSKEN, name="Café Söder Söder"))
    books.customers.save_all([replace(BYGG_OCH_BETONG, name="Bygg & Trä")])
    found = books.customers.bearers(["norrsken", "soder", "betong", "tra", "bygg"], 5)
    assert found == {"soder": ("norrsken",), "tra": ("bygg",), "bygg": ("bygg",)}


def test_of_some_numbers_those_are_known_that_two_have(books: Books) -> None:
    books.customers.add(Customer(id="twin", name="Norrsken AB", number="SE 559912-3469"))
    asked = ["5599123469", "5599123477", "123456"]
    assert books.customers.shared(asked) == {"5599123469"}
    assert books.customers.shared([]) == frozenset()
