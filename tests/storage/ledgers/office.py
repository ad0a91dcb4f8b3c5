"""An accounting system on loopback: it answers as a vendor's published schema says, and can misbehave."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Params = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """What the office answers."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What it was asked."""

    method: str
    path: str
    params: Params
    headers: Mapping[str, str]


@dataclass
class Office:
    """Paths and what stands there; `let_in` tells by the headers; `moods` are answers given first."""

    pages: dict[str, Callable[[Params], Said]] = field(default_factory=dict)
    let_in: Callable[[Mapping[str, str]], bool] = lambda headers: True
    moods: deque[Said] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    base: str = ""

    def answer(self, asked: Asked) -> Said:
        self.asked.append(asked)
        if self.moods:
            return self.moods.popleft()
        if not self.let_in(asked.headers):
            return Said({"message": "Unauthorized"}, 401)
        page = self.pages.get(asked.path)
        return page(asked.params) if page else Said({"message": "Not Found"}, 404)

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.asked]


@contextmanager
def opened(office: Office) -> Iterator[Office]:
    """The office at its desk, on a port of its own."""

    class Desk(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            address = urlsplit(self.path)
            form = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            params = dict(parse_qsl(f"{address.query}&{form}", keep_blank_values=True))
            said = office.answer(Asked(self.command, address.path, params, dict(self.headers)))
            content = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
            self.send_response(said.status)
            for name, value in {"Content-Length": str(len(content)), **said.headers}.items():
                self.send_header(name, value)
            with suppress(ConnectionError):
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815  # the names that http.server calls

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    office.base = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
