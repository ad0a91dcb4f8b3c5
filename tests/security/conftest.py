"""What the tests of the guards share: a bakery, its customers, and a page reached from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.blank import blank_books
from tests.handlers.letterbox.customer import REACHED, with_page
from tests.handlers.talk import Talk


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for one house, its tables made."""
    return blank_books(tmp_path / "home").parent


@pytest.fixture
def talk(home: Path) -> Talk:
    """A talk in English about the customers of the example, whose letters carry a link to a page."""
    talk = Talk.about(home, public_url=REACHED)
    with_page(talk)
    return talk
