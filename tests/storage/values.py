"""Any value of the rules, as Hypothesis may think it up within what a database can hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
WHOLE = st.integers(-(2**63), 2**63 - 1)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: WHOLE,
    bool: st.booleans(),
    bytes: st.binary(max_size=40),
    Decimal: st.decimals(-999, 999, places=4),
    date: st.dates(),
    datetime: st.datetimes(
        min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)
    ),
    time: st.times(),
    object: WORDS,
}


def values(kind: type[Any], **known: object) -> st.SearchStrategy[Any]:
    """Any value of a dataclass, but for the fields that are known."""
    hints = get_type_hints(kind)
    given = {f.name: any_of(hints[f.name]) for f in fields(kind) if f.name not in known}
    return st.builds(kind, **given, **{name: st.just(value) for name, value in known.items()})


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_dataclass(hint):
        return values(hint) if isinstance(hint, type) else st.nothing()
    inner = get_args(hint)
    if get_origin(hint) is Literal:
        return st.sampled_from(inner)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*(st.none() if option is NoneType else any_of(option) for option in inner))
    if get_origin(hint) is tuple:
        return tuples(inner)
    return st.dictionaries(any_of(inner[0]), any_of(inner[1]), max_size=3)


def tuples(inner: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Tuples of any length (`X, ...`) or of one of each."""
    if inner[-1] is Ellipsis:
        return st.lists(st.deferred(lambda: any_of(inner[0])), max_size=3).map(tuple)
    return st.tuples(*map(any_of, inner))
