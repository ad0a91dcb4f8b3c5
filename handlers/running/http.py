"""Each call over HTTP is a piece of work, known by its kind of address and never by the address itself."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.running.traces import Work, traced

KNOWN = frozenset("events files health lines metrics p press say slack static telegram".split())
"""What an address may begin with; more of it can hold a token."""
WATCHING = frozenset({"health", "metrics"})


class Traced:
    """Traces every call until its answer begins; what is streamed after that may last for hours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        first = scope.get("path", "").strip("/").partition("/")[0]
        if scope["type"] != "http" or first in WATCHING:
            await self.app(scope, receive, send)
            return
        name = first if first in KNOWN else "other" if first else "front"
        with traced("http", name) as work:
            await self.app(scope, receive, _noting(work, send))


def _noting(work: Work, send: Send) -> Send:
    async def noted(message: Message) -> None:
        if message["type"] == "http.response.start":
            work.outcome = str(message["status"])
            work.answered()
        await send(message)

    return noted
