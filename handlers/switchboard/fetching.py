"""Fetching the files that came with what was heard, tried again while their platform cannot give them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import islice

from bot.chat import Upload
from bot.errors import DeliveryError, Refusal
from bot.platforms import Attachment, Heard, Later, Moved, Place, Platform, TooLarge, Unreachable
from handlers.switchboard.pacing import doubling

MEGABYTE = 1024 * 1024
TRIES = 5
LONGEST = 30.0
"""Seconds between two tries, at the most: all that comes later in that place waits too."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files that could be had, and why another one could not."""

    files: tuple[Upload, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Fetching:
    """Fetches from one platform; no file of more than `limit` bytes. `rest` waits so many seconds."""

    platform: Platform
    limit: int
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def __call__(self, heard: Heard) -> Fetched:
        """All files that can be had."""
        files: list[Upload] = []
        refusal = None
        for attachment in heard.attachments:
            try:
                files.append(await self._file(heard.place, attachment))
            except Refusal as no:
                refusal = no
        return Fetched(tuple(files), refusal)

    async def _file(self, place: Place, file: Attachment) -> Upload:
        if file.size > self.limit:
            raise self._too_large(file)
        try:
            content = await self._tried(place, replace(file, size=file.size or self.limit))
        except TooLarge:
            raise self._too_large(file) from None
        except (Later, Moved, Unreachable, DeliveryError) as problem:
            log.warning("a file could not be had from %s: %s", place.platform, type(problem).__name__)
            raise Refusal("file_lost", name=file.name) from problem
        if len(content) > self.limit:
            raise self._too_large(file)
        return Upload(file.name, content)

    async def _tried(self, place: Place, file: Attachment) -> bytes:
        for wait in islice(doubling(LONGEST), TRIES - 1):
            try:
                return await self.platform.fetch(place, file)
            except Later as later:
                await self.rest(max(min(later.seconds, LONGEST), wait))
        return await self.platform.fetch(place, file)

    def _too_large(self, file: Attachment) -> Refusal:
        return Refusal("file_big", name=file.name, limit=self.limit // MEGABYTE)
