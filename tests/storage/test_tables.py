from __future__ import annotations

import pytest
import sqlalchemy as sa

from storage.books import TABLES
from storage.engine import Database
from tests.cast import ASAS_BAGERI, bygg, move_in
from tests.storage.conftest import NOW, TODAY


@pytest.mark.parametrize("name", sorted(TABLES.tables))
def test_a_key_to_another_row_stays_within_the_business(name: str) -> None:
    for key in TABLES.tables[name].foreign_key_constraints:
        assert key.referred_table.name == "businesses" or key.column_keys[0] == "business"


def test_a_row_of_nobody_is_refused_by_the_database(database: Database) -> None:
    (letter, _) = bygg(TODAY).letters
    with pytest.raises(sa.exc.IntegrityError), database.books(ASAS_BAGERI.id, NOW) as books:
        books.letters.add(letter)


def test_junk_is_refused_by_both_databases(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        move_in(books, bygg(TODAY))
    with pytest.raises(sa.exc.DBAPIError), database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE invoices SET amount_minor = 'much'")
