from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import kind, load, names
from handlers.platforms import options

EXAMPLE = Path(__file__).parents[1] / ".env.example"
NAMES = names(options())
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()[2:]


def test_the_example_and_the_settings_name_the_same_things_in_the_same_order() -> None:
    assert [line.split("=")[0] for line in LINES[1::2]] == list(NAMES)


def test_every_setting_in_the_example_has_one_comment() -> None:
    assert [line[:2] for line in LINES[::2]] == ["# "] * len(NAMES)


def test_every_setting_says_what_its_value_must_be() -> None:
    assert all(NAMES.values())


def test_the_example_copied_as_it_is_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    plain = kind(options())(_env_file=None)
    assert load(EXAMPLE, options()).model_dump() == plain.model_dump()
