"""Only one at a time may work on a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Refusal
from handlers.engine.alone import Alone


def test_a_second_one_is_refused_and_told_the_file_until_the_first_gives_it_back(tmp_path: Path) -> None:
    first, second = Alone(tmp_path / "purr.db"), Alone(tmp_path / "purr.db")
    first.take()
    with pytest.raises(Refusal, match="already_running") as refused:
        second.take()
    assert refused.value.facts == {"file": str(tmp_path / "purr.db.lock")}
    first.give_back()
    second.take()
    second.give_back()
