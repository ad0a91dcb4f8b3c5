"""Opening: where Purr says it can be found."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.settings import SettingError, Settings, load
from handlers.platforms.web import bound
from handlers.running.opening import address, books_of

NOBODY = 65534


@contextmanager
def nobody() -> Iterator[None]:
    """Not as root, for whom every folder is open."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "localhost"), ("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")]
)
def test_the_address_it_says_is_one_that_a_browser_here_can_open(host: str, shown: str) -> None:
    with closing(bound(host, 0)) as taken:
        assert re.fullmatch(rf"{re.escape(shown)}:\d+", address(taken))


@pytest.fixture
def shut() -> Iterator[Path]:
    """A folder that can be seen and not written in; pytest's own cannot be seen by others."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        found = Path(folder) / "shut"
        found.mkdir(mode=0o555 if os.geteuid() == 0 else 0o500)
        yield found


@pytest.mark.parametrize("place", ["", "within"])
def test_a_folder_that_purr_may_not_write_in_stops_it_with_what_to_do(place: str, shut: Path) -> None:
    with nobody(), pytest.raises(SettingError, match=r"^PURR_DATA is .*shut.*, where Purr may not write"):
        books_of(Settings(_env_file=None, data=shut / place))


def test_settings_in_a_folder_that_is_shut_stop_it_with_what_to_do(shut: Path) -> None:
    shut.chmod(0)
    with nobody(), pytest.raises(SettingError, match=r"shut/\.env may not be read\."):
        load(shut / ".env")
