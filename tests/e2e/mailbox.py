"""The mailbox on a real server: what customers write arrives once, through kills, restarts and moves."""

from __future__ import annotations

import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.settings import Settings
from handlers.app import App
from handlers.example import fill
from tests.cast import reminder
from tests.e2e.dovecot import PASSWORD, USER, Dovecot, dovecot
from tests.e2e.ground import free_port
from tests.e2e.product import Purr
from tests.e2e.running import Stuck
from tests.e2e.telling import Report
from tests.handlers.post import bounce, written
from tests.handlers.stage import BAKERY

PATIENCE = 60.0
"""Seconds until a mail that came is in the books at the latest."""
MAILS, KILLS = 60, 3
NILS, LETTER = "nils@norrsken.example", "<e2e-letter@asasbageri.example>"


def run(report: Report, folder: Path) -> None:
    """One mailbox, from the first answer to a server that counts anew."""
    short = Path(tempfile.mkdtemp(prefix="purr-mail-"))
    try:
        with dovecot(short) as server:
            _whole(report, folder, server)
    finally:
        shutil.rmtree(short, ignore_errors=True)


def _whole(report: Report, folder: Path, server: Dovecot) -> None:
    purr = _moved_in(folder, server)
    purr.start()
    try:
        _story(report, purr, server)
    finally:
        purr.stop(signal.SIGKILL)


def _story(report: Report, purr: Purr, server: Dovecot) -> None:
    with report.step("an answer is told as it comes"):
        server.deliver(written("Vi betalar på fredag.", number="first"))
        _until(lambda: _answers(purr) == 1)
    with report.step("a letter that came back counts as none"):
        server.deliver(bounce(NILS, LETTER))
        _until(lambda: purr.rows("SELECT state FROM letters WHERE id = 'e2e'") == [("failed",)])
    with report.step(f"{MAILS} answers, Purr killed {KILLS} times: each once"):
        _killed(purr, server)
    with report.step("a mail of ten megabytes and a broken one"):
        server.deliver(written("Se bilagan.", number="big") + b"x" * 10_000_000)
        server.deliver(written("Trasigt", number="broken").replace(b"text/plain", b"multipart/mixed"))
        _until(lambda: _answers(purr) == MAILS + 4)
    with report.step("the server is restarted, and found again"):
        server.stop()
        time.sleep(2)
        server.start()
        server.deliver(written("Efter omstarten", number="restart"))
        _until(lambda: _answers(purr) == MAILS + 5)
    with report.step("the server counts anew: nothing is told twice"):
        server.stop()
        server.count_anew()
        server.start()
        server.deliver(written("Efter flytten", number="moved"))
        _until(lambda: _answers(purr) == MAILS + 6)
    with report.step("nothing is marked or moved on the server"):
        marked = [p.name for p in (server.maildir / "cur").iterdir() if not p.name.endswith(":2,")]
        _check(not marked, f"marked: {marked[:3]}")
    with report.step("told to stop, it does, and its log is clean"):
        purr.stop()
        _check(not purr.complaints(), "\n".join(purr.complaints()[:5]))


def _moved_in(folder: Path, server: Dovecot) -> Purr:
    """The bakery with its customers and a letter that went out, and Purr's settings for its mailbox."""
    data, port = folder / "data", free_port()
    with App(Settings(_env_file=None, data=data)) as app:
        app.database.add_business(replace(BAKERY, opened=datetime.now(UTC)))
        with app.database.books(BAKERY.id, datetime.now(UTC)) as books:
            fill(app.inbox.desk(books))
            claim = next(i for i in books.invoices.late(books.now.date()) if "norrsken" in i.customer)
            sent = reminder(claim, 1, books.now.date() - timedelta(days=2))
            books.letters.add(replace(sent, id="e2e", to=NILS, message_id=LETTER))
    settings = {
        "PURR_DATA": str(data), "PURR_PORT": str(port), "PURR_TICK_SECONDS": "1",
        "PURR_IMAP_HOST": "127.0.0.1", "PURR_IMAP_PORT": str(server.port), "PURR_IMAP_SECURITY": "none",
        "PURR_IMAP_USER": USER, "PURR_IMAP_PASSWORD": PASSWORD,
    }  # fmt: skip
    return Purr(folder, port, settings)


def _killed(purr: Purr, server: Dovecot) -> None:
    before = _answers(purr)
    for number in range(MAILS):
        server.deliver(written(f"Svar {number}", number=f"many{number}"))
        if number % (MAILS // KILLS) == MAILS // KILLS // 2:
            time.sleep(0.3)
            purr.stop(signal.SIGKILL)
            purr.start()
    _until(lambda: _answers(purr) >= before + MAILS)
    time.sleep(2)
    twice = purr.rows("SELECT text, count(*) FROM replies GROUP BY text HAVING count(*) > 1")
    _check(_answers(purr) == before + MAILS and not twice, f"{_answers(purr)} answers, twice: {twice[:3]}")


def _answers(purr: Purr) -> int:
    """How many answers are in the books that came by mail, or back."""
    return int(str(purr.rows("SELECT count(*) FROM replies WHERE source IN ('mail', 'bounce')")[0][0]))


def _until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            raise Stuck("it did not come into the books")
        time.sleep(0.1)


def _check(holds: bool, words: str) -> None:
    if not holds:
        raise Stuck(words)
