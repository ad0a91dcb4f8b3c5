"""Two addresses for programs that watch over Purr, `/health` and `/metrics`; others find nothing there."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request as Call
from starlette.responses import Response
from starlette.routing import Route

from handlers.platforms.web.guard import LOOPBACK

PATIENCE = 5.0
"""Seconds that looking may take."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""What a proxy adds when it passes somebody else's call on."""

Answer = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Permit:
    """Who may look: who brings one of these words, and, if so chosen, who calls from this machine."""

    words: tuple[str, ...] = ()
    nearby: bool = True

    def lets_in(self, call: Call) -> bool:
        """Whether this caller may look."""
        scheme, _, word = call.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and any(_same(word, known) for known in self.words if known):
            return True
        return self.nearby and _is_nearby(call)


def watching(
    health: Callable[[], Mapping[str, object]], figures: Callable[[], str], permit: Permit
) -> Sequence[Route]:
    """The two addresses; `health` tells under "ok" whether all is well."""
    few = CapacityLimiter(2)

    async def tell_health(_call: Call) -> Response:
        try:
            async with asyncio.timeout(PATIENCE):
                told = await to_thread.run_sync(health, abandon_on_cancel=True, limiter=few)
        except TimeoutError:
            told = {"ok": False, "database": "does not answer in time"}
        status = 200 if told["ok"] else 503
        return _said(json.dumps(told), "application/json", status)

    async def tell_figures(_call: Call) -> Response:
        return _said(await to_thread.run_sync(figures, limiter=few), TEXT)

    def guarded(answer: Answer) -> Answer:
        async def asked(call: Call) -> Response:
            return await answer(call) if permit.lets_in(call) else Response(status_code=404)

        return asked

    return (Route("/health", guarded(tell_health)), Route("/metrics", guarded(tell_figures)))


def _said(text: str, kind: str, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(text, status, headers, media_type=kind)


def _is_nearby(call: Call) -> bool:
    """Called on this machine, by a name of this machine, and passed on by nobody."""
    try:
        here = ip_address(call.client.host if call.client else "").is_loopback
    except ValueError:
        return False
    return here and call.url.hostname in LOOPBACK and not any(name in call.headers for name in PASSED_ON)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
