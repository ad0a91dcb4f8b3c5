"""What Telegram shows of the bot before anything is said: its commands and what it is, in every language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.platforms import Drawer
from handlers.platforms.telegram.words import Tongue, tongues

CODES = {"": "en", "nb": "nb", "no": "nb", "sv": "sv", "da": "da", "fi": "fi", "en": "en"}
"""Telegram's codes, and ours; a Norwegian phone says nb or no. Without a code: for all others."""
SCOPES = (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats())
KEY = "profile"


async def introduce(bot: Bot, drawer: Drawer) -> None:
    """Set it all, unless just this was set before: Telegram minds when it is done at every start."""
    mark = sha256(json.dumps(list(_all())).encode()).hexdigest()
    if await drawer.get(KEY) == mark:
        return
    for code, language in CODES.items():
        words = tongues()[language]
        for scope in SCOPES:
            await bot.set_my_commands(commands(words), scope=scope, language_code=code or None)
        await bot.set_my_description(words["about"], language_code=code or None)
        await bot.set_my_short_description(words["short"], language_code=code or None)
    await drawer.put(KEY, mark)


def commands(words: Tongue) -> list[BotCommand]:
    """The menu in one language."""
    return [BotCommand(command.word, command.says) for command in words.commands]


def _all() -> Iterator[list[str]]:
    for language in CODES.values():
        words = tongues()[language]
        yield [words["about"], words["short"], *(f"{c.word} {c.says}" for c in words.commands)]
