"""Secrets are compared in a time that tells nothing of how much of them was right."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FACING = (
    *sorted((ROOT / "handlers/platforms").rglob("*.py")),
    *sorted((ROOT / "handlers/letterbox").glob("page*.py")),
    *sorted((ROOT / "handlers/switchboard").glob("*.py")),
    ROOT / "bot/links.py",
    ROOT / "storage/vault.py",
)
"""What strangers can reach."""
SECRET = ("secret", "signature", "csrf", "password", "seal", "digest", "code")
TOLD_APART = {"status_code", "code", "language_code", "query_code"}
"""Names that hold a number or the name of a language, and no secret."""


def compared() -> Iterator[tuple[str, str]]:
    """Every comparison by == or != in which a secret stands, by file and words."""
    for path in FACING:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
                continue
            sides = [node.left, *node.comparators]
            if any(isinstance(side, ast.Constant) and side.value in ("", None) for side in sides):
                continue
            names = {name for side in sides for name in _names(side)} - TOLD_APART
            if any(word in name.lower() for name in names for word in SECRET):
                yield str(path.relative_to(ROOT)), ast.unparse(node)


def _names(side: ast.expr) -> Iterator[str]:
    for node in ast.walk(side):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


def test_no_secret_is_compared_letter_by_letter() -> None:
    assert list(compared()) == []


def test_those_that_are_compared_are_compared_in_constant_time() -> None:
    careful = {p.name for p in FACING if "hmac.compare_digest" in p.read_text("utf-8")}
    assert careful >= {"guard.py", "links.py", "platform.py", "installations.py"}
