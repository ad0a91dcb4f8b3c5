from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.chat import Card
from bot.owed import Kind
from bot.platforms import Place
from storage.books import TABLES
from storage.engine import Database
from storage.migrations import upgrade
from storage.migrations.options import OPTIONS, is_ours
from tests.storage.test_isolation import UNSCOPED

ACROSS = {
    "identities_person": "who a person is, is asked before it is known of which business",
    "invitations_digest": "so is whom a code lets in",
    "chats_where": "and what a chat is about",
    "tokens_token": "and whose a button is",
    "ledgers_next_at": "which accounting systems are due, is asked for all businesses at once",
}
"""Indexes that do not begin with the business, each with the reason."""
OLD = "2026-11-16 08:00:00+00:00"
OLD_ROWS = {
    "businesses": {
        **dict.fromkeys("number owner email phone account scheme swish".split(), ""),
        "id": "bageri",
        "name": "Åsas Bageri AB",
        "country": "SE",
        "language": "sv",
        "zone": "Europe/Stockholm",
        "quiet": "line",
        "sends": "mail",
        "ladder": "[]",
        "nudge_at": "08:00:00",
        "undo_minutes": 10,
        "final_notice": False,
        "example": False,
    },
    "customers": {
        **dict.fromkeys("country name_key".split(), ""),
        "business": "bageri",
        "id": "norrsken",
        "number": "SE 559912-3469",
        "number_key": "se5599123469",
        "name": "Café Norrsken",
        "kind": "business",
        "language": "sv",
        "contacts": "[]",
        "no_contact": False,
        "mine": False,
    },
    "invoices": {
        **dict.fromkeys("account description".split(), ""),
        "business": "bageri",
        "id": "owed",
        "customer": "norrsken",
        "number": "Å-2042",
        "number_key": "å-2042",
        "reference": "RF18 0020 42",
        "amount_minor": 50_000,
        "amount_currency": "SEK",
        "state": "open",
        "parked": False,
    },
    "payments": {
        "business": "bageri",
        "id": "part",
        "customer": "norrsken",
        "invoice": "owed",
        "day": "2026-11-16",
        "amount_minor": 20_000,
        "amount_currency": "SEK",
        "kind": "payment",
        "place": 1,
    },
    "letters": {
        **dict.fromkeys("tone to cc next_step approved_by approved_text papers message_id about".split(), ""),
        "business": "bageri",
        "id": "draft",
        "customer": "norrsken",
        "kind": "reminder",
        "language": "sv",
        "subject": "Faktura 2042",
        "body": "Hej",
        "claims": "[]",
        "state": "draft",
        "made": "2026-11-16",
        "level": 1,
        "place": 1,
        "edited": False,
        "kept": False,
    },
    "lines": {
        "business": "bageri",
        "id": "said",
        "card": '{"text": "God morgon"}',
        "outcome": "",
        "at": OLD,
        "mine": False,
        "closed": False,
        "place": 1,
        "revision": 1,
    },
    "tokens": {
        "business": "bageri",
        "token": "abc",
        "line": "said",
        "look": False,
        "spent": False,
        "action": '{"verb": "today.show"}',
    },
}
"""A row of each table that a later version changes, as the first one kept it."""


def test_the_upgraded_tables_are_those_the_code_believes_in(bare_url: str) -> None:
    with closing(Database(bare_url)) as database:
        database.migrate()
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=OPTIONS)
            assert compare_metadata(context, TABLES) == []
            assert set(sa.inspect(connection).get_table_names()) == {*TABLES.tables, "alembic_version"}


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(url: str) -> None:
    with closing(Database(url)) as database:
        database.migrate()
        database.ping()


def test_several_that_start_at_once_upgrade_once(bare_url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(migrate, [bare_url] * 3))


def test_tables_of_the_job_engine_beside_ours_are_left_alone(bare_url: str) -> None:
    with closing(Database(bare_url)) as database:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE workflow_status (id TEXT PRIMARY KEY)")
        database.migrate()
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=OPTIONS)
            assert compare_metadata(context, TABLES) == []
    assert not is_ours("dbos", "schema", {})


