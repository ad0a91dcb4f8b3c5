"""Between a value and its row: the columns that a frozen dataclass needs, derived from its fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from itertools import accumulate, pairwise
from operator import attrgetter
from types import NoneType
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from bot.money import Money
from storage.columns import CLOCK, DAY, FLAG, MOMENT, WHOLE, Blank, Json

T = TypeVar("T")
PLAIN: dict[Any, TypeEngine[Any]] = {
    str: sa.Text(), int: WHOLE, bool: FLAG, bytes: sa.LargeBinary(),
    date: DAY, datetime: MOMENT, time: CLOCK,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One field: the names of its columns, its type, and whether it may be missing or is an amount."""

    name: str
    names: tuple[str, ...]
    hint: Any
    optional: bool
    is_money: bool

    @property
    def paths(self) -> tuple[str, ...]:
        """Where in the value the cells of its columns stand."""
        return (f"{self.name}.minor", f"{self.name}.currency") if self.is_money else (self.name,)

    def packed(self, value: Any) -> tuple[Any, ...]:
        """What its columns hold for a value."""
        if not self.is_money:
            return (value,)
        return (None, None) if value is None else (value.minor, value.currency)

    def unpacked(self, cells: Sequence[Any]) -> Any:
        """The value that its columns hold."""
        if not self.is_money:
            return cells[0]
        return None if cells[0] is None else Money(*cells)


class Shape(Generic[T]):
    """How a dataclass lies in a row: a column a field, an amount as two, anything composed as JSON."""

    def __init__(self, kind: type[T]) -> None:
        hints = get_type_hints(kind)
        self.kind = kind
        self.parts = [_part(f.name, hints[f.name]) for f in fields(kind)]  # type: ignore[arg-type]  # a dataclass
        self.names = [name for part in self.parts for name in part.names]
        self._cells = _slices(self.parts)
        self._plain = not any(part.is_money for part in self.parts)
        self._get = _getter(self.parts)

    def columns(self, blank: Collection[str] = (), computed: Collection[str] = ()) -> list[sa.Column[Any]]:
        """Fresh columns for a table: `blank` are empty as NULL, `computed` not kept at all."""
        kept = [part for part in self.parts if part.name not in computed]
        return [column for part in kept for column in _columns(part, part.name in blank)]

    def row(self, value: T) -> dict[str, Any]:
        """The cells of a value by column name."""
        if self._get is not None:
            return dict(zip(self.names, self._get(value), strict=True))
        return {
            name: cell
            for part in self.parts
            for name, cell in zip(part.names, part.packed(getattr(value, part.name)), strict=True)
        }

    def value(self, row: Sequence[Any]) -> T:
        """The value of a row whose cells stand in the order of `names`, whatever stands behind them."""
        if self._plain:
            return self.kind(**dict(zip(self.names, row, strict=False)))
        return self.kind(
            **{
                part.name: part.unpacked(row[cells]) if part.is_money else row[cells.start]
                for part, cells in self._cells
            }
        )


def _part(name: str, hint: Any) -> Part:
    options = [option for option in get_args(hint) if option is not NoneType]
    optional = NoneType in get_args(hint)
    kind = options[0] if optional and len(options) == 1 else hint
    is_money = kind is Money
    return Part(
        name, (f"{name}_minor", f"{name}_currency") if is_money else (name,), kind, optional, is_money
    )


def _getter(parts: Sequence[Part]) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes all cells out of a value at once, ten times as fast; None where an amount may be missing."""
    if len(parts) < 2 or any(part.is_money and part.optional for part in parts):
        return None
    return attrgetter(*(path for part in parts for path in part.paths))


def _slices(parts: Sequence[Part]) -> list[tuple[Part, slice]]:
    ends = list(accumulate((len(part.names) for part in parts), initial=0))
    return [(part, slice(start, end)) for part, (start, end) in zip(parts, pairwise(ends), strict=True)]


def _columns(part: Part, blank: bool) -> list[sa.Column[Any]]:
    kinds = (WHOLE, sa.Text()) if part.is_money else (Blank() if blank else _type(part.hint),)
    may_lack = part.optional or blank
    return [sa.Column(name, kind, nullable=may_lack) for name, kind in zip(part.names, kinds, strict=True)]


def _type(hint: Any) -> TypeEngine[Any]:
    return sa.Text() if get_origin(hint) is Literal else PLAIN.get(hint) or Json(hint)
