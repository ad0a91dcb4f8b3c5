"""A real server on loopback and a real browser in front of it, for tests that look at the page."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright
from starlette.types import ASGIApp

CHROMIUM = Path(os.environ.get("PURR_CHROMIUM", "/usr/bin/chromium"))
REQUIRED = os.environ.get("PURR_REQUIRE_BROWSER") == "1"
PHONE: ViewportSize = {"width": 390, "height": 844}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def served(app: ASGIApp, *, stopping: Callable[[], None] | None = None) -> Iterator[str]:
    """The address of an app on a free loopback port until the block ends; `stopping` ends its streams."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port(server, thread)}"
    finally:
        if stopping:
            stopping()
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window; a test without one says so and is skipped, or fails where it must run."""
    if not CHROMIUM.exists():
        missing = f"no browser at {CHROMIUM}: install Debian's chromium to run this test"
        pytest.fail(missing) if REQUIRED else pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def browser_page(url: str, *, language: str = "sv-SE") -> Iterator[Page]:
    """A page of the size of a phone, at an address; an error on its console fails."""
    with browser() as chromium:
        context = chromium.new_context(
            viewport=PHONE, locale=language, has_touch=True, reduced_motion="reduce"
        )
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.goto(url)
        yield page
        assert not complaints, complaints


def _is_complaint(said: ConsoleMessage) -> bool:
    # A refused request is the page's business to tell; a blocked script or style is ours to know.
    return said.type == "error" and "Failed to load resource" not in said.text


def _port(server: uvicorn.Server, thread: threading.Thread) -> int:
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
