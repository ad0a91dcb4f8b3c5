"""What is asked for is found by what it is asked by: no question reads all of a business."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from operator import methodcaller

import pytest
import sqlalchemy as sa

from storage.books import TABLES, Books
from storage.engine import Database
from storage.invoices import KEYS
from tests.blank import blank_books
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW, TODAY

SOME = ("one", "two")
OF_CUSTOMERS = ("invoices", "payments", "letters", "replies", "promises", "plans", "disputes", "calls")
FEW = {"pauses"}
"""What a business has few of, and what is therefore read whole."""
QUESTIONS: dict[str, Callable[[Books], object]] = {
    "the customers by id": lambda b: b.customers.among(SOME),
    "the invoices by id": lambda b: b.invoices.among(SOME),
    "invoices by number": lambda b: b.invoices.by_number("1042"),
    "the cases of a day": lambda b: list(b.cases(TODAY)),
    "all about a customer": lambda b: b._cases(b.customers.among(SOME)),
    "invoices money may be for": lambda b: [b.invoices.payable(kind, SOME) for kind in KEYS],
    "a few invoices of each": lambda b: [b.invoices.payable(kind, SOME, most=20) for kind in KEYS],
    "numbers that two customers have": lambda b: b.customers.shared(SOME),
    "customers by number": lambda b: b.customers.by_number("5599123469"),
    "who a customer is now": lambda b: b.joins.heirs(SOME),
    "who has gone into a customer": lambda b: b.joins.of("one"),
    "what happened with a customer": lambda b: b.history.of("one"),
    "who has a word in their name": lambda b: b.customers.bearers(SOME, 20),
    "payments nobody proved": lambda b: b.payments.unproved(SOME),
    "money by its marks": lambda b: b.incoming.marked(SOME),
    "money that is known": lambda b: b.incoming.known(SOME),
    "letters on their way": lambda b: b.letters.in_state("approved"),
    "a draft to a customer": lambda b: b.letters.draft("one"),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    with closing(Database(f"sqlite:///{blank_books(tmp_path_factory.mktemp('books'))}")) as database:
        database.add_business(ASAS_BAGERI)
        with database.books(ASAS_BAGERI.id, NOW) as books:
            yield books


@pytest.mark.parametrize("ask", [pytest.param(ask, id=name) for name, ask in QUESTIONS.items()])
def test_a_question_reads_what_it_asks_for(ask: Callable[[Books], object], books: Books) -> None:
    assert read_whole(ask, books) - FEW == set()


@pytest.mark.parametrize("what", OF_CUSTOMERS)
def test_what_belongs_to_some_customers_is_found_by_them(what: str, books: Books) -> None:
    of_many = methodcaller("of_many", SOME)
    assert read_whole(lambda books: of_many(getattr(books, what)), books) == set()


def read_whole(ask: Callable[[Books], object], books: Books) -> set[str]:
    """The tables of which a question reads all that the business has, as SQLite plans it."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def hear(
        _connection: object, _cursor: object, statement: str, given: tuple[object, ...], *_: object
    ) -> None:
        asked.append((statement, given))

    sa.event.listen(books.connection, "before_cursor_execute", hear)
    ask(books)
    sa.event.remove(books.connection, "before_cursor_execute", hear)
    assert asked
    steps = [step for statement, given in asked for step in _steps(books, statement, given)]
    return {step.split()[1] for step in steps if step.endswith("(business=?)") or _scans(step)}


def _scans(step: str) -> bool:
    return step.startswith("SCAN ") and step.split()[1] in TABLES.tables


def _steps(books: Books, statement: str, given: tuple[object, ...]) -> list[str]:
    """How SQLite goes about a statement."""
    plan = books.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
    return [row[-1] for row in plan]
