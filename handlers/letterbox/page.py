"""The customer's page: a signed link shows what is owed and how to pay, and takes one of four answers.

Who comes without such a link is told the same as everybody, before any books are opened. Looking changes
nothing.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import presses
from bot.links import Address, Sign, opened
from handlers.letterbox.message import paper_name
from handlers.letterbox.page_limits import Allowance, caller
from handlers.letterbox.page_visits import Visit, Visits
from messages.pages import Mistake, Notice, Shown, notice, page, spoken

LARGEST = 32 * 1024
"""How many bytes a filled form may have: the longest words, each letter written out."""
FIELDS = 20
PATIENCE = 15.0
"""Seconds within which a form has come whole."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
POLICY = (
    "default-src 'none'; img-src data:; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

log = logging.getLogger(__name__)


class TurnedAway(Exception):
    """A call that gets a page without anybody's name on it; `wait` seconds until it may be made again."""

    def __init__(self, status: int, key: Notice, wait: int = 0) -> None:
        super().__init__(status, key)
        self.status = status
        self.key = key
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a link may be looked at and spoken through, how often one caller may, and may guess."""

    looks: Allowance = field(default_factory=lambda: Allowance(60, 60))
    says: Allowance = field(default_factory=lambda: Allowance(10, 600))
    calls: Allowance = field(default_factory=lambda: Allowance(300, 60))
    guesses: Allowance = field(default_factory=lambda: Allowance(30, 600))


def page_app(visits: Visits, sign: Sign, hosts: Collection[str], limits: Limits | None = None) -> Starlette:
    """The pages of all letters, under the names that Purr is reached by."""
    pages = Pages(visits, sign, limits or Limits())
    return Starlette(
        routes=[
            Route("/{token}", pages.served(pages.show)),
            Route("/{token}", pages.served(pages.take), methods=["POST"]),
            Route("/{token}/{paper}", pages.served(pages.paper)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False)],
        exception_handlers={HTTPException: pages.no_such_way},
    )


Answer = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Pages:
    """Everything that serving a page needs."""

    visits: Visits
    sign: Sign
    limits: Limits

    def served(self, answer: Answer) -> Answer:
        """An answer that says in words why it is none, and tells nothing more, also when it breaks."""

        async def safely(call: Call) -> Response:
            try:
                return await answer(call)
            except TurnedAway as away:
                return _notice(call, away)
            except ClientDisconnect:
                return Response(status_code=400)
            except Exception:
                log.exception("a customer's page broke: %s", secrets.token_hex(3))
                return _notice(call, TurnedAway(500, "broken"))

        return safely

    async def no_such_way(self, call: Call, error: Exception) -> Response:
        """An address or a method that there is not."""
        assert isinstance(error, HTTPException)
        return _notice(call, TurnedAway(error.status_code, "gone"))

    async def show(self, call: Call) -> Response:
        """The page as things stand; `said` says which of the four has just been pressed."""
        visit = await self._visit(self._address(call))
        told = presses.kind(call.query_params.get("said", "")) or ""
        return _page(call, visit, told=told)

    async def take(self, call: Call) -> Response:
        """One of the four answers; a reload afterwards only looks again."""
        address = self._address(call)
        if wait := self.limits.says.take(address.letter):
            raise TurnedAway(429, "busy", wait)
        values = await _form(call)
        kind = presses.kind(values.get("say", ""))
        visit = await self._visit(address)
        if kind is None:
            raise TurnedAway(404, "gone")
        language = spoken(call.query_params.get("lang", ""), "", visit.letter.language)
        said = await run_in_threadpool(self.visits.say, address, kind, values, language)
        if said is None:
            raise TurnedAway(404, "gone")
        visit, wrong = said
        if wrong:
            return _page(call, visit, wrong=wrong)
        token = call.path_params["token"]
        back = RedirectResponse(f"{token}?lang={language}&said={kind}#said", status_code=303)
        back.headers.update(HEADERS)
        return back

    async def paper(self, call: Call) -> Response:
        """The PDF of an invoice that the page shows."""
        visit = await self._visit(self._address(call))
        for papers in visit.papers.values():
            if found := papers.get(call.path_params["paper"]):
                is_pdf = found.content.startswith(b"%PDF-")
                kind = "application/pdf" if is_pdf else "application/octet-stream"
                name = f"attachment; filename*=UTF-8''{quote(paper_name(found.name))}"
                policy = {"Content-Security-Policy": "default-src 'none'; sandbox"}
                headers = HEADERS | policy | {"Content-Disposition": name}
                return Response(found.content, media_type=kind, headers=headers)
        raise TurnedAway(404, "gone")

    def _address(self, call: Call) -> Address:
        """Whose page it is, by the link alone."""
        who = caller(call.client.host if call.client else "")
        if wait := self.limits.calls.take(who):
            raise TurnedAway(429, "busy", wait)
        address = opened(call.path_params["token"], self.sign)
        if address is None:
            wait = self.limits.guesses.take(who)
            raise TurnedAway(429, "busy", wait) if wait else TurnedAway(404, "gone")
        if wait := self.limits.looks.take(address.letter):
            raise TurnedAway(429, "busy", wait)
        return address

    async def _visit(self, address: Address) -> Visit:
        visit = await run_in_threadpool(self.visits.look, address)
        if visit is None:
            raise TurnedAway(404, "gone")
        return visit


async def _form(call: Call) -> dict[str, str]:
    """What was filled in; nothing larger than a form can be, and nothing that is none."""
    if call.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise TurnedAway(415, "gone")
    try:
        async with asyncio.timeout(PATIENCE):
            content = await _content(call)
        return dict(parse_qsl(content.decode(errors="replace"), max_num_fields=FIELDS, errors="replace"))
    except TimeoutError:
        raise TurnedAway(408, "busy") from None
    except ValueError:
        raise TurnedAway(413, "long") from None


async def _content(call: Call) -> bytes:
    content = bytearray()
    async for chunk in call.stream():
        content += chunk
        if len(content) > LARGEST:
            raise TurnedAway(413, "long")
    return bytes(content)


def _page(call: Call, visit: Visit, *, told: str = "", wrong: Mistake | None = None) -> Response:
    token, nonce = call.path_params["token"], secrets.token_urlsafe(16)
    language = spoken(call.query_params.get("lang", ""), "", visit.letter.language)
    papers = {of: tuple(f"{token}/{digest}" for digest in found) for of, found in visit.papers.items()}
    shown = Shown(
        language=language,
        today=visit.today,
        nonce=nonce,
        action=f"{token}?lang={language}",
        told=told,
        wrong=wrong,
        papers=papers,
    )
    return _html(page(visit.sheet, visit.business, shown), nonce, 422 if wrong else 200, language)


def _notice(call: Call, away: TurnedAway) -> Response:
    """The same words for everybody, in the language of whoever reads them."""
    nonce = secrets.token_urlsafe(16)
    language = spoken(call.query_params.get("lang", ""), call.headers.get("accept-language", ""))
    told = _html(notice(language, away.key, nonce), nonce, away.status, language)
    if away.wait:
        told.headers["Retry-After"] = str(away.wait)
    return told


def _html(content: str, nonce: str, status: int, language: str) -> HTMLResponse:
    policy: Mapping[str, str] = {"Content-Security-Policy": POLICY.format(nonce=nonce)}
    headers = {**HEADERS, **policy, "Content-Language": language}
    return HTMLResponse(content, status, headers)
