"""A day run many times at once gives one morning list, one letter and one fee."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.parallel import Bakery
from tests.mailserver import mail_server


@pytest.mark.slow
def test_a_day_run_again_and_again_at_once_asks_for_one_fee(tmp_path: Path) -> None:
    with mail_server() as mail:
        bakery = Bakery.at(tmp_path, mail)
        bakery.run(60)
        assert "1 fee of" in bakery.check()
