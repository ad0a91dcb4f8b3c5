"""Where a customer's cards hang, and where a line is shown; kept, for Purr reads no history."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.platforms import Drawer, Place

REMEMBERED = 1000


class Threads:
    """The thread of each customer in each channel, by its first message; and back."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer = drawer

    async def root(self, place: Place, customer: str) -> str:
        """The message a customer's cards hang under; empty before there is one."""
        return await self._drawer.get(f"thread:{place.team}:{place.chat}:{customer}")

    async def customer(self, place: Place, root: str) -> str:
        """Whose thread a message begins; empty when it is nobody's."""
        return await self._drawer.get(f"customer:{place.team}:{place.chat}:{root}") if root else ""

    async def begin(self, place: Place, customer: str, root: str) -> None:
        """Keep the first message of a customer's thread."""
        await self._drawer.put(f"thread:{place.team}:{place.chat}:{customer}", root)
        await self._drawer.put(f"customer:{place.team}:{place.chat}:{root}", customer)

    async def end(self, place: Place, customer: str) -> None:
        """Forget a thread whose first message is gone."""
        await self._drawer.put(f"thread:{place.team}:{place.chat}:{customer}", "")


class Whereabouts:
    """Where the latest lines are shown, for those who wait to be pointed there."""

    def __init__(self) -> None:
        self._shown: OrderedDict[tuple[str, str], asyncio.Future[str]] = OrderedDict()

    def note(self, place: Place, line: str, message: str) -> None:
        """A line has been shown in a place."""
        found = self._found(place, line)
        if not found.done():
            found.set_result(message)

    async def of(self, place: Place, line: str, within: float) -> str:
        """The message that shows a line, as soon as there is one; empty when that takes too long."""
        found = self._found(place, line)
        await asyncio.wait({found}, timeout=within)
        return found.result() if found.done() else ""

    def _found(self, place: Place, line: str) -> asyncio.Future[str]:
        key = (place.chat, line)
        if key not in self._shown:
            self._shown[key] = asyncio.get_running_loop().create_future()
        while len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)
        return self._shown[key]
