"""A real process is told to stop in the midst of a sending and of a file: what it began it ends or undoes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.letters import Letter
from tests.blank import blank_books
from tests.e2e import product
from tests.e2e.ground import ROOT, free_port
from tests.e2e.product import Purr
from tests.handlers.day import Day, approved, day
from tests.mailserver import MailServer, mail_server

PATIENCE = 30.0
"""Seconds a process may take to end: what runs gets twenty."""
LONG_AGO = datetime(2026, 1, 7, 8, tzinfo=UTC)
"""So that the letter is due whatever the day of the test."""
ROWS = 3000
"""More than SQLite holds back until the end: what is half done lies in its log."""


def thanks() -> Letter:
    """A letter that no rule about days can stop."""
    return replace(approved(), kind="thanks", send_at=LONG_AGO)


@contextmanager
def at_work(folder: Path, mail: MailServer, **settings: str) -> Iterator[tuple[Day, Purr]]:
    """A running Purr with one letter that is due, and its books."""
    with day(f"sqlite:///{blank_books(folder / 'data')}", mail) as today:
        with today.books() as books:
            books.letters.add(thanks())
            books.deliveries.plan("letter:letter-1", "letter", "letter-1", LONG_AGO)
        with product.purr(folder, free_port(), mail, settings) as running:
            yield today, running


@pytest.mark.slow
def test_told_to_stop_while_a_letter_is_on_its_way_it_goes_and_is_noted(tmp_path: Path) -> None:
    with mail_server() as mail:
        told: list[float] = []

        def stop(_: EmailMessage) -> None:
            assert running.process
            os.kill(running.process.process.pid, signal.SIGTERM)
            told.append(time.monotonic())
            time.sleep(1)

        mail.before_answer = stop
        with at_work(tmp_path, mail) as (today, running):
            assert running.process
            assert running.process.process.wait(PATIENCE) == 0
            assert time.monotonic() - told[0] < PATIENCE
            assert (today.letter.state, today.past, len(mail.messages)) == ("sent", ["sent"], 1)
            assert running.complaints() == []


@pytest.mark.slow
def test_told_to_stop_while_a_file_is_taken_in_nothing_of_it_is_there(tmp_path: Path) -> None:
    path = blank_books(tmp_path / "data")
    rows = "\n".join(f"{n};Kund {n};100,00;2026-10-01" for n in range(ROWS))
    file = tmp_path / "lista.csv"
    file.write_text(f"Fakturanr;Kund;Belopp;Förfallodag\n{rows}\n", "utf-8")
    with mail_server() as mail, day(f"sqlite:///{path}", mail) as today:
        before, log = invoices(today), path.with_name("purr.db-wal")
        known = log.stat().st_size
        importing = subprocess.Popen(
            [sys.executable, "-m", "bot", "import", str(file)],
            cwd=tmp_path,
            env=os.environ | {"PURR_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        while importing.poll() is None and log.stat().st_size <= known:
            time.sleep(0.005)
        importing.send_signal(signal.SIGTERM)
        assert importing.wait(PATIENCE) == -signal.SIGTERM
        assert invoices(today) == before


def invoices(today: Day) -> list[str]:
    with today.books() as books:
        return [invoice.number for invoice in books.invoices.all()]
