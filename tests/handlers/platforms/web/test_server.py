from __future__ import annotations

import asyncio
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


def test_the_end_of_a_short_answer_is_not_held_back() -> None:
    async def visited() -> int:
        told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            at_once = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            writer.close()
            told.set_result(at_once)

        async with await asyncio.start_server(serve, sock=bound("127.0.0.1", 0)) as server:
            _, visitor = await asyncio.open_connection(*server.sockets[0].getsockname())
            at_once = await told
            visitor.close()
            await visitor.wait_closed()
        return at_once

    assert asyncio.run(visited())
