"""The way to a language model: one question out, one answer back, and every failure told by its key.

It lies here because `messages` does no I/O and a feature imports no library: text leaves, and comes in,
through the letterbox.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Self

import httpx

from bot.model import Model, Question, Said, nobody
from bot.settings import Settings
from storage.engine import Database

LIMIT = 256 * 1024
"""The largest answer that is looked into, in bytes."""
TROUBLES = {
    401: "refused", 403: "refused", 404: "absent", 405: "absent", 408: "slow", 429: "busy", 502: "busy",
    503: "busy", 504: "slow",
}  # fmt: skip


class Trouble(Exception):
    """Why there is no answer, as a key of the words under `model.trouble`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An endpoint that speaks as OpenAI's does. `timeout`, in seconds, is for a whole answer."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    timeout: float = 60

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """The one that the settings name, if they do."""
        if not (settings.model_url and settings.model_name):
            return None
        return cls(
            url=settings.model_url.rstrip("/"),
            name=settings.model_name,
            key=settings.model_key.get_secret_value(),
            timeout=settings.model_timeout,
        )

    def ask(self, question: Question) -> Said:
        """What the model says to a question, asked once; only its rules and its data go out."""
        asked = [
            {"role": "system", "content": question.rules},
            {"role": "user", "content": question.data},
        ]
        try:
            return Said(_content(self._call("POST", "chat/completions", {"messages": asked})))
        except Trouble as trouble:
            return Said(trouble=str(trouble))

    def trouble(self) -> str:
        """Why it cannot be asked, as a key; empty when it can. No text goes out for that.

        Not every endpoint has a list of its models to ask for.
        """
        try:
            self._call("GET", "models")
        except Trouble as trouble:
            return str(trouble) if str(trouble) != "absent" else ""
        return ""

    def _call(self, method: Literal["GET", "POST"], path: str, more: dict[str, Any] | None = None) -> bytes:
        """The body of an answer: from where it was asked and nowhere else, all of it in time."""
        try:
            return asyncio.run(asyncio.wait_for(self._exchange(method, path, more), self.timeout))
        except (TimeoutError, httpx.TimeoutException):
            raise Trouble("slow") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            raise Trouble("unreachable") from None

    async def _exchange(self, method: str, path: str, more: dict[str, Any] | None) -> bytes:
        content = {"model": self.name, **more} if more else None
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Purr"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        line = httpx.AsyncClient(
            timeout=self.timeout, follow_redirects=False, trust_env=False, headers=headers
        )
        async with line, line.stream(method, f"{self.url}/{path}", json=content) as answer:
            if answer.status_code != httpx.codes.OK:
                raise Trouble(TROUBLES.get(answer.status_code, "garbled"))
            return await _read(answer)


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks the model that is set up, if there is one; that it is asked is in the history before it is."""

    database: Database
    now: Callable[[], datetime]
    endpoint: Endpoint | None

    @property
    def model(self) -> Model:
        """Which model that is, and where."""
        return Model(self.endpoint.url, self.endpoint.name) if self.endpoint else Model()

    def __call__(self, question: Question) -> Said:
        """What the model says; to be called while the books are closed."""
        if self.endpoint is None:
            return nobody(question)
        with self.database.books(question.business, self.now()) as books:
            if question.first:
                books.history.add("model_allowed", who=question.who, what=self.endpoint.url)
            note = {"customer": question.customer, "who": question.who, "what": question.note}
            books.history.add("model_asked", **note)
        return self.endpoint.ask(question)


async def _read(answer: httpx.Response) -> bytes:
    """An answer as it came over the line: one that is too large or packed is not looked into."""
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Trouble("garbled")
    read = bytearray()
    async for part in answer.aiter_raw():
        read += part
        if len(read) > LIMIT:
            raise Trouble("garbled")
    return bytes(read)


def _content(body: bytes) -> str:
    """What the model says in an answer, as OpenAI's are made."""
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise Trouble("garbled") from None
    if not isinstance(said, str):
        raise Trouble("garbled")
    return said
