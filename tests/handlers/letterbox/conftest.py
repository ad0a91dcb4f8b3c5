"""What the tests of the page share: a bakery that is reached from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers.letterbox.customer import REACHED, with_page
from tests.handlers.talk import Talk


@pytest.fixture
def reached(home: Path) -> Talk:
    """A talk about the customers of the example, whose letters carry a link to a page."""
    talk = Talk.about(home, public_url=REACHED)
    with_page(talk)
    return talk
