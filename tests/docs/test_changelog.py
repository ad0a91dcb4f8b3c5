"""The changelog is of this version, and names what it says there is."""

from __future__ import annotations

import re
import tomllib

from storage.ledgers import systems
from tests.docs.pages import DOCS, ROOT, prose

PAGE = prose(DOCS / "CHANGELOG.md")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Known limits"}


def test_what_is_not_released_stands_first_and_the_version_is_the_packages() -> None:
    releases = re.findall(r"^## \[(.+)\]", PAGE, re.MULTILINE)
    assert releases[0] == "Unreleased"
    assert VERSION in releases or f"This will be {VERSION}" in PAGE


def test_its_parts_are_those_of_keep_a_changelog() -> None:
    assert set(re.findall(r"^### (.+)$", PAGE, re.MULTILINE)) <= KINDS


def test_every_accounting_system_is_named() -> None:
    assert [system.name for system in systems() if system.name not in PAGE] == []
