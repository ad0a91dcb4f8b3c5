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

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """From value to cell."""
        return self.write(value) if value is not None and _is_sqlite(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From cell to value."""
        return self.read(value) if value is not None and _is_sqlite(dialect) else value


class Instant(Portable):
    """A moment, UTC in and out; one that names no zone is refused. As text it sorts by time."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(sa.DateTime(timezone=True), _sortable, datetime.fromisoformat)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """From value to cell."""
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"{value} names no time zone")
        return super().process_bind_param(value and value.astimezone(UTC), dialect)


def _sortable(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")


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
