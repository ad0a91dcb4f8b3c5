"""The app in a process of its own: it says where it is, and refuses in one sentence what cannot be."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from bot.chat import Request
from bot.settings import SettingError, Settings
from handlers.app import App
from tests.handlers.stage import Clock
from tests.handlers.talk import MORNING, Talk
from tests.handlers.test_privacy import settle

ROOT = Path(__file__).parents[2]


def start(folder: Path, port: int = 0, tick: float = 60) -> subprocess.Popen[str]:
    environment = {
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ["PATH"],
        "PURR_DATA": str(folder),
        "PURR_PORT": str(port),
        "PURR_TICK_SECONDS": str(tick),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot"], env=environment, cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@contextmanager
def running(folder: Path, tick: float = 60) -> Iterator[str]:
    """Purr at work, and its first line."""
    with start(folder, tick=tick) as process:
        assert process.stdout
        try:
            yield process.stdout.readline()
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) in (0, -signal.SIGTERM)


@pytest.mark.slow
def test_the_first_line_greets_with_an_address_that_opens_the_chat(home: Path) -> None:
    with running(home) as line:
        found = re.fullmatch(r"Purr: (http://127\.0\.0\.1:\d+/\?token=\S+)\n", line)
        assert found, line
        with httpx2.Client(follow_redirects=True, headers={"Accept-Language": "sv"}) as visitor:
            page = visitor.get(found[1])
            stranger = httpx2.get(found[1].split("?")[0])
    assert page.status_code == 200 and "Sverige" in page.text
    assert stranger.status_code == 403


@pytest.mark.slow
def test_a_second_purr_on_the_same_books_is_refused_with_one_sentence(home: Path) -> None:
    with running(home), start(home) as second:
        _, said = second.communicate(timeout=30)
    assert second.returncode == 2
    assert said == "PURR_DATA is in use: Purr is already running on these books.\n"


@pytest.mark.slow
def test_a_port_that_is_taken_is_refused_with_one_sentence(home: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with start(home, port) as process:
            _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert said == f"PURR_PORT is {port}, which another program uses; choose another.\n"


@pytest.mark.slow
def test_an_open_page_hears_of_what_a_command_did_beside_it(home: Path) -> None:
    talk = Talk.about(home)
    settle(talk, "norrsken")
    talk.house.app.database.close()
    with running(home, tick=1) as line, httpx2.Client(follow_redirects=True, timeout=20) as page:
        shown = page.get(line.split()[-1])
        mark = shown.text.partition('data-after="')[2].partition('"')[0]
        with App(Settings(_env_file=None, data=home)) as beside:
            assert beside.console.erase("Café Norrsken")[0]
        with page.stream("GET", f"{shown.url}events?after={mark}") as stream:
            assert next(text for text in stream.iter_lines() if text.startswith("event")) == "event: stale"
        again = page.get(str(shown.url)).text.partition('data-after="')[2].partition('"')[0]
    assert again.partition("-")[0] != mark.partition("-")[0]


def test_books_of_a_newer_purr_stop_the_start_and_stay_as_they_are(home: Path) -> None:
    with closing(sqlite3.connect(home / "purr.db")) as books:
        books.executescript("UPDATE alembic_version SET version_num = '9999'")
    before = (home / "purr.db").read_bytes()
    with pytest.raises(SettingError, match=r"PURR_DATA holds books of a newer Purr \(9999\)\. Install"):
        App(Settings(_env_file=None, data=home))
    assert (home / "purr.db").read_bytes() == before


def test_the_business_the_owner_last_turned_to_is_talked_about(talk: Talk) -> None:
    app = talk.house.app
    assert app.business().id == talk.house.business.id
    talk.acts("example.open")
    assert app.business().example


def test_a_new_owner_is_greeted_once(home: Path) -> None:
    with App(Settings(_env_file=None, data=home), Clock(MORNING)) as app:
        assert app.known() is None
        assert app.business() == app.business()
        with app.database.books(app.business().id, MORNING) as books:
            assert len(books.lines.recent()) == 1


def test_a_quiet_day_is_passed_over_in_silence_where_the_owner_wants_that(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    talk.says("settings")
    talk.presses("Save", quiet="silence")
    lines = len(talk.lines())
    talk.house.wait_until(talk.house.clock().replace(day=27))
    assert len(talk.lines()) == lines


def test_what_was_said_is_there_after_a_restart(home: Path) -> None:
    talk = Talk.about(home)
    talk.says("Norrsken")
    token = talk.part("Draft").token
    with App(talk.house.app.settings, talk.house.clock) as again:
        lines = again.inbox(Request(talk.house.business.id, press=token))
    assert any("Letter to Café Norrsken" in line.card.title for line in lines)
