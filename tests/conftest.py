"""What every test runs under: no network but this machine, and properties that are told apart from luck."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


class ClosedNetwork(RuntimeError):
    """A test reached for another machine."""


def _is_here(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _stay_here(event: str, args: tuple[object, ...]) -> None:
    """Python reports each connection before it is made, whichever library makes it."""
    if event in {"socket.connect", "socket.sendto"} and isinstance(args[1], tuple):
        host = args[1][0]
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if not _is_here(host):
        raise ClosedNetwork(f"{event}: {host!r} is not this machine")


sys.addaudithook(_stay_here)
