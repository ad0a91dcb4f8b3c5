"""Who may come in, and from where: the start-up token, the session, the origin, the headers."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.requests import Request as Call
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# `no-referrer` would make browsers send `Origin: null` with a plain form, and the origin check needs it.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Sessions signed with the start-up token: a new token shuts every old page out."""

    token: str

    def opens(self, offered: str) -> bool:
        """Whether this is the token of the address, compared in constant time."""
        return bool(self.token) and hmac.compare_digest(offered.encode(), self.token.encode())

    def new_session(self) -> str:
        """A fresh session, fit for a cookie."""
        name = secrets.token_hex(16)
        return f"{name}.{self._sign('session', name)}"

    def session(self, call: Call) -> str:
        """The name of the caller's session, or "" when there is none that we made."""
        name, _, signature = call.cookies.get(cookie_name(call), "").partition(".")
        return name if _same(signature, self._sign("session", name)) else ""

    def csrf(self, session: str) -> str:
        """The secret that only a page of this session knows."""
        return self._sign("csrf", session)

    def knows(self, session: str, csrf: str) -> bool:
        """Whether a post carries its session's secret."""
        return _same(csrf, self.csrf(session))

    def _sign(self, purpose: str, name: str) -> str:
        return hmac.new(self.token.encode(), f"{purpose}:{name}".encode(), sha256).hexdigest()


def cookie_name(call: Call) -> str:
    """A cookie for each port, since browsers share cookies between ports and two Purrs may run."""
    return f"purr-{call.url.port or 80}"


def from_own_page(call: Call) -> bool:
    """Whether a post comes from a page of ours: the browser must say so, in one header or both."""
    origin, site = call.headers.get("origin"), call.headers.get("sec-fetch-site")
    own = f"{call.url.scheme}://{call.url.netloc}"
    return (origin or site) is not None and origin in (None, own) and site in (None, "same-origin")


class SafeHeaders:
    """Adds the headers that keep a page to itself to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, the answer with its headers."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_safely)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
