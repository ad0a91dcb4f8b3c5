from __future__ import annotations

from dataclasses import replace

import pytest

from bot.mail import Kept
from storage.books import Books
from tests.cast import bygg, move_in, norrsken, reminder
from tests.storage.conftest import NOW, TODAY


@pytest.fixture
def known(books: Books) -> Books:
    move_in(books, norrsken(TODAY), bygg(TODAY))
    sent = reminder(norrsken(TODAY).invoices[-1], 1, TODAY)
    books.letters.add(replace(sent, id="tag1", to="kassa@norrsken.example", message_id="<1@a>"))
    books.letters.add(replace(sent, id="tag2", to="x@draft.example", state="draft"))
    return books


def test_our_letters_are_found_by_their_names_and_tags(known: Books) -> None:
    assert known.signs.letters(["<1@a>", "<2@a>"]) == {"<1@a>": "norrsken"}
    assert known.signs.tags(["tag1", "other"]) == {"tag1": "norrsken"}
    assert known.signs.letters([]) == known.signs.tags([]) == {}


@pytest.mark.parametrize("written", ["2041", "20412", "20 412", " 2041 "])
def test_an_invoice_is_found_by_its_number_or_reference(known: Books, written: str) -> None:
    assert known.signs.numbers([written]) == {"norrsken"}


def test_an_empty_number_finds_nothing(known: Books) -> None:
    assert known.signs.numbers(["", "-"]) == set()


def test_people_are_found_by_their_address_and_their_colleagues_by_its_host(known: Books) -> None:
    assert known.signs.people("NILS@norrsken.example") == ({"norrsken"}, {"norrsken"})
    assert known.signs.people("kassa@norrsken.example") == ({"norrsken"}, {"norrsken"})
    assert known.signs.people("ny@norrsken.example") == (set(), {"norrsken"})
    assert known.signs.people("x@draft.example") == (set(), set())
    assert known.signs.people("nobody") == (set(), set())


def test_an_address_that_turned_out_to_be_theirs_is_known(known: Books) -> None:
    mail = Kept(
        id="1", at=NOW, state="placed", customer="bygg", sender="bo@privat.example", message_id="<m@b>"
    )
    known.mails.add(mail)
    assert known.signs.people("Bo@privat.example")[0] == {"bygg"}
    assert known.signs.threads(["<m@b>"]) == {"<m@b>": "bygg"}


def test_whom_a_letter_went_to_is_found(known: Books) -> None:
    assert known.signs.recipient("kassa@norrsken.example") == {"norrsken"}
    assert known.signs.recipient("nils@norrsken.example") == set()


def test_a_sign_that_means_anything_to_a_database_is_a_sign(known: Books) -> None:
    assert known.signs.people("%@%") == (set(), set())
    assert known.signs.people("_ils@norrsken.example")[0] == set()
