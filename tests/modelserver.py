"""A language model for tests: an endpoint on this machine that says what it is told to, or misbehaves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Mood = Literal[
    "say", "status", "redirect", "huge", "endless", "drip", "drip_head", "hang", "garbage", "empty", "deep",
    "packed", "other_shape", "cut", "not_http",
]  # fmt: skip
DRIP = 0.05


@dataclass
class ModelServer:
    """What it says to the data of a question, how it behaves, and what it was asked."""

    says: Callable[[str], str] = lambda data: data
    mood: Mood = "say"
    status: int = 200
    elsewhere: str = ""
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def data(self) -> list[str]:
        """What was put to it, without the rules."""
        return [question["messages"][-1]["content"] for question in self.asked]


@contextmanager
def model_server(
    says: Callable[[str], str] = lambda data: data, mood: Mood = "say", status: int = 200
) -> Iterator[ModelServer]:
    """An endpoint that runs while it is needed."""
    server = ModelServer(says, mood, status)

    class Handler(_Handler):
        model = server

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.stopped.set()
        http.shutdown()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    model: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.asked.append(question)
        self._answer(question["messages"][-1]["content"])

    def _answer(self, data: str) -> None:
        self.model.seen.append((self.command, self.path, dict(self.headers)))
        self.close_connection = True
        try:
            getattr(self, f"_{self.model.mood}")(data)
        except OSError:
            return

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body)), "Connection": "close"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _say(self, data: str) -> None:
        said = {"choices": [{"message": {"role": "assistant", "content": self.model.says(data)}}]}
        self._send(json.dumps(said).encode())

    def _status(self, data: str) -> None:
        self._send(b"{}", self.model.status)

    def _redirect(self, data: str) -> None:
        self._send(b"", 307, Location=self.model.elsewhere)

    def _huge(self, data: str) -> None:
        self._send(b'{"choices": [{"message": {"content": "' + b"x" * 10_000_000 + b'"}}]}')

    def _endless(self, data: str) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.model.stopped.is_set():
            self.wfile.write(b"x" * 65536)

    def _drip(self, data: str) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.model.stopped.is_set():
            self.wfile.write(b" ")
            time.sleep(DRIP)

    def _drip_head(self, data: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.model.stopped.is_set():
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(DRIP)

    def _hang(self, data: str) -> None:
        self.model.stopped.wait(30)

    def _garbage(self, data: str) -> None:
        self._send(b'{"choices": [{"message": {"content": "half of it')

    def _empty(self, data: str) -> None:
        self._send(b"")

    def _deep(self, data: str) -> None:
        self._send(b"[" * 200_000)

    def _packed(self, data: str) -> None:
        self._send(b"\x1f\x8b" + b"\0" * 50, Content_Encoding="gzip")

    def _other_shape(self, data: str) -> None:
        self._send(json.dumps({"choices": [{"message": {"content": None}}]}).encode())

    def _cut(self, data: str) -> None:
        self._send(b'{"choices": []}', Content_Length="5000")

    def _not_http(self, data: str) -> None:
        self.wfile.write(b"220 mail.example ESMTP\r\n")
