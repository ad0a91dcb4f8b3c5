from __future__ import annotations

from dataclasses import replace

from bot.cases import Pause
from storage.books import Books
from tests.cast import BYGG_OCH_BETONG, bygg, move_in
from tests.storage.conftest import TODAY


def test_pauses_of_an_invoice_a_customer_and_everything_are_kept(books: Books) -> None:
    move_in(books, bygg(TODAY))
    everything = Pause(id="1", until=TODAY, made=TODAY, words="till måndag")
    customer = replace(everything, id="2", customer=BYGG_OCH_BETONG.id)
    invoice = replace(customer, id="3", invoice="bygg-2042")
    for pause in (everything, customer, invoice):
        books.pauses.add(pause)
    assert books.pauses.all() == (everything, customer, invoice)
    assert books.pauses.of(BYGG_OCH_BETONG.id) == (customer, invoice)
