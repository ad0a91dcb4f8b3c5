from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import CLOCK, DAY, FLAG, MOMENT, Blank, Json

HERE = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (FLAG, True, 1),
        (DAY, date(2026, 2, 28), "2026-02-28"),
        (CLOCK, time(8, 30), "08:30:00"),
        (MOMENT, datetime(2026, 7, 1, 9, tzinfo=UTC), "2026-07-01T09:00:00.000000+00:00"),
        (Blank(), "", None),
        (Json(dict[str, int]), {"å": 1}, '{"å":1}'),
    ],
)
def test_a_value_lies_in_sqlite_as_plain_text_or_number(
    kind: sa.types.TypeDecorator[Any], value: object, cell: object
) -> None:
    dialect = sqlite.dialect()
    assert kind.process_bind_param(value, dialect) == cell
    assert kind.process_result_value(cell, dialect) == value


def test_postgresql_has_types_of_its_own_for_days_and_moments() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # the library has no types here
    assert DAY.process_bind_param(date(2026, 2, 28), dialect) == date(2026, 2, 28)
    assert [str(kind.load_dialect_impl(dialect)) for kind in (FLAG, DAY, CLOCK)] == [
        "BOOLEAN",
        "DATE",
        "TIME",
    ]


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])  # type: ignore[no-untyped-call]
def test_a_moment_is_kept_in_utc(dialect: sa.Dialect) -> None:
    bound = MOMENT.process_bind_param(datetime(2026, 7, 1, 9, tzinfo=HERE), dialect)
    assert MOMENT.process_result_value(bound, dialect) == datetime(2026, 7, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])  # type: ignore[no-untyped-call]
def test_a_moment_without_a_zone_is_refused_by_both(dialect: sa.Dialect) -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        MOMENT.process_bind_param(datetime(2026, 7, 1, 9), dialect)


def test_moments_as_text_sort_by_time() -> None:
    moments = [datetime(2026, 7, 1, 9, tzinfo=UTC) + timedelta(microseconds=n) for n in (0, 1, 500_000)]
    cells = [MOMENT.process_bind_param(moment, sqlite.dialect()) for moment in moments]
    assert cells == sorted(cells)


def test_bytes_within_a_value_survive_json() -> None:
    kind = Json(tuple[bytes, ...])
    cell = kind.process_bind_param((b"\xff\x00",), sqlite.dialect())
    assert kind.process_result_value(cell, sqlite.dialect()) == (b"\xff\x00",)
