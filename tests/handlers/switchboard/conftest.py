"""What the tests of the switchboard share: a house whose customers owe it money, and a platform."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.example import fill
from tests.handlers.platforms.pocket import NAME, Talk, pocket
from tests.handlers.platforms.wire import Wire, wired
from tests.handlers.stage import Clock, House, bakery
from tests.handlers.talk import MORNING, NOWHERE


class Ticking(Clock):
    """A clock that goes on a little with every look at it: no two things happen at once."""

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@pytest.fixture
def house(home: Path) -> House:
    """A bakery whose customers owe it money, on a Wednesday morning."""
    house = House(home, NOWHERE, bakery("SE", "en"), Ticking(MORNING))
    with house.app.database.books(house.business.id, house.clock()) as books:
        fill(house.app.inbox.desk(books))
    return house


@pytest.fixture
def wire(house: House) -> Iterator[Wire]:
    """The house, connected."""
    with wired(house, NAME, pocket) as wire:
        yield wire


@pytest.fixture
def asa(wire: Wire) -> Talk:
    """The owner, who has come in."""
    return Talk.linked(wire)
