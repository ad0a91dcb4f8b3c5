"""A polite client that can only read: it waits its turn, tries again, and never tells a token."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Literal

import httpx

from bot.ledgers import LedgerError

TRIES = 4
"""How often something is asked before it is left for the next time."""
PATIENCE = 60.0
"""The longest wait between two tries, in seconds: who asks for more is busy."""
TIMEOUT = 30.0
"""Seconds until a silent system counts as out of reach."""
LIMIT = 50 * 1024 * 1024
"""The largest answer that is looked into, in bytes."""
PAPER = 10 * 1024 * 1024
"""The largest PDF that is taken, in bytes."""
MOST = 20_000
"""How many questions one reading may take: a system that always names one page more is not right."""
BUSY = (429, 503)
TROUBLES = {401: "refused", 403: "refused", 404: "not_found", 410: "not_found"}
NO_SESSION = {**TROUBLES, 400: "refused", 422: "refused"}
"""Where short-lived tokens are handed out, a key that is no longer good is a bad request (RFC 6749, 5.2)."""

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Site:
    """Where a system answers, with the one address that hands out short-lived tokens, if it has one.

    `pause` is the least number of seconds between two questions. `papers` is where it keeps PDFs that anybody
    may fetch who knows their address, if that is elsewhere: no token is sent there. `branch` is a second
    address of the same system, with the same way in: paths that begin as its own does are asked for there.
    """

    base: str
    pause: float = 0.0
    session: str = ""
    session_by: Literal["POST", "PUT"] = "POST"
    papers: str = ""
    branch: str = ""

    def url(self, path: str) -> str:
        """Where a path of the site is."""
        within = httpx.URL(self.branch).path if self.branch else ""
        if within and path.startswith(f"{within}/"):
            return f"{self.branch}{path.removeprefix(within)}"
        return f"{self.base}{path}"

    def moved(self, base: str) -> Site:
        """The same site at another address, its sessions and its branch too."""
        path = httpx.URL(self.session).path if self.session else ""
        inside = path.removeprefix(httpx.URL(self.base).path.rstrip("/"))
        return replace(self, base=base, session=f"{base}{inside}" if path else "", branch="")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system said: its JSON, with exact decimals, and its headers."""

    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one question, read as far as it may be."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_busy(self) -> bool:
        """Whether it asks for more time."""
        return self.status in BUSY

    @property
    def is_final(self) -> bool:
        """Whether asking again would change nothing."""
        return self.status < 500 and not self.is_busy


class Client:
    """Reads one site; there is no way to write to it."""

    def __init__(self, site: Site, sleep: Sleep = time.sleep) -> None:
        self._site = site
        self._sleep = sleep
        self._asked = 0
        self._signed: dict[str, str] = {}
        headers = {"Accept": "application/json", "User-Agent": "Purr"}
        self._http = httpx.Client(headers=headers, timeout=TIMEOUT, trust_env=False)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def sign(self, **headers: str) -> None:
        """Send these headers with every question, underscores for hyphens; what is no header is refused."""
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            raise LedgerError("refused", permanent=True)
        self._signed.update({name.replace("_", "-"): value for name, value in headers.items()})

    def get(self, path: str, **params: str | int) -> Reply:
        """What stands at a path of the site; `LedgerError` when it cannot be had."""
        return _told(self._ask("GET", self._site.url(path), params, self._signed))

    def find(self, path: str, **params: str | int) -> Any:
        """The JSON at a path, None where there is nothing."""
        try:
            return self.get(path, **params).body
        except LedgerError as error:
            if error.key == "not_found":
                return None
            raise

    def paper(self, address: str) -> bytes | None:
        """The PDF at a path of the site or a whole address; None where there is none, or too much of it."""
        signed = self._lets_in(address)
        if signed is None:
            return None
        url = f"{self._site.base}{address}" if address.startswith("/") else address
        accept = {"Accept": "application/octet-stream, application/pdf"}
        try:
            answer = self._ask("GET", url, {}, {**signed, **accept}, PAPER)
        except LedgerError as error:
            if error.permanent:
                return None
            raise
        return answer.content if answer.status == 200 and answer.content.startswith(b"%PDF-") else None

    def session(self, **params: str) -> Any:
        """Ask for a short-lived token, at the one address that is no reading."""
        asked = self._ask(self._site.session_by, self._site.session, params, self._signed)
        return _told(asked, NO_SESSION).body

    def _lets_in(self, address: str) -> Mapping[str, str] | None:
        """What is sent along to an address: a token to the site alone; None where nothing is fetched from."""
        if address.startswith(("/", f"{self._site.base}/")):
            return self._signed
        elsewhere = self._site.papers
        return {} if elsewhere and address.startswith(f"{elsewhere}/") else None

    def _ask(
        self,
        method: str,
        url: str,
        params: Mapping[str, str | int],
        headers: Mapping[str, str],
        limit: int | None = None,
    ) -> Answer:
        answer = None
        for turn in range(TRIES):
            if turn:
                self._sleep(_wait(answer, turn))
            answer = self._once(method, url, params, headers, limit or LIMIT)
            if answer is not None and answer.is_final:
                return answer
        raise LedgerError("busy" if answer is not None and answer.is_busy else "unreachable")

    def _once(
        self, method: str, url: str, params: Mapping[str, str | int], headers: Mapping[str, str], limit: int
    ) -> Answer | None:
        """One try, not sooner after the last than the site wants; None when nobody answered."""
        if self._asked and self._site.pause:
            self._sleep(self._site.pause)
        self._asked += 1
        if self._asked > MOST:
            raise LedgerError("garbled")
        data = params if method == "POST" else None
        query = params if method != "POST" and params else None
        try:
            asked = self._http.stream(method, url, params=query, data=data, headers=headers)
            with asked as answer:
                return Answer(answer.status_code, answer.headers, _content(answer, limit))
        except httpx.TransportError:
            return None
        except httpx.DecodingError:
            raise LedgerError("garbled") from None
        except (httpx.InvalidURL, UnicodeError):
            raise LedgerError("not_found", permanent=True) from None


def _content(answer: httpx.Response, limit: int) -> bytes:
    """An answer as far as it is looked into: of one that is too large nothing is kept."""
    parts, size = [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > limit:
            raise LedgerError("garbled", permanent=True)
        parts.append(part)
    return b"".join(parts)


def _told(answer: Answer, troubles: Mapping[int, str] = TROUBLES) -> Reply:
    if not 200 <= answer.status < 300:
        raise LedgerError(troubles.get(answer.status, "garbled"), permanent=True)
    try:
        return Reply(json.loads(answer.content, parse_float=Decimal), answer.headers)
    except (ValueError, RecursionError):
        raise LedgerError("garbled") from None


def _wait(answer: Answer | None, turn: int) -> float:
    """Seconds until the next try: as long as was asked for, else twice as long each time."""
    asked = _asked_for(answer) if answer is not None else None
    if asked is not None and asked > PATIENCE:
        raise LedgerError("busy")
    return float(2 ** (turn - 1)) if asked is None else asked


def _asked_for(answer: Answer) -> float | None:
    """The wait that a system asks for; Tripletex tells how much of its period is left instead."""
    asked = _seconds(answer.headers.get("Retry-After", ""))
    if asked is None and answer.is_busy:
        left = _seconds(answer.headers.get("X-Rate-Limit-Reset", ""))
        return left if left is not None and left <= PATIENCE else None
    return asked


def _seconds(retry_after: str) -> float | None:
    """The wait that a header names, in seconds or as a time; None when it names none."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
