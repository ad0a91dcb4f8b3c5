"""A click in Slack: from its signed request to the 200 that says it is kept, beside the server's hello."""

from __future__ import annotations

import json
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from os import environ
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode

import uvicorn
from starlette.types import Receive, Scope, Send

from bot.chat import Action, Button, Card
from bot.platforms import Person, Place
from bot.settings import load
from handlers import platforms
from handlers.app import App
from handlers.platforms.web import bound
from storage.engine import Database
from tests import cast
from tests.e2e import payloads
from tests.handlers.platforms.slack.scene import AT_TALK
from tests.handlers.platforms.slack.workspace import ASA, SECRET, TALK, TEAM, TOKEN, workspace

WARM = 20
FORM = "application/x-www-form-urlencoded"
PATIENCE = 10.0
"""Seconds that an answer may take, and the server to begin."""
OK, END = b"HTTP/1.1 200 ", b"\r\n\r\n"


def acknowledged(clicks: int = 300) -> tuple[float, float]:
    """Seconds until a click is acknowledged, and until the server says hello to the same bytes: the medians.

    One connection, in turn. Each click is another one, stands in the books as soon as it is acknowledged,
    and is answered before the next comes, as people click.
    """
    taken: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as name, workspace() as place:
        folder = Path(name)
        token = _prepared(folder)
        with (
            _served(folder, place.api) as port,
            socket.create_connection(("127.0.0.1", port), PATIENCE) as line,
            closing(sqlite3.connect(folder / "purr.db")) as books,
        ):
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _wait_until_it_hears(line)
            for n in range(WARM + clicks):
                body = _click(token, f"{n}.trigger", place.response_url)
                ours = _seconds(line, _request("/slack/events", body))
                _wait_until_answered(books, f"{n}.trigger")
                taken.append((ours, _seconds(line, _request("/hello", body))))
    ours_all, floor_all = zip(*taken[WARM:], strict=True)
    return median(ours_all), median(floor_all)


def _prepared(folder: Path) -> str:
    """Books whose owner is known in Slack, and the token of a button that can be pressed again and again."""
    made, now = Database(f"sqlite:///{folder / 'purr.db'}"), datetime.now(UTC)
    made.migrate()
    made.add_business(cast.ASAS_BAGERI)
    with made.books(cast.ASAS_BAGERI.id, now) as books:
        cast.move_in(books, *cast.everyone(now.date()))
        books.members.link(books.members.owner().id, Person("slack", ASA, TEAM))
        books.lines.asked_in = books.places.open(Place("slack", TALK, TEAM), nudges=True).id
        button = Button("Today", Action("today.show"), look=True)
        token = books.lines.add(Card("Good morning", buttons=(button,))).card.buttons[0].token
    made.close()
    return token


@contextmanager
def _served(folder: Path, api: str) -> Iterator[int]:
    """Purr in a process of its own, with one more address that only says hello; the port."""
    context = get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(folder, api, theirs), daemon=True)
    process.start()
    try:
        if not mine.poll(6 * PATIENCE):
            raise SystemExit("the server did not begin")
        yield mine.recv()
    finally:
        process.terminate()
        process.join(PATIENCE)


def _serve(folder: Path, api: str, tell: Connection) -> None:
    """Purr's own site, on uvicorn as Purr runs it."""
    slack = {"bot_token": TOKEN, "signing_secret": SECRET, "api": api}
    environ.update(
        {f"PURR_SLACK_{name.upper()}": value for name, value in slack.items()}, PURR_DATA=str(folder)
    )
    app = App(load(None, platforms.options()))
    site = app.site("a token", app.platforms())

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        await (_hello if scope.get("path") == "/hello" else site)(scope, receive, send)

    taken = bound("127.0.0.1", 0)
    tell.send(taken.getsockname()[1])
    uvicorn.Server(uvicorn.Config(both, log_level="warning", access_log=False)).run([taken])


async def _hello(_scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


def _click(token: str, trigger: str, response_url: str) -> str:
    """A press on a message of eight invoices, of about four kilobytes as Slack sends it."""
    action = {"type": "button", "action_id": "press:0", "block_id": "b1", "value": token}
    button = {**action, "text": {"type": "plain_text", "text": "Today"}}
    sections = [
        {"type": "section", "block_id": f"b{n}", "accessory": button,
         "text": {"type": "mrkdwn", "text": f"*Café {n}* 4 125,50 kr · 12 days late"}}
        for n in range(8)
    ]  # fmt: skip
    on = {"type": "message", "ts": payloads.stamp(), "text": "Good morning", "blocks": sections}
    return urlencode({"payload": json.dumps(payloads.press(AT_TALK, on, button, trigger, response_url))})


def _request(path: str, body: str) -> bytes:
    headers = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **payloads.signed(SECRET, body, FORM)}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n{body}".encode()


def _seconds(line: socket.socket, request: bytes) -> float:
    """How long until a request is answered; what is not acknowledged stops the run."""
    began = perf_counter()
    answer = _answered(line, request)
    taken = perf_counter() - began
    if not answer.startswith(OK):
        raise SystemExit(f"not acknowledged: {answer!r}")
    return taken


def _answered(line: socket.socket, request: bytes) -> bytes:
    """The whole answer to a request."""
    line.sendall(request)
    head, body = b"", b""
    while not body and not head.endswith(END):
        head, end, body = (head + line.recv(65536)).partition(END)
        head += end
    length = next((h for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")), b":0")
    while len(body) < int(length.split(b":")[1]):
        body += line.recv(65536)
    return head + body


def _wait_until_it_hears(line: socket.socket) -> None:
    """Slack is connected in the background; until then Purr asks it to come again."""
    began = monotonic()
    while _answered(line, _request("/slack/events", "")).startswith(b"HTTP/1.1 503 "):
        if monotonic() - began > PATIENCE:
            raise SystemExit("Slack is not connected")
        sleep(0.05)


def _wait_until_answered(books: sqlite3.Connection, delivery: str) -> None:
    """It has to be kept by now; then wait until it is answered too."""
    query, began = "select done from heard where platform = 'slack' and delivery = ?", monotonic()
    while not (found := books.execute(query, (delivery,)).fetchone()) or not found[0]:
        if not found:
            raise SystemExit("a click was acknowledged that is not kept")
        if monotonic() - began > PATIENCE:
            raise SystemExit("a click is not answered")
        sleep(0.002)
