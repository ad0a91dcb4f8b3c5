"""How often the customer's page answers one caller; counted in memory, which is bounded."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

KEYS = 10_000
"""How many callers are remembered at once; the one longest unseen gives way to a new one."""


class Allowance:
    """So many within so many seconds for each caller, coming back evenly."""

    def __init__(
        self, most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic, keys: int = KEYS
    ) -> None:
        self.most = most
        self.seconds = seconds
        self._clock = clock
        self._keys = keys
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> int:
        """Use one of a caller's; 0 when there was one left, else in how many seconds there is."""
        now = self._clock()
        with self._lock:
            left, seen = self._left.pop(key, (float(self.most), now))
            left = min(self.most, round(left + (now - seen) * self.most / self.seconds, 6))
            self._left[key] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > self._keys:
                self._left.popitem(last=False)
        return 0 if left >= 1 else math.ceil(round((1 - left) * self.seconds / self.most, 3))


def caller(host: str) -> str:
    """Whom an address stands for: a household has a whole range of the long kind."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)
