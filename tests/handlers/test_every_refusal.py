"""Every refusal in the code has its words in every language, and brings the facts that they name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.meta import find_undeclared_variables

from bot.parties import LANGUAGES
from messages.languages import language
from messages.voice import environment

ROOT = Path(__file__).parents[2]
Raised = tuple[str, frozenset[str], bool]
"""A refusal's key, the facts it brings by name, and whether it brings others besides."""


def raised() -> Iterator[Raised]:
    for path in (p for floor in ("bot", "storage", "handlers") for p in (ROOT / floor).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                named = frozenset(k.arg for k in node.keywords if k.arg)
                more = any(k.arg is None for k in node.keywords)
                yield from ((key, named, more) for key in keys(node.args[0]))


def keys(node: ast.expr) -> Iterator[str]:
    """The keys an expression can give, where it spells them out."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*keys(node.body), *keys(node.orelse))


REFUSALS = sorted(set(raised()), key=str)
INSIDE = {"already_running"}
"""Said by the app itself, not in the chat."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_has_its_words_and_brings_their_facts(code: str) -> None:
    wanting = []
    for key, named, more in REFUSALS:
        words = language(code).find(f"refusals.{key}")
        if key in INSIDE:
            continue
        if not isinstance(words, str):
            wanting.append(f"{key}: no words")
        elif not more and (lacking := find_undeclared_variables(environment(code).parse(words)) - named):
            wanting.append(f"{key}: nothing brings {', '.join(sorted(lacking))}")
    assert not wanting


def test_there_are_refusals_to_look_at() -> None:
    assert len(REFUSALS) > 30
