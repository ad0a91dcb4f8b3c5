"""Asking a Purr that runs how it is, from beside it: as Docker and whoever sits at the machine do."""

from __future__ import annotations

import json
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from socket import gethostname

from bot.errors import BooksShut
from bot.settings import Settings
from handlers.running.backups import Kept
from handlers.running.watch import own_word
from storage.engine import Database
from storage.workers import SILENT

PATIENCE = 10.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - asked here, not listened on
"""Whoever listens on all addresses is asked on this machine's own."""


def of_the_chat(settings: Settings) -> tuple[bool, str]:
    """Whether the Purr at this address is well, and what it says."""
    host = EVERYWHERE.get(settings.host, settings.host)
    where = f"{host}:{settings.port}"
    line = HTTPConnection(host, settings.port, timeout=PATIENCE)
    try:
        line.request("GET", "/health", headers=_pass(settings))
        answer = line.getresponse()
        told = json.loads(answer.read()) if answer.status in (200, 503) else {}
    except (OSError, HTTPException, ValueError):
        return False, f"Nothing answers at {where}."
    finally:
        line.close()
    if not told:
        return False, f"What answers at {where} does not tell how it is."
    return bool(told["ok"]), "; ".join(f"{part} {how}" for part, how in told.items() if part != "ok")


def of_the_worker(settings: Settings, now: datetime) -> tuple[bool, str]:
    """Whether a worker of this machine is on the roll; it is what `purr work` has instead of an address."""
    database = Database(settings.database)
    try:
        with database.workers(now) as workers:
            mine = [name for name in workers.alive(SILENT) if name.startswith(f"{gethostname()}-")]
    except BooksShut as shut:
        return False, str(shut)
    finally:
        database.close()
    return bool(mine), f"at work: {', '.join(mine)}" if mine else "Nobody on this machine is at work."


def _pass(settings: Settings) -> dict[str, str]:
    """Where Purr is reached from outside it wants a word even from here."""
    word = own_word(Kept.of(settings)) if settings.public_url else ""
    return {"Authorization": f"Bearer {word}"} if word else {}
