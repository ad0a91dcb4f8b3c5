"""What a post brings: read to its limit, and turned into words, a press, values and files."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request as Call
from starlette.types import Message, Receive

from bot.chat import Request, Upload
from handlers.platforms.web.forms import NAME

AROUND = 64 * 1024
CSRF_HEADER = "x-csrf"


class TooBig(Exception):
    """A post larger than the limit."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A post as it came, with the secret that vouches for it."""

    csrf: str
    request: Request


async def read(call: Call, limit: int) -> Incoming:
    """Read a post of at most `limit` bytes of files and words; raises TooBig."""
    body = _Body(call.receive, limit + AROUND)
    try:
        return await _read(call, body)
    except TooBig:
        # Browsers show a reset connection instead of the answer unless their post is heard out.
        await body.hear_out(limit * 20)
        raise


async def _read(call: Call, body: _Body) -> Incoming:
    if int(call.headers.get("content-length", "0")) > body.most:
        raise TooBig
    async with Call(call.scope, body.receive).form(max_part_size=body.most) as form:
        files = tuple([Upload(part.filename or "", await part.read()) for part in _uploads(form)])
        return Incoming(call.headers.get(CSRF_HEADER) or _word(form, "csrf"), _request(form, files))


def _request(form: FormData, files: tuple[Upload, ...]) -> Request:
    said = {key: _word(form, key) for key, value in form.items() if isinstance(value, str)}
    values = {key.removeprefix(NAME): value for key, value in said.items() if key.startswith(NAME)}
    return Request(
        business="",
        text=said.get("text", "").strip(),
        press=said.get("press", ""),
        values=values,
        files=files,
    )


def _word(form: FormData, key: str) -> str:
    value = form.get(key)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _uploads(form: FormData) -> tuple[UploadFile, ...]:
    # A file question left empty is sent as a part without a name.
    return tuple(part for _, part in form.multi_items() if isinstance(part, UploadFile) and part.filename)


@dataclass(slots=True)
class _Body:
    arriving: Receive
    most: int
    taken: int = 0
    ended: bool = False

    async def receive(self) -> Message:
        message = await self._next()
        if self.taken > self.most:
            raise TooBig
        return message

    async def hear_out(self, most: int) -> None:
        while not self.ended and self.taken < most:
            await self._next()

    async def _next(self) -> Message:
        message = await self.arriving()
        self.taken += len(message.get("body", b""))
        self.ended = not message.get("more_body", False)
        return message
