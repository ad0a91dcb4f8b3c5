"""Asking Telegram for what came in; it is confirmed only once it is kept.

The library's own Updater confirms what lies in a queue in memory, and a crash would lose that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from telegram.error import InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.errors import BooksShut
from handlers.platforms.telegram.hearing import HEARD
from handlers.platforms.telegram.wire import Brief, seconds

log = logging.getLogger(__name__)
LONG = 25
"""Seconds that Telegram holds a question open while nothing comes."""
FIRST, MOST = 1.0, 30.0
TRIES = 5
"""How often one update is tried before it is left: it must not stand in the way of all others for ever."""
Json = dict[str, Any]
Take = Callable[[Json], Awaitable[None]]


class Asked(Brief):
    """A bot that also gives updates as they came: one that cannot be read must not hide the others."""

    async def updates(self, offset: int) -> list[Json]:
        """What came in from a number on."""
        asked = {"offset": offset, "timeout": LONG, "allowed_updates": HEARD}
        wait = (self.request.read_timeout or 0) + LONG
        return cast(list[Json], await self._post("getUpdates", asked, read_timeout=wait))


async def poll(bot: Asked, take: Take, dead: Callable[[], Awaitable[None]]) -> None:
    """Take what comes in until this is cancelled, or until the token is not accepted any more."""
    offset, wait = 0, 0.0
    while True:
        try:
            updates = await bot.updates(offset)
        except TimedOut:
            continue
        except InvalidToken:
            log.error("Telegram does not accept the token any more")
            return await dead()
        except TelegramError as error:
            if not wait:
                log.warning("nothing comes from Telegram just now, trying again: %s", type(error).__name__)
            wait = min(MOST, 2 * wait or FIRST)
            await asyncio.sleep(seconds(error) if isinstance(error, RetryAfter) else wait)
            continue
        wait = 0.0
        # Together, so that a hundred are kept as quickly as one; whoever takes them sees to their order.
        await asyncio.gather(*(_surely(update, take) for update in updates))
        offset = max((update["update_id"] + 1 for update in updates), default=offset)


async def _surely(update: Json, take: Take) -> None:
    """While the books are shut nothing can be kept: Telegram keeps it meanwhile."""
    left = TRIES
    while left:
        try:
            await take(update)
        except BooksShut:
            log.warning("update %s waits until the books are open", update.get("update_id"))
        except Exception:
            left -= 1
            log.exception("update %s could not be kept, %s tries left", update.get("update_id"), left)
        else:
            return
        await asyncio.sleep(1)
