"""The audit of what Purr is built on: a known weakness stops it, a database out of reach does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.security.audit import LOCKS, ROOT, Package, audit, locked, osv

PACKAGES = [Package("httpx", "0.1"), Package("jinja2", "3.0")]


@contextmanager
def database(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A database on this machine that always says the same, its address, and what it was asked."""
    heard: list[bytes] = []

    class Says(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Says)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
        server.server_close()


def told(*advisories: Sequence[str]) -> bytes:
    return json.dumps(
        {"results": [{"vulns": [{"id": i} for i in each]} if each else {} for each in advisories]}
    ).encode()


def test_a_known_weakness_is_named_and_stops_it() -> None:
    with database(told([], ["GHSA-1"])) as (url, heard):
        said, is_well = audit(PACKAGES, partial(osv, url=url))
    assert not is_well and said.endswith("jinja2 3.0: GHSA-1")
    asked = [query["package"]["name"] for query in json.loads(heard[0])["queries"]]
    assert asked == ["httpx", "jinja2"]


def test_what_has_no_weakness_is_well() -> None:
    with database(told([], [])) as (url, _):
        assert audit(PACKAGES, partial(osv, url=url)) == ("No known weakness in 2 packages.", True)


def test_one_that_does_not_concern_us_is_let_pass_with_its_reason() -> None:
    with database(told([], ["GHSA-1"])) as (url, _):
        _, is_well = audit(PACKAGES, partial(osv, url=url), {"GHSA-1": "we never call it"})
    assert is_well


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"results": [{}]}', b'{"results": [1, 2]}'])
def test_an_answer_that_is_none_is_said_and_stops_nothing(answer: bytes) -> None:
    with database(answer) as (url, _):
        said, is_well = audit(PACKAGES, partial(osv, url=url))
    assert is_well and "cannot be reached" in said


def test_a_database_out_of_reach_is_said_and_stops_nothing() -> None:
    said, is_well = audit(PACKAGES, partial(osv, url="http://127.0.0.1:9/"))
    assert is_well and "nothing was looked up" in said


def test_every_package_of_the_locks_is_looked_up() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert len(list(locked(text))) == len(pinned) > 20
