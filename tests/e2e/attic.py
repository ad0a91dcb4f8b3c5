"""The attic: keeps files in front of the Bot API stand-in: `python -m tests.e2e.attic PORT UPSTREAM`."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

OWN = "e2e"
"""How the ids of presses begin that the stand-in does not know of; they are acknowledged here."""
LONG = ClientTimeout(total=90)
"""Longer than any long poll."""
LINE = web.AppKey("line", ClientSession)


@dataclass
class Attic:
    """Files by their id, in front of where the calls go."""

    upstream: str
    files: dict[str, bytes] = field(default_factory=dict)

    async def keep(self, request: web.Request) -> web.Response:
        """Put a file here, and give its id."""
        ident = f"file{len(self.files) + 1}"
        self.files[ident] = await request.read()
        return web.Response(text=ident)

    async def file(self, request: web.Request) -> web.Response:
        """A file's content."""
        found = self.files.get(request.match_info["id"])
        return web.Response(status=404) if found is None else web.Response(body=found)

    async def call(self, request: web.Request) -> web.Response:
        """Pass a call on; the answer to *where is this file* is completed."""
        body, method = await request.read(), request.match_info["method"]
        if method == "answerCallbackQuery" and _said(request, body, "callback_query_id").startswith(OWN):
            return web.json_response({"ok": True, "result": True})
        headers = {k: v for k, v in request.headers.items() if k.lower() == "content-type"}
        address = self.upstream + request.raw_path
        try:
            async with request.app[LINE].request(
                request.method, address, data=body, headers=headers
            ) as answer:
                said, status = await answer.read(), answer.status
        except ClientError:
            return web.Response(status=502)
        if method != "getFile" or status != 200:
            return web.Response(status=status, body=said, content_type="application/json")
        ident = _said(request, body, "file_id")
        found = {"file_id": ident, "file_unique_id": f"u{ident}", "file_path": f"documents/{ident}"}
        return web.json_response({"ok": True, "result": found})


def _said(request: web.Request, body: bytes, name: str) -> str:
    """A field of a call, sent as a form or as JSON."""
    if request.content_type == "application/json":
        return str(json.loads(body)[name])
    return parse_qs(request.query_string or body.decode())[name][0]


async def _line(app: web.Application) -> AsyncIterator[None]:
    async with ClientSession(timeout=LONG, connector=TCPConnector(limit=0)) as session:
        app[LINE] = session
        yield


def main(port: str, upstream: str) -> None:
    """Stand there until it is told to stop."""
    front = Attic(upstream)
    app = web.Application(client_max_size=64 << 20)
    app.cleanup_ctx.append(_line)
    app.router.add_post("/keep", front.keep)
    app.router.add_get("/file/bot{token}/documents/{id}", front.file)
    app.router.add_route("*", "/bot{token}/{method}", front.call)
    web.run_app(app, host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
