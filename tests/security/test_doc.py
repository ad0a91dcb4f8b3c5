"""Every threat in the document on security names its guard and its test, and both are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and "::" in line
]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
GUARD = re.compile(r"`((?:bot|messages|storage|handlers)/[\w/]+\.py)`")
NAMED = sorted(set(TEST.findall(TEXT)))
ASKED_FOR = (
    "another's", "link is stolen", "forged call from Slack", "forged call from Telegram", "played again",
    "CSRF", "XSS", "template", "header", "XML", "ZIP", "accounting system sends", "model's address",
    "prompt injection", "how long it takes", "log",
)  # fmt: skip


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_each_test_that_is_named_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    functions = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert name in functions


def test_each_threat_has_a_guard_and_a_test() -> None:
    assert len(ROWS) > 30
    for threat, guard, test in ROWS:
        assert guard and TEST.search(test), threat
        assert all((ROOT / path).exists() for path in GUARD.findall(guard)), threat


def test_no_threat_that_was_thought_of_is_missing() -> None:
    told = "\n".join(row[0] for row in ROWS)
    assert [threat for threat in ASKED_FOR if threat not in told] == []
