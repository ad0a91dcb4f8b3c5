"""The web chat as an application: the page, what is said and pressed on it, and what it hears."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.chat import Inbox, Posted, Request
from bot.errors import BooksShut
from handlers.platforms.web.cards import Look, conversation, line
from handlers.platforms.web.feed import Feed
from handlers.platforms.web.guard import LOOPBACK, Guard, SafeHeaders, cookie_name, from_own_page
from handlers.platforms.web.incoming import TooBig, read
from handlers.platforms.web.lines import Lines
from handlers.platforms.web.live import live_stream
from handlers.platforms.web.markup import Html, tag
from handlers.platforms.web.page import View, closed_page, log, megabytes, notice, said, whole_page
from handlers.platforms.web.words import Texts, best_language, own_texts

log_book = logging.getLogger(__name__)

LINES = 50
MONTH = 30 * 24 * 3600
PART_HEADER = "x-purr-part"
STATIC = Path(__file__).with_name("static")


class TurnedAway(Exception):
    """A call that gets a sentence instead of what it asked for."""

    def __init__(self, status: int, key: str, **facts: object) -> None:
        super().__init__(status, key)
        self.status = status
        self.key = key
        self.facts = facts


def web_app(
    *,
    inbox: Inbox,
    lines: Lines,
    token: str,
    feed: Feed,
    texts: Texts | None = None,
    hosts: Collection[str] = (),
    upload_limit: int = 20_000_000,
    who: str = "",
) -> Starlette:
    """The chat for one owner; `hosts` are names besides loopback, `upload_limit` is in bytes for one post."""
    site = Site(inbox, lines, feed, Guard(token), texts or own_texts(), upload_limit, who)
    return Starlette(
        routes=site.routes(),
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, *hosts], www_redirect=False),
        ],
        exception_handlers={
            TurnedAway: site.turned_away,
            HTTPException: site.http_error,
            BooksShut: site.books_shut,
        },
    )


@dataclass(frozen=True, slots=True)
class Site:
    """Everything an answer of the chat needs."""

    inbox: Inbox
    lines: Lines
    feed: Feed
    guard: Guard
    texts: Texts
    upload_limit: int
    who: str

    def routes(self) -> Sequence[Route | Mount]:
        """The addresses of the chat."""
        return (
            Route("/", self.front),
            Route("/lines", self.part),
            Route("/events", self.events),
            Route("/files/{ref}", self.file),
            Route("/say", self.say, methods=["POST"]),
            Route("/press", self.say, methods=["POST"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        )

    async def front(self, call: Call) -> Response:
        """The page; the token of the address is swapped for a session and leaves the address bar."""
        if "token" in call.query_params:
            return self._come_in(call)
        if self.guard.session(call):
            asked = call.headers.get("accept-language", "")
            await run_in_threadpool(self.lines.meet, best_language(asked, self.texts))
        look, view = await self._shown(call)
        return HTMLResponse(whole_page(view, look))

    async def part(self, call: Call) -> Response:
        """The conversation alone, for a page that was away or wants what came before."""
        look, view = await self._shown(call)
        return HTMLResponse(log(view, look), headers={"X-Purr-Mark": view.mark})

    async def events(self, call: Call) -> Response:
        """The live stream from where the page stopped hearing."""
        session = self._session(call)
        after = call.headers.get("last-event-id") or call.query_params.get("after", "")
        return live_stream(self.feed, after, lambda posted: line(posted, self._look(call, session)))

    async def file(self, call: Call) -> Response:
        """A file that a card gives away: saved, never opened on the page."""
        self._session(call)
        found = await run_in_threadpool(self.lines.handout, call.path_params["ref"])
        if found is None:
            raise TurnedAway(404, "missing")
        name, content = found
        saved = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        return Response(
            content, media_type="application/octet-stream", headers={"Content-Disposition": saved}
        )

    async def say(self, call: Call) -> Response:
        """Words, a press, a filled form or files: to the inbox, and its lines back."""
        session = self._session(call)
        request = await self._incoming(call, session)
        before = await run_in_threadpool(self.lines.business)
        posted = await self._ask(request) if request.text or request.press or request.files else ()
        if await run_in_threadpool(self.lines.business) == before:
            self.feed.publish(*posted)
        else:
            self.feed.turn()
        if PART_HEADER not in call.headers:
            return RedirectResponse("/", status_code=303)
        return HTMLResponse(await run_in_threadpool(self._answer, posted, call, session))

    async def turned_away(self, call: Call, error: Exception) -> Response:
        """A sentence for the page's script, or a page of its own."""
        assert isinstance(error, TurnedAway)
        look = await run_in_threadpool(self._look, call, "")
        text = said(look.words, error.key, **error.facts)
        if PART_HEADER in call.headers:
            return HTMLResponse(notice(text, look.words), error.status)
        title = look.words.get(f"{error.key}_title", "Purr")
        address = f"{call.base_url}?token=…" if error.key == "closed" else ""
        return HTMLResponse(closed_page(title, text, look, address), error.status)

    async def http_error(self, call: Call, error: Exception) -> Response:
        """An address or method that is not ours."""
        assert isinstance(error, HTTPException)
        key = "missing" if error.status_code in (404, 405) else "stranger"
        return await self.turned_away(call, TurnedAway(error.status_code, key))

    async def books_shut(self, call: Call, error: Exception) -> Response:
        """The books cannot be written in just now: what was asked for has not happened."""
        assert isinstance(error, BooksShut)
        return await self.turned_away(call, TurnedAway(503, error.key))

    def _come_in(self, call: Call) -> Response:
        if not self.guard.opens(call.query_params["token"]):
            raise TurnedAway(403, "closed")
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            cookie_name(call),
            self.guard.new_session(),
            max_age=MONTH,
            secure=call.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return response

    def _session(self, call: Call) -> str:
        session = self.guard.session(call)
        if not session:
            raise TurnedAway(403, "closed")
        return session

    def _look(self, call: Call, session: str) -> Look:
        asked = call.headers.get("accept-language", "")
        language = self._language() or best_language(asked, self.texts)
        return Look(language, self.texts[language], self.guard.csrf(session) if session else "")

    def _language(self) -> str:
        try:
            return self.lines.language()
        except BooksShut:
            return ""

    async def _shown(self, call: Call) -> tuple[Look, View]:
        session = self._session(call)
        look = await run_in_threadpool(self._look, call, session)
        return look, await run_in_threadpool(self._view, call.query_params.get("before", ""))

    def _view(self, before: str) -> View:
        # The mark is taken first: a line posted meanwhile is then heard twice, never missed.
        mark = self.feed.mark()
        lines = self.lines.recent(before, LINES)
        earlier = lines[0].id if len(lines) == LINES else ""
        return View(self.lines.business(), self.lines.title(), lines, earlier, mark, self.upload_limit)

    def _answer(self, posted: tuple[Posted, ...], call: Call, session: str) -> Html:
        look = self._look(call, session)
        shown = conversation(posted, look)
        whose = {"data_business": self.lines.business(), "data_title": self.lines.title() or "Purr"}
        return tag("div", shown, **whose, data_language=look.language)

    async def _incoming(self, call: Call, session: str) -> Request:
        if not from_own_page(call):
            raise TurnedAway(403, "stranger")
        try:
            incoming = await read(call, self.upload_limit)
        except TooBig:
            raise TurnedAway(413, "too_big", limit=megabytes(self.upload_limit)) from None
        if not self.guard.knows(session, incoming.csrf):
            raise TurnedAway(403, "stranger")
        return incoming.request

    async def _ask(self, request: Request) -> tuple[Posted, ...]:
        try:
            return await run_in_threadpool(partial(self._ask_inbox, request))
        except BooksShut:
            raise
        except Exception:
            number = secrets.token_hex(3)
            kinds = [Path(upload.name).suffix for upload in request.files]  # a name may be a customer's
            log_book.exception("web %s failed: press %r, files %r", number, request.press[:6], kinds)
            raise TurnedAway(500, "bug", id=number) from None

    def _ask_inbox(self, request: Request) -> tuple[Posted, ...]:
        return self.inbox(replace(request, business=self.lines.business(), who=self.who))
