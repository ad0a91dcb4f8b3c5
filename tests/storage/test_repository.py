from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cases import Pause
from bot.disputes import Dispute
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.letters import Letter
from bot.money import Money
from bot.parties import Customer
from bot.payments import Payment
from bot.plans import Plan
from bot.promises import Promise
from bot.replies import Call, Reply
from storage.books import Books
from storage.engine import Database
from storage.ids import new_id
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, CAFE_NORRSKEN, bygg, move_in, norrsken
from tests.storage.conftest import NOW, TODAY
from tests.storage.values import values

KINDS: dict[str, tuple[type[Any], Callable[[Books], Any]]] = {
    "customer": (Customer, lambda books: books.customers),
    "invoice": (Invoice, lambda books: books.invoices),
    "payment": (Payment, lambda books: books.payments),
    "letter": (Letter, lambda books: books.letters),
    "reply": (Reply, lambda books: books.replies),
    "call": (Call, lambda books: books.calls),
    "promise": (Promise, lambda books: books.promises),
    "plan": (Plan, lambda books: books.plans),
    "dispute": (Dispute, lambda books: books.disputes),
    "pause": (Pause, lambda books: books.pauses),
}
every_kind = pytest.mark.parametrize("noun", KINDS)


def known(noun: str) -> dict[str, object]:
    """What must be so for a value to belong in the books: its customer and invoice are there."""
    (claim,) = bygg(TODAY).invoices
    belongs = {} if noun == "customer" else {"customer": BYGG_OCH_BETONG.id}
    about = {"invoice": claim.id} if noun in ("payment", "dispute", "pause") else {}
    paid = {"paid": Money(0, "SEK"), "settled": None} if noun == "invoice" else {}
    return {**belongs, **about, **paid}


def unpaid(value: Any) -> Any:
    """An invoice as it is before any payment: what is paid is none of its currency."""
    return replace(value, paid=Money(0, value.amount.currency)) if isinstance(value, Invoice) else value


@every_kind
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_down_is_read_back_the_same(
    database: Database, noun: str, data: st.DataObject
) -> None:
    kind, shelf = KINDS[noun]
    first, second = (
        unpaid(data.draw(values(kind, id="", **known(noun) | ({"key": ""} if noun == "payment" else {}))))
        for _ in range(2)
    )
    key = new_id()
    with database.books(ASAS_BAGERI.id, NOW) as books:
        if not books.customers.all():
            move_in(books, bygg(TODAY))
        shelf(books).add(replace(first, id=key))
        assert shelf(books).get(key) == replace(first, id=key)
        shelf(books).save(replace(second, id=key))
        assert shelf(books).get(key) == replace(second, id=key)


@every_kind
def test_what_is_not_there_is_refused_by_its_noun(books: Books, noun: str) -> None:
    with pytest.raises(Refusal) as refusal:
        KINDS[noun][1](books).get("nobody")
    assert (refusal.value.key, refusal.value.facts) == ("not_found", {"what": noun})


def test_saving_what_was_never_added_is_refused(books: Books) -> None:
    with pytest.raises(Refusal, match="not_found"):
        books.customers.save(CAFE_NORRSKEN)


def test_what_belongs_to_one_customer_is_listed_in_the_order_it_came(books: Books) -> None:
    move_in(books, bygg(TODAY), norrsken(TODAY))
    calls = [
        Call(id=new_id(), customer=customer.id, day=day, outcome="reached")
        for customer in (BYGG_OCH_BETONG, CAFE_NORRSKEN)
        for day in (TODAY, date(2026, 1, 1), date(2026, 6, 1))
    ]
    for call in calls:
        books.calls.add(call)
    assert books.calls.of(BYGG_OCH_BETONG.id) == tuple(calls[:3])
    assert books.calls.all() == tuple(calls)


def test_what_belongs_to_many_customers_comes_in_one_go(books: Books) -> None:
    move_in(books, bygg(TODAY), norrsken(TODAY))
    many = books.invoices.of_many([BYGG_OCH_BETONG.id, CAFE_NORRSKEN.id, "nobody"])
    assert many == {c.customer.id: c.invoices for c in (bygg(TODAY), norrsken(TODAY))}


def test_more_customers_than_a_database_takes_parameters_can_be_asked_for(books: Books) -> None:
    move_in(books, bygg(TODAY))
    asked = [f"nobody-{n}" for n in range(70_000)]
    assert books.customers.among([*asked, BYGG_OCH_BETONG.id]) == (BYGG_OCH_BETONG,)


def test_many_values_are_written_down_and_changed_at_once_in_their_order(books: Books) -> None:
    move_in(books, bygg(TODAY))
    calls = [Call(id=f"c{n}", customer=BYGG_OCH_BETONG.id, day=TODAY, outcome="reached") for n in (3, 1, 2)]
    books.calls.add_all(calls[:2])
    books.calls.add_all(calls[2:])
    books.calls.add_all([])
    before = books.calls.all()
    assert before[-3:] == tuple(calls)
    changed = [replace(call, outcome="voicemail") for call in calls[:2]]
    books.calls.save_all(changed)
    assert books.calls.all() == (*before[:-3], *changed, calls[2])
