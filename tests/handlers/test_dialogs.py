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


class Lawful(Direct):
    """A conversation in which the law is told with everything."""

    def seen(self) -> str:
        """What was said, and the law."""
        return f"{super().seen()}\n§ A reminder today.\n● A fee of SEK 60."


def test_a_dialog_reads_the_law_only_where_it_asks_for_it(tmp_path: Path) -> None:
    script = tmp_path / "lawful.txt"
    script.write_text(
        "Business: SE en mail\nNow: 2026-11-16 09:00\nÅsa: help\n"
        "Purr: What you can say\nPurr does not say: SEK 60\nLaw: A fee of SEK 60.\n",
        "utf-8",
    )
    with mail_server() as mail:
        house = House.of(script, tmp_path, mail)
        play(script, house, Lawful(house))
        script.write_text(script.read_text("utf-8") + "Law: a fee of SEK 70\n", "utf-8")
        with pytest.raises(AssertionError, match="line 7: Law: a fee of SEK 70"):
            play(script, house, Lawful(house))
