"""Files that were dropped: fetched with the workspace's token, and from Slack alone."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import ClientResponse, ClientSession, ClientTimeout

from bot.errors import DeliveryError
from bot.platforms import Attachment, Later, TooLarge, Unreachable

CHUNK = 64 * 1024
REDIRECTS = 3
PATIENCE = ClientTimeout(total=120)
TRY_LATER = frozenset((429, 500, 502, 503, 504))


async def fetch(session: ClientSession, attachment: Attachment, token: str, api: str) -> bytes:
    """A file. Redirects are followed by hand, so that the token goes to no other house."""
    address = attachment.ref
    for _ in range(REDIRECTS):
        if not at_home(address, api):
            raise DeliveryError("a file that does not lie with Slack", permanent=True)
        headers = {"Authorization": f"Bearer {token}"}
        async with session.get(address, headers=headers, allow_redirects=False, timeout=PATIENCE) as answer:
            if answer.status in (301, 302, 303, 307, 308):
                address = answer.headers.get("Location", "")
                continue
            return await _content(answer, attachment.size)
    raise DeliveryError("a file that is nowhere to be found", permanent=True)


def at_home(address: str, api: str) -> bool:
    """Whether an address is Slack's: over TLS at slack.com, or where the Web API itself is."""
    asked, own = urlsplit(address), urlsplit(api)
    if (asked.scheme, asked.hostname, asked.port) == (own.scheme, own.hostname, own.port):
        return True
    return asked.scheme == "https" and bool(asked.hostname) and f".{asked.hostname}".endswith(".slack.com")


async def _content(answer: ClientResponse, limit: int) -> bytes:
    if answer.status in TRY_LATER:
        raise Later(float(answer.headers.get("Retry-After", 0)))
    if answer.status in (401, 403):
        raise Unreachable("token")
    if answer.status != 200 or answer.content_type == "text/html":
        raise DeliveryError(f"Slack gave {answer.status} for a file", permanent=True)
    content = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > limit:
            raise TooLarge
    return bytes(content)
