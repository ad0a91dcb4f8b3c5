from __future__ import annotations

import pytest
import sqlalchemy as sa

from storage.engine import Database
from storage.parties import customers
from storage.scope import Scope
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, CAFE_NORRSKEN, bygg, move_in, norrsken
from tests.storage.conftest import NOW, TODAY


@pytest.fixture
def scope(database: Database) -> Scope:
    """Another business's view of a database that holds the bakery's customers."""
    with database.books(ASAS_BAGERI.id, NOW) as books:
        move_in(books, bygg(TODAY), norrsken(TODAY))
    return Scope(database.engine.connect(), "another", NOW)


def test_another_business_selects_changes_and_removes_nothing(scope: Scope) -> None:
    with scope.connection:
        assert scope.rows(scope.select(customers, customers.c.id)) == []
        assert scope.update(customers, sa.true(), {"name": "Theirs"}) == 0
        assert scope.delete(customers, sa.true()) == 0
        assert scope.connection.scalar(sa.select(sa.func.count()).select_from(customers)) == 2


def test_numbers_count_up_within_each_business(database: Database, scope: Scope) -> None:
    letters = sa.table("letters", sa.column("business"), sa.column("place"))
    with scope.connection:
        assert scope.connection.scalar(sa.select(scope.next(letters, "place"))) == 1  # type: ignore[arg-type]
        ours = Scope(scope.connection, ASAS_BAGERI.id, NOW)
        assert ours.connection.scalar(sa.select(ours.next(letters, "place"))) == 3  # type: ignore[arg-type]


def test_many_ids_are_one_parameter(scope: Scope) -> None:
    with scope.connection:
        ours = Scope(scope.connection, ASAS_BAGERI.id, NOW)
        among = ours.among(customers.c.id, [BYGG_OCH_BETONG.id, CAFE_NORRSKEN.id, "nobody"])
        assert len(ours.rows(ours.select(customers, customers.c.id).where(among))) == 2
        assert ours.rows(ours.select(customers, customers.c.id).where(ours.among(customers.c.id, []))) == []


def test_a_scope_tells_which_tables_were_written_to(scope: Scope) -> None:
    with scope.connection:
        scope.rows(scope.select(customers, customers.c.id))
        assert scope.changed == set()
        scope.update(customers, sa.false(), {"name": "Nobody"})
        assert scope.changed == {"customers"}
