"""Choices that several forms offer alike, and the values that an action carries from card to card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat import Field
from bot.invoices import Invoice, outstanding
from handlers.desk import Desk


def which(owed: Sequence[Invoice], desk: Desk, *before: tuple[str, str]) -> tuple[Field, ...]:
    """The question which invoice, after any choices `before` it; none where there is only one."""
    if len(owed) == 1:
        return ()
    each = ((i.id, f"{i.number} · {desk.word('money', amounts=(outstanding(i),))}") for i in owed)
    options = (*before, *each)
    return (desk.field("invoice", "choice", options[0][0], options=options),)


def packed(*values: object) -> str:
    """Several values as the one of an action."""
    return "|".join(map(str, values))


def unpacked(value: str, count: int) -> list[str]:
    """So many values of an action, each empty where it was left out."""
    found = value.split("|")
    return [*found[:count], *[""] * (count - len(found))]
