"""Where customers' pages stand: under the address that Purr is reached at from outside, if there is one."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from starlette.routing import Mount

from bot.links import Link, Sign, is_secure, link
from bot.settings import Settings
from handlers.letterbox.page import Limits, page_app
from handlers.letterbox.page_visits import Visits
from storage.engine import Database

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


class PageDoor:
    """Makes the links of letters and serves what they open; where nobody could come in, neither."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.settings = settings
        self._sign: Sign | None = None
        if database.vault and is_secure(settings.public_url):
            self._sign = partial(database.vault.sign, "page")

    @property
    def link(self) -> Link | None:
        """The address of a letter's page, by business and letter."""
        return partial(link, self.settings.public_url, self._sign) if self._sign else None

    def routes(self, visits: Visits, limits: Limits | None = None) -> tuple[Mount, ...]:
        """Where the pages are served."""
        if self._sign is None:
            return ()
        named = urlsplit(self.settings.public_url).hostname or ""
        hosts = (*LOOPBACK, self.settings.host, f"[{named}]" if ":" in named else named)
        return (Mount("/p", page_app(visits, self._sign, hosts, limits)),)
