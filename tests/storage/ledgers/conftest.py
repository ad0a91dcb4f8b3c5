from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.ledgers import Connection, Pulled
from storage.ledgers import pull
from tests.storage.ledgers.office import Office, opened

TODAY = date(2026, 11, 26)


@pytest.fixture
def office() -> Iterator[Office]:
    with opened(Office()) as found:
        yield found


def pulled(office: Office, system: str, secrets: dict[str, str], cursor: str = "") -> Pulled:
    """What is read from the office; the waits are only written down."""
    connection = Connection(system=system, secrets=secrets, cursor=cursor)
    return pull(connection, TODAY, base=office.base, sleep=office.slept.append)
