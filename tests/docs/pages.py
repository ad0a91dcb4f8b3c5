"""The pages of the documentation, and what is written in them as code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


def text(page: Path) -> str:
    """A page as it is written."""
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", text(page))


def blocks(page: Path, *languages: str) -> Iterator[str]:
    """The blocks of code in some languages."""
    return (body for language, body in FENCE.findall(text(page)) if language in languages)


def first_column(page: Path, heading: str) -> list[str]:
    """What stands as code in the first column of the table under a heading like this."""
    rows = prose(page).partition(f"\n| {heading} |")[2].partition("\n\n")[0].splitlines()
    return [code for row in rows for code in CODE.findall(row.split("|")[1] if "|" in row else "")]
