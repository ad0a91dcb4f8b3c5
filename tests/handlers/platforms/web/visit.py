"""A small conversation to show, and a visitor who came in by the address with the token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx2
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.chat import Action, Button, Card, Posted, Request
from handlers.platforms.web import Feed, web_app
from tests.handlers.platforms.browser import served

TOKEN = "a-token-of-many-letters"
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
Answer = Callable[[Request], tuple[Posted, ...]]


def posted(name: str, card: Card | str, *, mine: bool = False, outcome: str = "", at: int = 0) -> Posted:
    """A line, some minutes past noon."""
    said = Card(card) if isinstance(card, str) else card
    return Posted(name, NOON + timedelta(minutes=at), said, mine=mine, outcome=outcome)


def button(label: str = "Draft", *, token: str = "t-1", look: bool = False, copy: str = "") -> Button:
    """A button as the conversation hands it out."""
    return Button(label, Action("letter.draft", "INV-7"), look=look, copy=copy, token=token)


@dataclass
class Conversation:
    """Keeps what it was asked and answers with an echo, or as told; both Inbox and Lines of the chat."""

    kept: list[Posted] = field(default_factory=list)
    spoken: str = "en"
    answer: Answer | None = None
    requests: list[Request] = field(default_factory=list)
    feed: Feed = field(default_factory=Feed)
    met: str = ""

    def __call__(self, request: Request) -> tuple[Posted, ...]:
        """Keep the question and its answer."""
        self.requests.append(request)
        lines = self.answer(request) if self.answer else self._echo(request)
        known = {line.id for line in lines}
        self.kept = [*(line for line in self.kept if line.id not in known), *lines]
        return lines

    def meet(self, language: str) -> None:
        """Remember in which language the page was first opened."""
        self.met = self.met or language

    def business(self) -> str:
        """The business of the cast."""
        return "asas-bageri"

    def language(self) -> str:
        """As set, or unknown."""
        return self.spoken

    def title(self) -> str:
        """The business by name."""
        return "Åsas Bageri"

    def recent(self, before: str = "", limit: int = 50) -> tuple[Posted, ...]:
        """The last lines before one, or the last of all."""
        names = [line.id for line in self.kept]
        end = names.index(before) if before else len(names)
        return tuple(self.kept[max(0, end - limit) : end])

    def handout(self, ref: str) -> tuple[str, bytes] | None:
        """The one file there is."""
        return ("Åsas pack.zip", b"PK") if ref == "known" else None

    def app(self, *, upload_limit: int = 20_000_000) -> Starlette:
        """The chat over this conversation."""
        return web_app(
            inbox=self, lines=self, token=TOKEN, feed=self.feed, upload_limit=upload_limit, who="Åsa"
        )

    def _echo(self, request: Request) -> tuple[Posted, ...]:
        at = len(self.requests) * 2
        heard = request.text or request.press or ", ".join(upload.name for upload in request.files)
        own = posted(f"own-{at}", heard, mine=True, at=at)
        return own, posted(f"purr-{at}", f"You said: {heard}", at=at + 1)


@dataclass(frozen=True)
class Visit:
    """A browser that speaks plain HTTP; `csrf` is what its page told it."""

    client: httpx2.Client
    csrf: str

    def post(
        self, path: str, fields: dict[str, str] | None = None, *, part: bool = True, **more: object
    ) -> httpx2.Response:
        """Post as the page does: with its secret and its origin, asking for a part or for a page."""
        headers = {"Origin": str(self.client.base_url).rstrip("/")} | ({"X-Purr-Part": "1"} if part else {})
        return self.client.post(
            path,
            data={"csrf": self.csrf} | (fields or {}),
            headers=headers,
            **more,  # type: ignore[arg-type]  # files, as httpx2 takes them
        )


@contextmanager
def visited(conversation: Conversation, *, upload_limit: int = 20_000_000) -> Iterator[Visit]:
    """Somebody who opened the address that Purr printed."""
    with outside(conversation, upload_limit=upload_limit) as client:
        yield come_in(client)


@contextmanager
def listening(conversation: Conversation) -> Iterator[Visit]:
    """The same over a real connection, where an answer can go on for as long as the page is open."""
    with (
        served(conversation.app(), stopping=conversation.feed.close) as url,
        httpx2.Client(base_url=url) as client,
    ):
        yield come_in(client)


@contextmanager
def outside(conversation: Conversation, *, upload_limit: int = 20_000_000) -> Iterator[httpx2.Client]:
    """Somebody who found the port and knows nothing else."""
    app = conversation.app(upload_limit=upload_limit)
    with TestClient(app, "http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def come_in(client: httpx2.Client) -> Visit:
    """Swap the token for a session, and learn the page's secret."""
    page = client.get("/", params={"token": TOKEN}, follow_redirects=True)
    return Visit(client, page.text.partition('name="csrf" value="')[2].partition('"')[0])
