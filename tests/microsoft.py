"""Microsoft for tests: signs people in by a code as the real one does (RFC 8628), and can be in its moods."""

from __future__ import annotations

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from bot.parties import MailServer
from handlers.letterbox.microsoft import Provider

CLIENT = "11111111-2222-3333-4444-555555555555"
INVITED = {
    "user_code": "B7KX-QPL2",
    "device_code": "a-key-nobody-sees",
    "verification_uri": "https://microsoft.com/devicelogin",
    "expires_in": 900,
    "interval": 5,
}


@dataclass
class Microsoft:
    """Who signs in, whether they have, and what was asked. `access` is what opens their mailbox.

    `error` is what it answers instead; `raw` are the bytes of an answer that is none.
    """

    user: str = "asa@asasbageri.example"
    access: str = "opens-the-mailbox"
    lasts: int = 3600
    signed_in: bool = False
    error: str = ""
    status: int = 400
    raw: bytes = b""
    url: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def renewals(self) -> list[str]:
        """With what an access was asked for anew."""
        return [form["refresh_token"] for _, form in self.asked if "refresh_token" in form]

    def provider(self, incoming: MailServer, outgoing: MailServer) -> Provider:
        """It, with mail servers on this machine."""
        return Provider(login=self.url, incoming=incoming, outgoing=outgoing)

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """What it says to what is asked."""
        self.asked.append((path, form))
        if self.error:
            return self.status, {"error": self.error}
        if path.endswith("/devicecode"):
            return 200, INVITED
        if not self.signed_in:
            return 400, {"error": "authorization_pending"}
        claims = (
            urlsafe_b64encode(json.dumps({"preferred_username": self.user}).encode()).decode().rstrip("=")
        )
        return 200, {
            "access_token": self.access,
            "refresh_token": f"renewal-{len(self.asked)}",
            "expires_in": self.lasts,
            "id_token": f"e30.{claims}.x",
        }


@contextmanager
def microsoft() -> Iterator[Microsoft]:
    """It, while it is needed."""
    server = Microsoft()

    class Handler(_Handler):
        said_by = server

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}"
    threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    said_by: Microsoft

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        status, told = self.said_by.answer(self.path, form)
        content = self.said_by.raw or json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
