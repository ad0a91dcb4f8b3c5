from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, load, names

EXAMPLE = Path(__file__).parents[1] / ".env.example"
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()[2:]


def test_the_example_and_the_settings_name_the_same_things_in_the_same_order() -> None:
    assert [line.split("=")[0] for line in LINES[1::2]] == list(names())


def test_every_setting_in_the_example_has_one_comment() -> None:
    assert [line[:2] for line in LINES[::2]] == ["# "] * len(names())


def test_every_setting_says_what_its_value_must_be() -> None:
    assert all(names().values())


def test_the_example_copied_as_it_is_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in names():
        monkeypatch.delenv(name, raising=False)
    assert load(EXAMPLE) == Settings(_env_file=None)