@pytest.fixture
def old_url(bare_url: str) -> str:
    """The address of a database of the first version, with rows in it."""
    with closing(Database(bare_url)) as database:
        upgrade(database.engine, "0001")
        with database.engine.begin() as connection:
            for name, row in OLD_ROWS.items():
                names, marks = ", ".join(f'"{key}"' for key in row), ", ".join(f":{key}" for key in row)
                connection.execute(
                    sa.text(f"INSERT INTO {name} ({names}) VALUES ({marks})"), _plain(row, database)
                )
    return bare_url


def _plain(row: dict[str, object], database: Database) -> dict[str, object]:
    is_number = database.is_sqlite
    return {k: int(v) if is_number and isinstance(v, bool) else v for k, v in row.items()}


def test_what_the_first_version_kept_is_read_by_this_one(old_url: str) -> None:
    with closing(Database(old_url)) as database:
        database.migrate()
        with database.books("bageri", datetime(2026, 11, 25, 8, tzinfo=UTC)) as books:
            assert (books.business.second_approver, books.letters.get("draft").first_yes) == ("never", "")
            assert [line.card.text for line in books.lines.recent()] == ["God morgon"]
            press = books.lines.press("abc")
            assert press and press.action.verb == "today.show"
            assert books.lines.topical() == ()
            assert books.members.owner().role == "owner"
            assert (books.members.all()[1:], books.places.all()) == ((), ())


def test_money_finds_what_the_first_version_kept(old_url: str) -> None:
    with closing(Database(old_url)) as database:
        database.migrate()
        with database.books("bageri", datetime(2026, 11, 25, 8, tzinfo=UTC)) as books:
            keys: dict[Kind, str] = {"reference": "2042", "number": "a-2042", "left": "30000 SEK"}
            for kind, key in keys.items():
                assert [i.id for i in books.invoices.payable(kind, [key])] == ["owed"]
            assert [i.id for i in books.invoices.by_number("Å-2042")] == ["owed"]
            assert books.customers.bearers(["norrsken"], 1) == {"norrsken": ("norrsken",)}


def test_a_customer_of_the_first_version_is_found_by_the_digits_of_their_number(old_url: str) -> None:
    with closing(Database(old_url)) as database:
        database.migrate()
        with database.books("bageri", datetime(2026, 11, 25, 8, tzinfo=UTC)) as books:
            assert [c.id for c in books.customers.by_number("559912-3469")] == ["norrsken"]


def test_a_chat_of_the_new_version_is_not_shown_what_the_old_one_said(old_url: str) -> None:
    with closing(Database(old_url)) as database:
        database.migrate()
        with database.books("bageri", datetime(2026, 11, 25, 8, tzinfo=UTC)) as books:
            chat = books.places.open(Place("telegram", "7"), nudges=True)
            books.lines.close("said", "Done")
            assert books.places.pending(chat) == ()
            said = books.lines.add(Card("God morgon igen"))
            assert [each.line for each in books.places.pending(chat)] == [said]


def test_foreign_keys_hold_again_after_an_upgrade(bare_url: str) -> None:
    with closing(Database(bare_url)) as database:
        database.migrate()
        with pytest.raises(sa.exc.IntegrityError), database.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO imports (business, digest, name, at, content, documents, problems)"
                " VALUES ('nobody', 'x', 'x', '2026-01-01', '', 0, 0)"
            )


@pytest.mark.parametrize("name", sorted(set(TABLES.tables) - set(UNSCOPED)))
def test_a_table_has_the_business_first_in_its_keys_and_indexes(name: str) -> None:
    table = TABLES.tables[name]
    unique = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    indexes = [index for index in table.indexes if index.name not in ACROSS]
    for keyed in (*unique, *table.foreign_key_constraints, *indexes):
        assert next(iter(keyed.columns)).name == "business"


def migrate(url: str) -> None:
    with closing(Database(url)) as database:
        database.migrate()
