"""Public company registers: a module each, named after its country's code, found by its name.

A module offers `NAME` (as people call it), `SITE` (where it answers, without any key) and
`look_up(client, number) -> Registered | None`, None for a number it does not know.
"""

from __future__ import annotations

import pkgutil
import time
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from bot.ledgers import LedgerError
from bot.registers import Registered
from storage.ledgers._client import Client, Site, Sleep
from storage.ledgers._rows import MALFORMED

__all__ = ["Register", "ask", "look_up", "registers"]


class Register(Protocol):
    """What a module of this folder offers."""

    NAME: str
    SITE: Site

    def look_up(self, client: Client, number: str) -> Registered | None:
        """The company with a number; `LedgerError` when the register cannot be read."""


@cache
def registers() -> Mapping[str, Register]:
    """Every register in this folder, by the code of its country."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name.upper(): cast(Register, import_module(f"{__name__}.{name}")) for name in names}


def look_up(country: str, number: str) -> Registered | str:
    """What the register of a country says of a number, or why it said nothing."""
    try:
        return ask(country, number)
    except LedgerError as error:
        return error.key


def ask(country: str, number: str, *, base: str = "", sleep: Sleep = time.sleep) -> Registered:
    """The company with a number; `base` is another address than the register's own, for a trial."""
    register = registers().get(country)
    if register is None:
        raise LedgerError("not_found", permanent=True)
    site = register.SITE.moved(base) if base else register.SITE
    with Client(site, sleep) as client:
        found = _read(register, client, number)
    if found is None:
        raise LedgerError("not_found", permanent=True)
    return found


def _read(register: Register, client: Client, number: str) -> Registered | None:
    try:
        return register.look_up(client, number)
    except MALFORMED:
        raise LedgerError("garbled") from None
