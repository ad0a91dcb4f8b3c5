"""The topics of a group: its old messages, and being thrown out, name only the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.platforms import Drawer
from handlers.platforms.telegram.wire import Chat


@dataclass(frozen=True, slots=True)
class Topics:
    """Remembers which message is in which topic, and which topics a group has."""

    drawer: Drawer

    async def note(self, chat: Chat, numbers: Sequence[str], until: datetime) -> None:
        """Messages were shown in a topic."""
        topic = str(chat.thread)
        for number in numbers:
            await self.drawer.put(f"topic {chat.id} {number}", topic, until)
        known = await self.of(chat.id)
        if topic not in known:
            await self.drawer.put(f"topics {chat.id}", " ".join((*known, topic)))

    async def of(self, group: int) -> tuple[str, ...]:
        """The topics of a group."""
        return tuple((await self.drawer.get(f"topics {group}")).split())

    async def where(self, group: int, number: int) -> str:
        """The topic that a message is in; empty when it is in none."""
        return await self.drawer.get(f"topic {group} {number}")
