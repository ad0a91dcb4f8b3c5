"""How calls reach Telegram: over aiohttp, which Slack's library needs anyway, and several times as quick."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 100
PATIENCE = 20.0
"""Seconds for a call, where the library does not say how long."""


class Carrier(BaseRequest):
    """Carries calls of the library; its errors say nothing of the address, which spells the token."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take by itself."""
        return PATIENCE

    async def initialize(self) -> None:
        """Open the line, in the loop that is to use it."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS), trust_env=True)

    async def shutdown(self) -> None:
        """Close it."""
        if self._session:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: the status of the answer, and the answer."""
        if self._session is None:
            raise NetworkError("the line is closed")
        total = read_timeout if isinstance(read_timeout, int | float) else PATIENCE
        try:
            async with self._session.request(
                method, url, data=_form(request_data), timeout=ClientTimeout(total)
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _form(data: RequestData | None) -> FormData | None:
    if data is None or not data.parameters:
        return None
    # Telegram takes a file's name as it is written, and shows it so: it undoes no quoting.
    form = FormData(data.json_parameters, quote_fields=False)
    for name, (file, content, kind) in (data.multipart_data or {}).items():
        held = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, held, filename=file, content_type=kind)
    return form
