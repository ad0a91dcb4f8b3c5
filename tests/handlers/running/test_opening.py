"""Opening: where Purr says it can be found."""

from __future__ import annotations

import re
from contextlib import closing

import pytest

from handlers.platforms.web import bound
from handlers.running.opening import address


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "localhost"), ("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")]
)
def test_the_address_it_says_is_one_that_a_browser_here_can_open(host: str, shown: str) -> None:
    with closing(bound(host, 0)) as taken:
        assert re.fullmatch(rf"{re.escape(shown)}:\d+", address(taken))
