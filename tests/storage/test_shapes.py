from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given

from bot.letters import Letter
from bot.money import Money
from storage.shapes import Shape
from tests.storage.values import values


@dataclass(frozen=True)
class Tip:
    id: str
    amount: Money
    least: Money | None = None
    day: date | None = None
    to: tuple[str, ...] = ()


SHAPE = Shape(Tip)
TIP = Tip("1", Money(500, "SEK"), to=("Åsa",))


def test_an_amount_takes_two_columns_and_anything_else_one() -> None:
    assert SHAPE.names == [
        "id",
        "amount_minor",
        "amount_currency",
        "least_minor",
        "least_currency",
        "day",
        "to",
    ]


def test_what_may_be_missing_may_be_null() -> None:
    assert {c.name for c in SHAPE.columns() if c.nullable} == {"least_minor", "least_currency", "day"}


def test_what_is_computed_has_no_column() -> None:
    assert [c.name for c in SHAPE.columns(computed=["amount", "least"])] == ["id", "day", "to"]


def test_a_missing_amount_is_two_empty_cells() -> None:
    row = SHAPE.row(TIP)
    assert (row["least_minor"], row["least_currency"]) == (None, None)
    assert SHAPE.value(list(row.values())) == TIP


@given(values(Letter))
def test_any_value_comes_back_from_its_row(letter: Letter) -> None:
    shape = Shape(Letter)
    assert shape.value(list(shape.row(letter).values())) == letter
