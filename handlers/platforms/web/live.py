"""The live stream: lines as they are posted or changed, as server-sent events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from bot.chat import Posted
from handlers.platforms.web.feed import Feed, Heard
from handlers.platforms.web.markup import Html

RETRY = 2000


def live_stream(feed: Feed, after: str, shown: Callable[[Posted], Html]) -> StreamingResponse:
    """Everything after a mark, each line as a JSON string of its HTML."""
    return StreamingResponse(
        _events(feed, after, shown),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(feed: Feed, after: str, shown: Callable[[Posted], Html]) -> AsyncIterator[str]:
    yield f"retry: {RETRY}\n\n"
    async for heard in feed.listen(after):
        html = await run_in_threadpool(shown, heard.posted) if heard.posted else Html("")
        yield _event(heard, html)


def _event(heard: Heard, html: str) -> str:
    if not heard.posted and not heard.stale:
        return ": still here\n\n"
    name = "stale" if heard.stale else "line"
    return f"id: {heard.mark}\nevent: {name}\ndata: {json.dumps(html)}\n\n"
