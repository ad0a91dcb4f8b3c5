from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingError, load, names
from handlers.platforms import options
from tests.reference import PAGE, SECTIONS, page, settings


def test_the_page_in_the_docs_is_what_the_code_gives_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_setting_stands_on_the_page_once_with_what_it_must_be() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| `")]
    told = {name: must for _, name, *_, must, _ in (row.split("|") for row in rows)}
    assert len(rows) == len(told)
    assert {name.strip(" `🔒"): must.strip() for name, must in told.items()} == names(options())


def test_every_part_begins_with_a_setting_there_is() -> None:
    assert SECTIONS.keys() <= names(options()).keys()


def test_what_opens_something_is_marked_as_hidden() -> None:
    opens = ("TOKEN", "PASSWORD", "SECRET", "_KEY", "DATABASE_URL")
    assert {s.name for s in settings() if s.hidden} == {s.name for s in settings() if s.name.endswith(opens)}


def stopped(line: str, folder: Path) -> str:
    (folder / ".env").write_text(line, encoding="utf-8")
    with pytest.raises(SettingError) as problem:
        load(folder / ".env", options())
    return str(problem.value)


def test_a_setting_that_cannot_be_used_stops_the_start_with_the_sentence_on_the_page(tmp_path: Path) -> None:
    assert f"\n{stopped('PURR_PORT=many', tmp_path)}\n" in page()


def test_a_name_that_is_misspelt_stops_it_too(tmp_path: Path) -> None:
    assert stopped("PURR_PROT=8484", tmp_path).endswith("did you mean PURR_PORT?")
