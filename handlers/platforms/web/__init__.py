"""The web chat: a page on this computer that works like a good messenger."""

from __future__ import annotations

from handlers.platforms.web.feed import Feed
from handlers.platforms.web.lines import Lines
from handlers.platforms.web.server import Server, bound
from handlers.platforms.web.site import web_app
from handlers.platforms.web.watching import Permit, watching

__all__ = ["Feed", "Lines", "Permit", "Server", "bound", "watching", "web_app"]
