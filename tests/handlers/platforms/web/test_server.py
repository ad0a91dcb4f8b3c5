from __future__ import annotations

import contextlib
import socket

import pytest

from handlers.platforms.web.feed import Feed
from handlers.platforms.web.server import Server, bound
from tests.handlers.platforms.web.visit import Conversation


def test_a_port_that_another_program_has_is_not_shared() -> None:
    with contextlib.closing(bound("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        bound("127.0.0.1", taken.getsockname()[1])


def test_an_early_visitor_waits_and_is_not_turned_away() -> None:
    with (
        contextlib.closing(bound("127.0.0.1", 0)) as taken,
        socket.create_connection(taken.getsockname()[:2], timeout=5) as visitor,
    ):
        assert visitor.getpeername() == taken.getsockname()


def test_open_streams_are_ended_before_the_server_waits_for_them() -> None:
    feed = Feed()
    server = Server(Conversation().app(), feed)
    server.handle_exit(15, None)
    assert server.should_exit and feed._closed
