"""A mail server that takes a letter's text and then behaves as no server should."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

Ending = Callable[[socket.socket], None]
"""What it does once it has the text."""


@dataclass
class Crooked:
    """The server: how slow its answers are, what it does at the end, and the texts it has taken."""

    ending: Ending
    slow: float = 0.0
    tls: ssl.SSLContext | None = None
    port: int = 0
    texts: list[bytes] = field(default_factory=list)

    def serve(self, line: socket.socket) -> None:
        """One conversation, from the greeting until either side hangs up."""
        with (
            contextlib.suppress(OSError),
            self.tls.wrap_socket(line, server_side=True) if self.tls else line as talk,
            talk.makefile("rb") as heard,
        ):
            self._converse(talk, heard)

    def _converse(self, talk: socket.socket, heard: IO[bytes]) -> None:
        self._say(talk, b"220 crooked.test")
        while said := heard.readline():
            verb = said[:4].upper()
            if verb == b"DATA":
                self._say(talk, b"354 go on")
                self.texts.append(b"".join(iter(heard.readline, b".\r\n")))
                self.ending(talk)
            elif verb == b"QUIT":
                return
            else:
                self._say(talk, b"250 ok")

    def _say(self, talk: socket.socket, answer: bytes) -> None:
        time.sleep(self.slow)
        talk.sendall(answer + b"\r\n")


@contextlib.contextmanager
def crooked(ending: Ending, *, slow: float = 0.0, tls: ssl.SSLContext | None = None) -> Iterator[Crooked]:
    """A server on a free port of this machine, for as long as the block lasts."""
    server = Crooked(ending, slow, tls)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        threading.Thread(target=_accept, args=(listening, server), daemon=True).start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, server: Crooked) -> None:
    with contextlib.suppress(OSError):
        while True:
            threading.Thread(target=server.serve, args=(listening.accept()[0],), daemon=True).start()


def says(answer: bytes, *, after: float = 0.0) -> Ending:
    """Answers with a line, after so many seconds."""

    def end(talk: socket.socket) -> None:
        time.sleep(after)
        talk.sendall(answer)

    return end


def says_and_leaves(answer: bytes) -> Ending:
    """Answers with a line, and hangs up."""

    def end(talk: socket.socket) -> None:
        talk.sendall(answer)
        talk.shutdown(socket.SHUT_RDWR)

    return end


def leaves(talk: socket.socket) -> None:
    """Hangs up without a word."""
    talk.shutdown(socket.SHUT_RDWR)


def breaks(talk: socket.socket) -> None:
    """The line breaks: nothing more comes, and what was under way is thrown away."""
    talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(talk.detach())


def babbles(talk: socket.socket) -> None:
    """Says something that is no TLS, in the middle of TLS."""
    with socket.socket(fileno=os.dup(talk.fileno())) as bare:
        bare.sendall(b"250 in the clear\r\n" * 20)
        time.sleep(0.2)


def hangs(_talk: socket.socket) -> None:
    """Says nothing, for longer than anybody waits."""
    time.sleep(3)
