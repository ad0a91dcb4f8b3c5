"""Reach: which servers a stranger may have Purr speak to, where anybody may begin a business."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from ipaddress import ip_address


def addresses(host: str) -> Collection[str]:
    """Where a host lies; nowhere when it has no address."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return {str(each[4][0]).partition("%")[0] for each in found}


def is_public(host: str, look_up: Callable[[str], Collection[str]] = addresses) -> bool:
    """Whether a host lies on the open internet, by all of its addresses; one that has none does not."""
    found = look_up(host)
    return bool(found) and all(ip_address(each).is_global for each in found)
