from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.cases import Case, Pause
from bot.errors import Refusal
from bot.letters import Letter
from bot.parties import Customer
from bot.promises import Promise
from bot.replies import Call, Reply
from storage.books import Books
from storage.engine import Database
from tests.cast import (
    ASAS_BAGERI,
    BYGG_OCH_BETONG,
    CAFE_NORRSKEN,
    blomman,
    bygg,
    everyone,
    invoice,
    kr,
    mogens,
    move_in,
    norrsken,
    payments,
)  # fmt: skip
from tests.storage.conftest import NOW, TODAY

QUIET = Customer(id="quiet", name="Stilla AB")


def test_a_case_holds_everything_about_one_customer(books: Books) -> None:
    move_in(books, *everyone(TODAY))
    for case in everyone(TODAY):
        came = books.payments.of(case.customer.id)
        assert books.case(case.customer.id) == replace(case, payments=came)
        assert set(case.payments) <= set(came)


def test_a_case_of_nobody_is_refused(books: Books) -> None:
    with pytest.raises(Refusal, match="not_found"):
        books.case("nobody")


def test_the_cases_of_a_day_are_those_with_something_to_decide_by_name(books: Books) -> None:
    move_in(books, *everyone(TODAY), Case(customer=QUIET, invoices=(invoice(QUIET, "1", "10", TODAY),)))
    assert tuple(books.cases(TODAY)) == everyone(TODAY)
    assert [case.customer for case in tuple(books.cases(TODAY + timedelta(days=1)))][-1] == QUIET


@pytest.mark.parametrize("what", ["reply", "promise", "letter", "plan", "dispute"])
def test_each_open_matter_alone_makes_a_case(books: Books, what: str) -> None:
    move_in(books, Case(customer=QUIET, invoices=(invoice(QUIET, "1", "10", TODAY),)))
    of: dict[str, Any] = {"id": "1", "customer": QUIET.id}
    match what:
        case "reply":
            books.replies.add(Reply(**of, text="Hej", at=NOW))
        case "promise":
            books.promises.add(Promise(**of, day=TODAY, made=TODAY))
        case "letter":
            books.letters.add(
                Letter(**of, kind="thanks", language="sv", subject="", body="", made=TODAY, state="unknown")
            )
        case "plan":
            books.plans.add(replace(blomman(TODAY).plans[0], customer=QUIET.id))
        case "dispute":
            books.disputes.add(replace(mogens(TODAY).disputes[1], customer=QUIET.id, invoice="quiet-1"))
    assert tuple(books.cases(TODAY)) == (books.case(QUIET.id),)


def test_what_was_decided_makes_no_case(books: Books) -> None:
    move_in(books, Case(customer=QUIET, invoices=(invoice(QUIET, "1", "10", TODAY),)))
    of: dict[str, Any] = {"id": "1", "customer": QUIET.id}
    books.replies.add(Reply(**of, text="Hej", at=NOW, meaning="question"))
    books.promises.add(Promise(**of, day=TODAY, made=TODAY, state="kept"))
    books.plans.add(replace(blomman(TODAY).plans[0], customer=QUIET.id, state="kept"))
    books.disputes.add(replace(mogens(TODAY).disputes[0], customer=QUIET.id, invoice="quiet-1"))
    assert tuple(books.cases(TODAY)) == ()


def test_a_written_off_invoice_makes_no_case_and_a_handed_over_one_does(books: Books) -> None:
    (claim,) = bygg(TODAY).invoices
    move_in(books, bygg(TODAY))
    books.invoices.save(replace(claim, state="written_off"))
    assert tuple(books.cases(TODAY)) == ()
    books.invoices.save(replace(claim, state="handed_over"))
    assert len(tuple(books.cases(TODAY))) == 1


def test_money_on_no_invoice_is_the_customers_credit(books: Books) -> None:
    move_in(books, norrsken(TODAY))
    (paid, *_) = payments(norrsken(TODAY))
    books.payments.add(replace(paid, id="over", key="", invoice="", amount=kr("50")))
    assert books.case(CAFE_NORRSKEN.id).credit == next(books.cases(TODAY)).credit == (kr("50"),)


def test_a_pause_bears_on_its_invoice_its_customer_or_everyone(books: Books) -> None:
    move_in(books, bygg(TODAY), norrsken(TODAY))
    pauses = {
        "all": Pause(id="all", until=TODAY, made=TODAY),
        "customer": Pause(id="customer", until=TODAY, made=TODAY, customer=BYGG_OCH_BETONG.id),
        "invoice": Pause(id="invoice", until=TODAY, made=TODAY, invoice="bygg-2042"),
    }
    for pause in pauses.values():
        books.pauses.add(pause)
    assert books.case(BYGG_OCH_BETONG.id).pauses == tuple(pauses.values())
    assert books.case(CAFE_NORRSKEN.id).pauses == (pauses["all"],)


def test_the_cases_of_sixty_customers_take_as_many_queries_as_those_of_three(database: Database) -> None:
    counts = []
    for business, size in ((ASAS_BAGERI, 3), (replace(ASAS_BAGERI, id="large"), 60)):
        if size > 3:
            database.add_business(business)
        with database.books(business.id, NOW) as books:
            fill(books, size)
            counts.append(queries(database, books, size))
    assert counts[0] == counts[1] <= 12


def fill(books: Books, size: int) -> None:
    for n in range(size):
        customer = Customer(id=f"c{n}", name=f"Kund {n}")
        late = tuple(invoice(customer, f"{n}-{m}", "10", TODAY - timedelta(days=9)) for m in range(3))
        move_in(books, Case(customer=customer, invoices=late))
        books.calls.add(Call(id=f"call{n}", customer=customer.id, day=TODAY, outcome="voicemail"))


def queries(database: Database, books: Books, size: int) -> int:
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    found = tuple(books.cases(TODAY))
    sa.event.remove(database.engine, "before_cursor_execute", hear)
    assert [len(case.invoices) for case in found] == [3] * size
    return len(heard)


def test_the_business_is_saved_and_its_id_stays(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.save_business(
            replace(ASAS_BAGERI, id="stolen", undo_minutes=5, ladder=(3, 9), paused_until=TODAY)
        )
        assert books.business.undo_minutes == 5
    assert database.businesses() == (replace(ASAS_BAGERI, undo_minutes=5, ladder=(3, 9), paused_until=TODAY),)


def test_the_next_digest_is_planned_by_the_moment(books: Books) -> None:
    assert books.next_nudge() is None
    books.set_next_nudge(NOW + timedelta(microseconds=1))
    assert books.next_nudge() == NOW + timedelta(microseconds=1)
