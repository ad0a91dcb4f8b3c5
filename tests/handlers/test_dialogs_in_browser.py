"""Whole stories once more, in a real browser: typed, clicked and read as an owner does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers.page import ByKeyboard, OnPage, Upstairs, shown
from tests.handlers.stage import DIALOGS, play
from tests.mailserver import mail_server

pytestmark = pytest.mark.browser
SCRIPTS = {script.stem: script for script in DIALOGS}
BY_HAND = ("pays_after_the_first_nudge", "disputes", "plan_kept", "wrong_email", "nb_pays_after_a_reminder")
BY_KEYBOARD = ("answered_before_approval", "sv_promise_broken")


@pytest.mark.parametrize(
    ("name", "surface"),
    [*((name, OnPage) for name in BY_HAND), *((name, ByKeyboard) for name in BY_KEYBOARD)],
)
def test_the_dialog_goes_as_it_is_written(name: str, surface: type[OnPage], tmp_path: Path) -> None:
    script = SCRIPTS[name]
    with mail_server() as mail:
        house = Upstairs.of(script, tmp_path, mail)
        with shown(house, surface) as page:
            play(script, house, page)
