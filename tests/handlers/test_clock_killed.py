"""A real process with the real engine is killed amid its letters, and the next one finishes the work."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.handlers.day import Day, approved, day
from tests.mailserver import MailServer, mail_server

ROOT = Path(__file__).resolve().parents[2]
LETTERS = 6


def started(url: str, server: MailServer, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.handlers.clock_process", url, str(server.port), str(seconds)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def states(today: Day) -> Counter[str]:
    with today.books() as books:
        return Counter(letter.state for letter in books.letters.all())


@pytest.mark.slow
def test_a_kill_in_the_middle_repeats_nothing_and_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'purr.db'}"
    with mail_server() as server, day(url, server) as today:
        for number in range(LETTERS):
            today.plan(replace(approved(f"letter-{number}"), kind="thanks"))
        first = started(url, server, 0)

        def kill(_: EmailMessage) -> None:
            """The mail is in the server's hands, and its sender will never hear of it."""
            if len(server.messages) == 3:
                first.kill()
                first.wait()

        server.before_answer = kill
        _, said = first.communicate(timeout=60)
        assert first.returncode == -9, said
        assert states(today) == {"sent": 2, "sending": 1, "approved": 3}

        second = started(url, server, 60)
        _, said = second.communicate(timeout=60)
        assert (second.returncode, said) == (0, "")
        assert states(today) == {"sent": LETTERS - 1, "unknown": 1}
        assert Counter(message["Message-ID"] for message in server.messages).most_common(1)[0][1] == 1
        assert len(server.messages) == LETTERS
        assert today.nudges == ["digest 2026-11-25 0"]
        assert Counter(today.told) == {"sent": LETTERS - 1, "unknown cut_off": 1}
