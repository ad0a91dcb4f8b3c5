"""Files taken into the books: validated, compared with what is there, matched and written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench import files
from bench.books import BAKERY, NOW
from handlers.desk import Desk, bulk
from handlers.desk.bank import unwatched
from messages.voice import Voice
from storage.engine import Database
from storage.readers import parts, read
from tests import cast

Work = Callable[[], int]


def csv_taken_in(folder: Path, size: int) -> Work:
    """The list taken into books that hold no invoice."""
    made, file = _empty(folder), files.invoices(folder, size)
    return lambda: _take(made, file, "invoices")


def csv_again(folder: Path, size: int) -> Work:
    """The same list once more, which changes nothing."""
    made, file = _empty(folder), files.invoices(folder, size)
    _take(made, file, "invoices")
    return lambda: _take(made, file, "invoices")


def camt_taken_in(folder: Path, size: int) -> Work:
    """The statement taken in, each payment laid on its invoice."""
    made, file = _empty(folder), files.payments(folder, size)
    _take(made, files.invoices(folder, size), "invoices")
    return lambda: _take(made, file, "payments where invoice is not null")


def _take(made: Database, file: Path, counted: str) -> int:
    """Take a file in, and count what there is now."""
    with made.books(BAKERY, NOW) as books:
        desk = Desk(books, Voice("en", country="SE", today=NOW.date()), NOW, NOW.date(), read)
        named = bulk.Named(file.name, file.name)
        bulk.take_in(parts(file, currency="SEK", today=desk.today), named, "Åsa", desk, unwatched)
        found: int = books.connection.exec_driver_sql(f"select count(*) from {counted}").scalar_one()
        return found


def _empty(folder: Path) -> Database:
    made = Database(f"sqlite:///{folder / 'purr.db'}")
    made.migrate()
    made.add_business(cast.ASAS_BAGERI)
    return made
