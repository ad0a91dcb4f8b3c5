"""Purr itself: a process with settings, that is started, told to stop, and started again."""

from __future__ import annotations

import re
import signal
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e import standins
from tests.e2e.ground import ROOT
from tests.e2e.running import Program, start
from tests.mailserver import MailServer

LOGIN = "e2e-login"


@dataclass
class Purr:
    """One Purr: its folder, its port, its settings; and the process while it runs."""

    folder: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    process: Program | None = None

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def events(self) -> str:
        """Where Slack sends what happens."""
        return f"{self.address}/slack/events"

    @property
    def log(self) -> str:
        """All it wrote so far."""
        path = self.folder / "purr.log"
        return path.read_text("utf-8", "replace") if path.is_file() else ""

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"} | self.settings
        self.process = start("purr", [sys.executable, "-m", "bot"], self.folder, environment)
        self.process.wait_for(self.port)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Tell it to stop; the seconds that took."""
        assert self.process
        return self.process.end(how)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the books say, read beside the running process."""
        address = f"file:{self.folder / 'data' / 'purr.db'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as books:
            return list(books.execute(query))

    def complaints(self) -> list[str]:
        """Lines of its log that no good run has."""
        bad = re.compile(r"ERROR|CRITICAL|Traceback|never awaited|Unclosed|destroyed")
        return [line for line in self.log.splitlines() if bad.search(line)]


@contextmanager
def purr(folder: Path, port: int, mail: MailServer, *settings: Mapping[str, str]) -> Iterator[Purr]:
    """Purr at work; its clock looks every second, so that letters go when they may."""
    known = {
        "PURR_DATA": str(folder / "data"),
        "PURR_PORT": str(port),
        "PURR_TOKEN": LOGIN,
        "PURR_TICK_SECONDS": "1",
        "PURR_SMTP_HOST": mail.host,
        "PURR_SMTP_PORT": str(mail.port),
        "PURR_SMTP_SECURITY": "none",
        "PURR_SMTP_FROM": "asa@asasbageri.example",
        "PURR_SIGN_UP": "true",
    }
    running = Purr(folder, port, known)
    for each in settings:
        running.settings |= each
    try:
        running.start()
        yield running
    finally:
        if running.process and running.process.process.poll() is None:
            running.stop()


def over_http(slack: standins.Slack, address: str) -> dict[str, str]:
    """Slack for many workspaces: signed requests, installed by OAuth."""
    return {
        "PURR_SLACK_SIGNING_SECRET": standins.SIGNING_SECRET,
        "PURR_SLACK_CLIENT_ID": standins.CLIENT_ID,
        "PURR_SLACK_CLIENT_SECRET": standins.CLIENT_SECRET,
        "PURR_SLACK_API": slack.api,
        "PURR_SLACK_AUTHORIZE": slack.authorize,
        "PURR_PUBLIC_URL": address,
    }


def by_socket(slack: standins.Slack, bot_token: str) -> dict[str, str]:
    """Slack for one workspace: Socket Mode, with the tokens of its app."""
    return {
        "PURR_SLACK_BOT_TOKEN": bot_token,
        "PURR_SLACK_APP_TOKEN": "xapp-1-test",
        "PURR_SLACK_API": slack.api,
    }


def on_telegram(telegram: standins.Telegram) -> dict[str, str]:
    """Telegram, called for updates."""
    return {
        "PURR_TELEGRAM_TOKEN": standins.BOT_TOKEN,
        "PURR_TELEGRAM_API": telegram.api,
        "PURR_TELEGRAM_FILES": telegram.files,
    }
