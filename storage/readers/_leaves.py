"""The texts below an element of ISO 20022 XML, by their paths, and the amounts and days in them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.money import Money
from storage.readers._source import Unreadable
from storage.readers._xml import Element

Leaves = dict[str, list[str]]
"""Texts by path of local names; the currency of an amount stands at its path with an @."""

PART = "TxDtls"
"""The transactions of an entry: each has leaves of its own."""

RETURNED = "RtrInf"
"""What is there, empty or not, when a payment went back: its own path tells that."""

AMOUNTS = "Amt"
"""How the names of amounts end; nothing else has a currency."""

AMOUNT = re.compile(r"\d{1,13}(?:\.\d{0,20})?", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}")
DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d.*|Z|[+-]\d\d:\d\d)?", re.ASCII)
YEARS = range(1980, 2100)
"""When a bank can have booked what somebody hands in."""


def leaves_of(element: Element, parts: list[Leaves]) -> Leaves:
    """All that an element holds, in one pass; each transaction in it goes to `parts`."""
    found: Leaves = {}
    _gather(element, "", found, parts)
    return found


def first(leaves: Leaves, *paths: str) -> str:
    """The first text at the first of the paths that has one."""
    for path in paths:
        if path in leaves:
            return leaves[path][0]
    return ""


def money(written: str, currency: str) -> Money:
    """An amount of XML with its currency; `Unreadable` where it is none, or has too many decimals."""
    if not written:
        raise Unreadable("missing_amount")
    if not CURRENCY.fullmatch(currency):
        raise Unreadable("bad_currency", value=currency[:40])
    if not AMOUNT.fullmatch(written):
        raise Unreadable("bad_amount", value=written[:40])
    try:
        return Money.of(Decimal(written), currency)
    except ValueError as error:
        raise Unreadable("bad_amount", value=written[:40]) from error


@lru_cache(maxsize=512)
def day_of(written: str) -> date:
    """The day of an XML date or moment, as its writer's clock had it; `Unreadable` where there is none."""
    found = DAY.fullmatch(written)
    try:
        day = date.fromisoformat(found[1] if found else written)
    except ValueError as error:
        raise Unreadable("bad_date", value=written[:40]) from error
    if not found or day.year not in YEARS:
        raise Unreadable("bad_date", value=written[:40])
    return day


def _gather(element: Element, prefix: str, found: Leaves, parts: list[Leaves]) -> None:
    for child in element:
        name = _local(child.tag)
        if name == RETURNED:
            found[RETURNED] = [""]
        if name == PART:
            parts.append(leaves_of(child, []))
        elif len(child):
            _gather(child, f"{prefix}{name}/", found, parts)
        elif text := (child.text or "").strip():
            found.setdefault(prefix + name, []).append(text)
            if name.endswith(AMOUNTS) and (currency := child.get("Ccy")):
                found.setdefault(f"{prefix}{name}@", []).append(currency)


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
