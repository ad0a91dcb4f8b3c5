from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers.platforms.telegram.surface import on_telegram
from tests.handlers.stage import DIALOGS, House, play
from tests.mailserver import mail_server


@pytest.mark.parametrize("script", DIALOGS, ids=lambda script: script.stem)
def test_every_dialog_is_the_same_on_telegram(script: Path, home: Path) -> None:
    with mail_server() as mail:
        house = House.of(script, home, mail)
        with house.app, on_telegram(house) as surface:
            play(script, house, surface)
