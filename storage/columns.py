"""Column types that read the same from SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import ConfigDict, TypeAdapter
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

Make = Callable[[Any], Any]


class Blank(TypeDecorator[str]):
    """Text where nothing is NULL in the table and "" in the value, so that a key may point nowhere."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """From value to cell."""
        return value or None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        """From cell to value."""
        return value or ""


class Portable(TypeDecorator[Any]):
    """A type of PostgreSQL's own that SQLite lacks and keeps as a `plain` one, by a pair of functions."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = sa.Text
    cache_ok = True

    def __init__(
        self,
        native: TypeEngine[Any],
        write: Callable[[Any], Any],
        read: Callable[[Any], Any],
        plain: TypeEngine[Any] | None = None,
    ) -> None:
        super().__init__()
        self.impl = self.native = native
        self.write = write
        self.read = read
        self.plain = plain or sa.Text()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type of the cell."""
        return dialect.type_descriptor(self.plain if _is_sqlite(dialect) else self.native)

    def bind_processor(self, dialect: Dialect) -> Make | None:
        """What makes the cells of very many values; none where the database does."""
        return _unless_none(self.write) if _is_sqlite(dialect) else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Make | None:
        """What makes the values of very many cells; none where the database does."""
        return _unless_none(self.read) if _is_sqlite(dialect) else None

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """From value to cell."""
        make = self.bind_processor(dialect)
        return make(value) if make else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From cell to value."""
        make = self.result_processor(dialect, None)
        return make(value) if make else value


class Instant(Portable):
    """A moment, UTC in and out; one that names no zone is refused. As text it sorts by time."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(sa.DateTime(timezone=True), _sortable, datetime.fromisoformat)

    def bind_processor(self, dialect: Dialect) -> Make | None:
        """What makes the cells of very many moments."""
        return _unless_none(_sortable if _is_sqlite(dialect) else _in_utc)


def _unless_none(make: Make) -> Make:
    return lambda value: None if value is None else make(value)


def _in_utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} names no time zone")
    return moment.astimezone(UTC)


def _sortable(moment: datetime) -> str:
    return _in_utc(moment).isoformat(timespec="microseconds")


WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLAG = Portable(sa.Boolean(), int, bool, sa.Integer())
DAY = Portable(sa.Date(), date.isoformat, date.fromisoformat)
CLOCK = Portable(sa.Time(), time.isoformat, time.fromisoformat)
MOMENT = Instant()


class Json(TypeDecorator[Any]):
    """Values within a value, as JSON text; `hint` is their type. Bytes become base64."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, hint: Any = None) -> None:
        super().__init__()
        self.hint = hint

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """From value to cell."""
        return None if value is None else _adapter(self.hint).dump_json((value,)).decode()[1:-1]

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From cell to value."""
        return None if value is None else _adapter(self.hint).validate_json(f"[{value}]")[0]


def _is_sqlite(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


@cache
def _adapter(hint: Any) -> TypeAdapter[tuple[Any]]:
    """The reader and writer of a type; inside a tuple, because a bare dataclass takes no configuration."""
    return TypeAdapter(tuple[hint], config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))
