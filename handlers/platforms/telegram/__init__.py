"""Telegram: a chat with one's own bot, on the phone or in a group."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from bot.platforms import Option, Platform, Switchboard

OPTIONS = (
    Option("token", "the token that @BotFather gives you for your bot", secret=True),
    Option("hook", "on, if Telegram is to call Purr at PURR_PUBLIC_URL; empty, and Purr asks Telegram"),
    Option(
        "hook_secret", "1 to 256 letters, digits, _ and - that every call of Telegram's brings", secret=True
    ),
    Option("api", "the address of Telegram's Bot API, up to the token", "https://api.telegram.org/bot"),
    Option("files", "the address of the files that people drop", "https://api.telegram.org/file/bot"),
)


def open(options: Mapping[str, str], switchboard: Switchboard, address: str) -> Platform | None:
    """The bot whose token is given; None without one."""
    given = {option.name: options.get(option.name, "").strip() or option.default for option in OPTIONS}
    if not given["token"]:
        return None
    # Its library takes half a second, which nobody pays who has no bot.
    module = import_module(f"{__name__}.platform")
    platform: Platform = module.opened(given, switchboard, address)
    return platform
