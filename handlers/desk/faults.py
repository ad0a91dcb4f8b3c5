"""Faults on the desk: what of a file or a system could not be read, in words, the first of them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat import Check
from bot.documents import Problem
from handlers.desk import Desk

SHOWN = 7
"""How many are told one by one."""


def told(problems: Iterable[Problem], desk: Desk) -> tuple[Check, ...]:
    """What needs a look, each with its file where there are several, and how much more of it there is."""
    found = tuple(problems)
    more = len(found) - SHOWN
    said = [_words(problem, desk) for problem in found[:SHOWN]]
    rest = [desk.word("and_more", count=more)] if more > 0 else []
    return tuple(Check("stop", each) for each in (*said, *rest))


def _words(problem: Problem, desk: Desk) -> str:
    said = desk.word(f"problems.{problem.code}", line=problem.line, **problem.facts)
    return f"{problem.source}: {said}" if problem.source else said
