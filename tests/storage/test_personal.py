"""Every table is either looked into when a customer is exported and erased, or tells of no customer."""

from __future__ import annotations

import sqlalchemy as sa

from storage.books import TABLES, Books
from storage.personal import TRACES, emptied
from tests.cast import bygg, everyone, move_in
from tests.storage.conftest import TODAY

SEARCHED = {
    "history": "the events of a customer go by the customer's id",
    "lines": "and so does what was said of them, and what stood beside",
    "tokens": "with the buttons on it",
    "posts": "which message shows a line: the line is blanked, so the message is too",
    "imports": "files as they came: of those that were read the bytes go",
    "heard": "what came in and waits, sealed",
    "drawers": "what platforms keep, sealed",
}
"""Tables that may name a customer without a column for it, and what is done about that."""
NOBODYS = {
    "businesses": "the owner's own",
    "members": "people of the business",
    "identities": "where they chat",
    "invitations": "their codes, as digests",
    "chats": "the places where they talk",
    "erasures": "ids of events that are gone",
    "ledgers": "what lets Purr into accounting systems, sealed",
    "mailboxes": "the mail servers, their passwords sealed",
    "inboxes": "how far a mailbox was read",
    "workers": "the processes at work",
    "wordings": "how the owner words their letters",
}
"""Tables that tell of no customer, each with the reason."""


def test_every_table_is_looked_into_or_tells_of_no_customer() -> None:
    looked_into = {trace.table.name for trace in TRACES} | set(SEARCHED)
    assert looked_into | set(NOBODYS) == set(TABLES.tables), "a table was forgotten: whom does it tell of?"
    assert not looked_into & set(NOBODYS)


def test_every_table_with_a_customer_in_it_gives_that_customer_away() -> None:
    told = {trace.table.name for trace in TRACES} | {"history"}
    with_customer = {name for name, table in TABLES.tables.items() if "customer" in table.c}
    assert with_customer <= told


def test_every_table_that_points_to_one_of_those_is_looked_into_as_well() -> None:
    looked_into = {trace.table.name for trace in TRACES} | set(SEARCHED)
    for name, table in TABLES.tables.items():
        names = {key.column.table.name for key in table.foreign_keys} - {"businesses"} - set(NOBODYS)
        assert not names or name in looked_into, name


def test_a_column_that_stays_is_there_and_what_goes_can_be_empty() -> None:
    for trace in TRACES:
        assert {*trace.stays, *trace.becomes} <= set(trace.table.c.keys()), trace.table.name
        for column in trace.table.c:
            assert column.nullable or emptied(column) is not None


def test_no_free_text_stays() -> None:
    words = {
        "text",
        "body",
        "subject",
        "words",
        "sender",
        "payer",
        "email",
        "contacts",
        "description",
        "reason",
    }
    for trace in TRACES:
        staying = words & set(trace.stays)
        assert staying <= ({"reason"} if trace.table.name == "escalations" else set()), trace.table.name


def test_whole_rows_can_go_in_the_order_in_which_they_are_named(books: Books) -> None:
    move_in(books, *everyone(TODAY))
    for trace in TRACES:
        trace.drop("bygg", books.customers.scope)
    tables = [trace.table for trace in TRACES]
    for table in tables:
        left = books.connection.execute(sa.select(table)).mappings().all()
        assert not [row for row in left if row.get("customer") == "bygg" or row.get("id") == "bygg"]
    assert books.customers.among(["norrsken"])


def test_all_that_a_table_tells_of_a_customer_is_told_by_its_columns(books: Books) -> None:
    case = bygg(TODAY)
    move_in(books, *everyone(TODAY))
    rows = {trace.table.name: trace.rows("bygg", books.customers.scope) for trace in TRACES}
    assert [row["name"] for row in rows["customers"]] == [case.customer.name]
    assert {row["body"] for row in rows["letters"]} == {letter.body for letter in case.letters}
    assert [row["number"] for row in rows["invoices"]] == ["2042"]
    assert not rows["plans"]
