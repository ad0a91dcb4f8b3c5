from __future__ import annotations

import os
from pathlib import Path

import pytest

from handlers.watching import SETTLED, arrivals
from tests.handlers.stage import Direct, House
from tests.mailserver import mail_server

LIST = b"Customer;Invoice no;Due date;Amount;Currency\nCaf\xc3\xa9 Norrsken;1058;2026-11-19;4125,50;SEK\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "watched"
    made.mkdir()
    return made


def put(folder: Path, name: str, content: bytes, at: float) -> None:
    (folder / name).write_bytes(content)
    os.utime(folder / name, (at, at))


def test_a_file_is_taken_once_it_has_come_whole(folder: Path) -> None:
    put(folder, "open.csv", LIST, at=1000)
    assert list(arrivals(folder, 1000 + SETTLED / 2)) == []
    assert [upload.name for upload in arrivals(folder, 1000 + SETTLED)] == ["open.csv"]


def test_hidden_files_and_folders_are_left_alone(folder: Path) -> None:
    put(folder, ".open.csv.part", LIST, at=1000)
    (folder / "old").mkdir()
    assert list(arrivals(folder, 5000)) == []


def test_a_file_in_the_folder_is_shown_to_the_owner_once_and_changes_nothing(
    folder: Path, tmp_path: Path
) -> None:
    with mail_server() as mail:
        house = House(tmp_path / "data", mail)
        put(folder, "open.csv", LIST, at=house.clock().timestamp() - 60)
        for _ in range(3):
            house.app.look_into(folder)
        assert Direct(house).seen().count("One new invoice") == 1
        with house.app.database.books(house.business.id, house.clock()) as books:
            assert books.invoices.all() == ()


def test_files_that_lie_there_together_are_shown_together(folder: Path, tmp_path: Path) -> None:
    with mail_server() as mail:
        house = House(tmp_path / "data", mail)
        for number in (b"1058", b"1059"):
            put(
                folder,
                f"{number.decode()}.csv",
                LIST.replace(b"1058", number),
                house.clock().timestamp() - 60,
            )
        house.app.look_into(folder)
        assert "Two new invoices" in Direct(house).seen()
