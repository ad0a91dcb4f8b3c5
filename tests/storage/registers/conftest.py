from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage.ledgers.office import Office, opened


@pytest.fixture
def office() -> Iterator[Office]:
    """A register on loopback that knows nobody yet."""
    with opened(Office()) as found:
        yield found
