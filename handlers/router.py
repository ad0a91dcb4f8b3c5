"""The router: joins every feature's answers, follows where one leads to another, and finds them by action."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import handlers
from bot.chat import Action, Card, Request
from bot.errors import Refusal
from bot.members import allowed
from handlers.desk import Answer, Desk
from messages.ear.commands import command

LONGEST = 5
"""How many actions may follow one another before it is a bug."""


NOT_FEATURES = {"app", "cli", "clock", "console", "conversation", "reading", "router", "showing", "works"}
"""Modules beside the features that answer nothing themselves."""


Renewed = Callable[[Card, Desk], Card]
"""The same list as it is now."""


def _features() -> Iterator[ModuleType]:
    for found in iter_modules(handlers.__path__):
        if not found.ispkg and found.name not in NOT_FEATURES:
            yield import_module(f"handlers.{found.name}")


def _tables(name: str) -> Iterator[tuple[str, Any]]:
    for module in _features():
        yield from getattr(module, name, {}).items()


ANSWERS: Mapping[str, Answer] = dict(_tables("ANSWERS"))
"""Which action is answered by what; a new feature is a new file."""
TOPICS: Mapping[str, Renewed] = dict(_tables("TOPICS"))
"""Which list is brought up to date by what, by the first word of its topic."""


def renewed(card: Card, desk: Desk) -> Card | None:
    """A list as it is now; None when nobody keeps it up to date."""
    renew = TOPICS.get(card.topic.partition(" ")[0])
    return renew(card, desk) if renew else None


def answer(request: Request, desk: Desk) -> Card:
    """The card for a request: an action, dropped files, or words in the owner's language."""
    request = replace(request, action=request.action if request.action.verb else understand(request, desk))
    check(request, request.action)
    for _ in range(LONGEST):
        if request.action.verb not in ANSWERS:
            raise Refusal("not_understood", words=request.text or request.action.verb)
        request = replace(request, action=_as_meant(request.action, desk))
        said = ANSWERS[request.action.verb](request, desk)
        if isinstance(said, Card):
            return said
        request = replace(request, action=said, values={})
    raise RecursionError(f"actions lead on for ever: {request.action.verb}")


def _as_meant(action: Action, desk: Desk) -> Action:
    """An action as it is meant now: of two customers who were made one, the one who stayed."""
    heirs = desk.books.joins.heirs({action.subject, action.value} - {""})
    subject, value = (heirs.get(each, each) for each in (action.subject, action.value))
    return replace(action, subject=subject, value=value) if heirs else action


def check(request: Request, action: Action) -> None:
    """Refuse what a person's role does not let them do."""
    if not allowed(request.role, action.verb):
        raise Refusal("not_allowed", role=request.role)


def understand(request: Request, desk: Desk) -> Action:
    """What the owner wants by files or words."""
    if request.files:
        return Action("file.dropped")
    found = command(request.text, desk.language)
    if found is None:
        raise Refusal("not_understood", words=request.text)
    return found
