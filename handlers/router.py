"""The router: joins every feature's answers, follows where one leads to another, and finds them by action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

import handlers
from bot.chat import Action, Card, Request
from bot.errors import Refusal
from handlers.desk import Answer, Desk
from messages.ear.commands import command

LONGEST = 5
"""How many actions may follow one another before it is a bug."""


NOT_FEATURES = {"app", "cli", "clock", "conversation", "reading", "router"}
"""Modules beside the features that answer nothing themselves."""


def _tables() -> Iterator[tuple[str, Answer]]:
    for found in iter_modules(handlers.__path__):
        if found.ispkg or found.name in NOT_FEATURES:
            continue
        module = import_module(f"handlers.{found.name}")
        yield from getattr(module, "ANSWERS", {}).items()


ANSWERS: dict[str, Answer] = dict(_tables())
"""Which action is answered by what; a new feature is a new file."""


def answer(request: Request, desk: Desk) -> Card:
    """The card for a request: an action, dropped files, or words in the owner's language."""
    request = replace(request, action=request.action if request.action.verb else understand(request, desk))
    for _ in range(LONGEST):
        if request.action.verb not in ANSWERS:
            raise Refusal("not_understood", words=request.text or request.action.verb)
        said = ANSWERS[request.action.verb](request, desk)
        if isinstance(said, Card):
            return said
        request = replace(request, action=said, values={})
    raise RecursionError(f"actions lead on for ever: {request.action.verb}")


def understand(request: Request, desk: Desk) -> Action:
    """What the owner wants by files or words."""
    if request.files:
        return Action("file.dropped")
    found = command(request.text, desk.language)
    if found is None:
        raise Refusal("not_understood", words=request.text)
    return found
