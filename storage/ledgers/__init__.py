"""Accounting systems that invoices are read from: a module each, found by its name.

A module offers `NAME` (as people write it), `FIELDS` (what the owner must give), `SITE` (where it answers),
`enter(client, secrets, today)` and `pull(client, secrets, cursor, today) -> Pulled`. Modules whose name
begins with an underscore are shared parts.
"""

from __future__ import annotations

import pkgutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from bot.ledgers import Connection, LedgerError, Pulled, System
from storage.ledgers._client import Client, Site, Sleep


class Ledger(Protocol):
    """What a module of this folder offers."""

    NAME: str
    FIELDS: tuple[str, ...]
    SITE: Site

    def enter(self, client: Client, secrets: Mapping[str, str], today: date) -> None:
        """Show the client what lets it in."""

    def pull(self, client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
        """What is open, and what is no longer; `LedgerError` when the system cannot be read."""


@cache
def ledgers() -> Mapping[str, Ledger]:
    """Every system in this folder, by the name of its module."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name: cast(Ledger, import_module(f"{__name__}.{name}")) for name in names}


def systems() -> tuple[System, ...]:
    """Every system that can be connected."""
    return tuple(System(key, ledger.NAME, ledger.FIELDS) for key, ledger in ledgers().items())


def fetch(connection: Connection, today: date) -> Pulled | str:
    """What a connected system knows today, or why it could not be read."""
    try:
        return pull(connection, today)
    except LedgerError as error:
        return error.key


def fetch_papers(connection: Connection, wanted: Mapping[str, str], today: date) -> Mapping[str, bytes]:
    """The PDFs at some addresses of a connected system, by the same names; what cannot be had is left out."""
    found: dict[str, bytes] = {}
    try:
        found.update(papers(connection, wanted, today))
    except LedgerError:
        return found
    return found


def pull(connection: Connection, today: date, *, base: str = "", sleep: Sleep = time.sleep) -> Pulled:
    """What a connected system knows today; `base` is another address than its own, for a trial."""
    with _entered(connection, today, base, sleep) as (ledger, client, secrets):
        return ledger.pull(client, secrets, connection.cursor, today)


def papers(
    connection: Connection,
    wanted: Mapping[str, str],
    today: date,
    *,
    base: str = "",
    sleep: Sleep = time.sleep,
) -> Iterator[tuple[str, bytes]]:
    """The PDFs at some addresses of a system, by the same names, one after another."""
    with _entered(connection, today, base, sleep) as (_ledger, client, _secrets):
        for name, address in wanted.items():
            if content := client.paper(address):
                yield name, content


@contextmanager
def _entered(
    connection: Connection, today: date, base: str, sleep: Sleep
) -> Iterator[tuple[Ledger, Client, Mapping[str, str]]]:
    """A system with the client that has been let in, and the secrets that did it."""
    ledger = ledgers()[connection.system]
    secrets = {name: connection.secrets.get(name, "").strip() for name in ledger.FIELDS}
    if not all(secrets.values()):
        raise LedgerError("refused", permanent=True)
    with Client(ledger.SITE.moved(base) if base else ledger.SITE, sleep) as client:
        ledger.enter(client, secrets, today)
        yield ledger, client, secrets
