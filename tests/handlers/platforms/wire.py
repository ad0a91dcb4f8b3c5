"""A house with platforms connected: a loop of its own in a thread, as in the running app."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.platforms import Platform, Switchboard
from handlers.switchboard import Exchange
from storage.ids import digest_of
from tests.handlers.stage import OWNER, House

T = TypeVar("T")
PATIENCE = 30.0
CODE = "ABCDEFGH"
"""A code that links the owner."""


@dataclass
class Wire:
    """A house on the telephone: `run` does something in the loop where its platforms live."""

    house: House
    platform: Platform
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @property
    def exchange(self) -> Exchange:
        """The switchboard of the house."""
        return self.house.app.exchange

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def settle(self) -> None:
        """Wait until all that was heard is answered and shown."""
        self.run(self.exchange.settled())

    def restart(self, opening: Callable[[Switchboard], Platform]) -> None:
        """Stop, and start again as a new process would: what is not kept is gone."""
        self.run(self.exchange.stop())
        self.house.app.database.close()
        self.house.app = type(self.house.app)(self.house.app.settings, self.house.clock)
        self.house.hands = self.house.app.hands(
            lambda _session, job, _key, *args: self.house.jobs.append((job, args[0]))
        )
        self.platform = opening(self.exchange.line(self.platform.name))
        self.run(self.exchange.start([self.platform]))
        self.settle()


@contextmanager
def wired(house: House, name: str, opening: Callable[[Switchboard], Platform]) -> Iterator[Wire]:
    """A house with one platform connected, until the block ends."""
    wire = Wire(house, opening(house.app.exchange.line(name)))
    thread = threading.Thread(target=wire.loop.run_forever, daemon=True)
    thread.start()
    try:
        wire.run(wire.exchange.start([wire.platform]))
        wire.settle()
        yield wire
    finally:
        wire.run(wire.exchange.stop())
        wire.loop.call_soon_threadsafe(wire.loop.stop)
        thread.join(PATIENCE)
        wire.loop.close()


def invite(house: House, code: str = CODE, member: str = "owner", business: str = "") -> str:
    """A code by which the owner, or another member, is linked."""
    with house.app.database.books(business or house.business.id, house.clock()) as books:
        owner = books.members.owner()
        assert owner.name == OWNER
        until = house.clock().replace(year=house.clock().year + 1)
        books.members.invite(member, digest_of(code.encode()), until)
    return code
