"""The tree in the architecture is the tree that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, blocks

TREE = next(blocks(DOCS / "architecture.md", ""))
WIDE = {"bot": 41, "messages": 41, "storage": 41, "handlers": 53}
"""How wide the names are, before what they are for begins."""


def named(floor: str) -> set[str]:
    """What the tree names of a floor; of the widest also a few words of what it is for."""
    lines = TREE.partition(f"{floor}/ ")[2].partition("\n\n")[0].splitlines()[1:]
    return {name for line in lines for name in re.findall(r"[\w/]+", line[: WIDE[floor]])}


def there(floor: str) -> set[str]:
    """The modules of a floor, and its folders as they are written."""
    found = (path for path in (ROOT / floor).iterdir() if path.suffix == ".py" or is_folder(path))
    return {f"{path.stem}/" if path.is_dir() else path.stem for path in found} - {"__init__"}


def is_folder(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith("__")


@pytest.mark.parametrize("floor", WIDE)
def test_every_module_has_its_place_in_the_tree(floor: str) -> None:
    assert there(floor) - named(floor) == set()


@pytest.mark.parametrize("floor", [floor for floor in WIDE if floor != "handlers"])
def test_no_module_is_in_the_tree_that_is_not_there(floor: str) -> None:
    assert {name for name in named(floor) - there(floor) if not (ROOT / floor / name).is_dir()} == set()
