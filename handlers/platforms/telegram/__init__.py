"""Telegram: a chat with one's own bot, on the phone or in a group."""

from __future__ import annotations

import os
from collections.abc import Mapping

from telegram.request import HTTPXRequest

from bot.platforms import Option, Platform, Switchboard
from handlers.platforms.telegram.platform import HOOK, Telegram
from handlers.platforms.telegram.polling import Asked

# The library warns at every "wait so long" unless one asks for spans of time, as its next version gives them.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECTIONS = 32
PATIENCE = 20.0

OPTIONS = (
    Option("token", "What @BotFather gives you for your bot", secret=True),
    Option("hook", "`on`: Telegram calls Purr at PURR_ADDRESS, instead of Purr asking Telegram"),
    Option("hook_secret", "What Telegram must say when it calls; made up when it is empty", secret=True),
    Option("api", "Where Telegram's bots are served", "https://api.telegram.org/bot"),
    Option("files", "Where the files are that people drop", "https://api.telegram.org/file/bot"),
)


def open(options: Mapping[str, str], switchboard: Switchboard, address: str) -> Platform | None:
    """The bot whose token is given; None without one."""
    token = options.get("token", "").strip()
    if not token:
        return None
    bot = Asked(
        token,
        base_url=options.get("api") or _default("api"),
        base_file_url=options.get("files") or _default("files"),
        request=_line(CONNECTIONS),
        get_updates_request=_line(2),
    )
    called = options.get("hook", "").strip().lower() in ("on", "yes", "true", "1") and address
    hook = f"{address.rstrip('/')}{HOOK}" if called else ""
    return Telegram(bot, switchboard, hook, options.get("hook_secret", "").strip())


def _line(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connections, read_timeout=PATIENCE, write_timeout=PATIENCE, connect_timeout=10, pool_timeout=PATIENCE
    )


def _default(name: str) -> str:
    return next(option.default for option in OPTIONS if option.name == name)
