"""The attic: a front of the Bot API stand-in, which knows no files: it says where they lie."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, ClientTimeout, web

LONG = ClientTimeout(total=90)
"""Longer than any long poll."""


@dataclass
class Attic:
    """What is in it: files by their id."""

    upstream: str
    address: str = ""
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    presses: set[str] = field(default_factory=set)

    def keep(self, name: str, content: bytes) -> str:
        """Put a file there, and give its id."""
        ident = f"file{len(self.files) + 1}"
        self.files[ident] = (name, content)
        return ident

    def press(self) -> str:
        """The id of a press that the stand-in does not know of; it is acknowledged here."""
        ident = f"55{len(self.presses):017d}"
        self.presses.add(ident)
        return ident

    async def call(self, request: web.Request) -> web.Response:
        """Pass a call on; the answer to *where is this file* is completed."""
        if request.path.endswith("/answerCallbackQuery"):
            fields = await request.post() or (await request.json() if request.can_read_body else {})
            if str(fields["callback_query_id"]) in self.presses:
                return web.json_response({"ok": True, "result": True})
        headers = {k: v for k, v in request.headers.items() if k.lower() in ("content-type", "user-agent")}
        async with (
            ClientSession(timeout=LONG) as session,
            session.request(
                request.method, self.upstream + request.raw_path, data=await request.read(), headers=headers
            ) as answer,
        ):
            if not request.path.endswith("/getFile") or answer.status != 200:
                return web.Response(
                    status=answer.status, body=await answer.read(), content_type=answer.content_type
                )
        asked = dict(request.query) | {k: str(v) for k, v in (await request.post()).items()}
        ident = asked.get("file_id", "")
        found = {"file_id": ident, "file_unique_id": f"u{ident}", "file_path": f"documents/{ident}"}
        return web.json_response({"ok": True, "result": found})

    async def file(self, request: web.Request) -> web.Response:
        """A file's content."""
        if (ident := request.match_info["id"]) not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[ident][1], content_type="application/octet-stream")


@contextmanager
def attic(upstream: str) -> Iterator[Attic]:
    """An attic on a free port, in a thread of its own, for as long as the block lasts."""
    front = Attic(upstream)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="attic", daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_open(front), loop).result(10)
    try:
        yield front
    finally:
        asyncio.run_coroutine_threadsafe(_close(runner), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(runner: web.AppRunner) -> None:
    """Let go, also of long polls that nobody waits for any more."""
    await runner.cleanup()
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def _open(front: Attic) -> web.AppRunner:
    app = web.Application(client_max_size=64 << 20)
    app.router.add_get("/file/bot{token}/documents/{id}", front.file)
    app.router.add_route("*", "/bot{token}/{method}", front.call)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    front.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner
