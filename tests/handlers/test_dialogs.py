"""Every dialog, played against the router, with a real mail server at the other end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers.stage import DIALOGS, Direct, House, play
from tests.mailserver import mail_server


@pytest.mark.parametrize("script", DIALOGS, ids=lambda path: path.stem)
def test_the_dialog_goes_as_it_is_written(script: Path, tmp_path: Path) -> None:
    with mail_server() as mail:
        house = House.of(script, tmp_path, mail)
        play(script, house, Direct(house))
