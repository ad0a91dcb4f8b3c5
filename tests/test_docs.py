"""The documents keep their word: what they link to, show and name is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bot.settings import names
from handlers.cli import shell
from handlers.platforms import options

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|<img[^>]*? src=\"([^\"]+)\"")
CODE = re.compile(r"`([^`\n]+)`")
LIGHT, ALL = 200_000, 900_000
"""Bytes: a picture that is bigger makes a page slow; so much for all of them."""

every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)

LATER = {"storage/readers/ndjson.py", "bot/countries/estonia.py"}
"""Files that a document says are yours to write, or still to come."""


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def links(path: Path) -> Iterator[str]:
    found = (link or image for link, image in LINK.findall(prose(path)))
    return (target for target in found if "://" not in target)


def commands(path: Path) -> Iterator[str]:
    """What a reader may type: the lines of every shell block, and all code within a sentence."""
    text = path.read_text(encoding="utf-8")
    blocks = (body.splitlines() for language, body in FENCE.findall(text) if language == "sh")
    return (line.strip() for line in chain(chain.from_iterable(blocks), CODE.findall(prose(path))))


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_document
def test_every_link_and_picture_leads_somewhere(path: Path) -> None:
    for target in links(path):
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@every_document
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {found[1] for line in commands(path) if (found := re.match(r"make ([a-z]+)", line))} <= targets


@every_document
def test_every_command_of_purr_that_is_named_exists_with_its_options(path: Path) -> None:
    shown = get_command(shell)
    assert isinstance(shown, TyperGroup)
    known = {name: {o for p in c.params for o in p.opts} for name, c in shown.commands.items()}
    for line in commands(path):
        found = re.match(r"(?:\.venv/bin/)?purr ([a-z]+)([^#]*)", line)
        if found:
            assert found[1] in known, line
            assert set(re.findall(r"--[\w-]+", found[2])) <= known[found[1]], line


@every_document
def test_every_setting_that_is_named_is_real(path: Path) -> None:
    ours = {*names(options()), "PURR_GOLDEN"}
    assert set(re.findall(r"\b(?:PURR_[A-Z_]+|DATABASE_URL)\b", path.read_text(encoding="utf-8"))) <= ours


@every_document
def test_every_file_that_is_named_by_its_path_exists(path: Path) -> None:
    home = r"(?:bot|messages|storage|handlers|tests|docs)/[\w/.]+\.(?:py|toml|md|txt)"
    said = {line for line in commands(path) if re.fullmatch(home, line)}
    assert {name for name in said if not (ROOT / name).exists()} <= LATER


@every_document
def test_every_example_in_python_can_be_read(path: Path) -> None:
    for language, body in FENCE.findall(path.read_text(encoding="utf-8")):
        if language == "python":
            ast.parse(body)


def test_every_picture_is_light_and_shown_somewhere() -> None:
    shown = {(path.parent / target).resolve() for path in DOCUMENTS for target in links(path)}
    pictures = list((ROOT / "docs/pictures").iterdir())
    for picture in pictures:
        assert picture.stat().st_size < LIGHT
        assert picture.resolve() in shown
    assert sum(picture.stat().st_size for picture in pictures) < ALL
