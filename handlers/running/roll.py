"""Whether a worker is at work: it has no address to ask at, but a name on the roll."""

from __future__ import annotations

from datetime import datetime
from socket import gethostname

from bot.errors import BooksShut
from bot.settings import Settings
from storage.engine import Database
from storage.workers import SILENT


def of_this_machine(settings: Settings, now: datetime) -> tuple[bool, str]:
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
