"""The server of the web chat: one socket, and an end that closes the open streams first."""

from __future__ import annotations

import signal
import socket
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from handlers.platforms.web.feed import Feed


class Server(uvicorn.Server):
    """Uvicorn that ends the open streams before it waits for them."""

    def __init__(self, site: Starlette, feed: Feed) -> None:
        # Without an access log, since the address holds the token; all else goes into our own log.
        config = uvicorn.Config(
            site, log_config=None, log_level="warning", access_log=False, timeout_graceful_shutdown=3
        )
        super().__init__(config)
        self.feed = feed

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Close the streams, then stop serving; the signal ends here.

        Uvicorn would raise it anew when it is done, and end the process with a letter on its way.
        """
        self.feed.close()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def bound(host: str, port: int) -> socket.socket:
    """The socket, listened on so that an early visitor waits; `OSError` when another program has it.

    Port 0 takes any that is free.
    """
    # By name as TCP: else asyncio does not know that it is, and the end of a short answer waits for 40 ms.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen()
    except OSError:
        taken.close()
        raise
    return taken
