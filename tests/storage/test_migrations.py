from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from storage.books import TABLES
from storage.engine import Database
from storage.migrations.options import OPTIONS, is_ours


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


def test_foreign_keys_hold_again_after_an_upgrade(bare_url: str) -> None:
    with closing(Database(bare_url)) as database:
        database.migrate()
        with pytest.raises(sa.exc.IntegrityError), database.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO imports VALUES ('nobody', 'x', 'x', '2026-01-01', '', 0, 0)"
            )


@pytest.mark.parametrize("name", sorted(set(TABLES.tables) - {"businesses"}))
def test_a_table_has_the_business_first_in_its_keys_and_indexes(name: str) -> None:
    table = TABLES.tables[name]
    unique = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    for keyed in (*unique, *table.foreign_key_constraints, *table.indexes):
        assert next(iter(keyed.columns)).name == "business"


def migrate(url: str) -> None:
    with closing(Database(url)) as database:
        database.migrate()
