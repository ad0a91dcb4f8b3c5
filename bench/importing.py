"""Files taken into the books: validated, compared with what is there, matched and written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench import files
from bench.books import BAKERY, NOW
from bench.servers import address
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
    made, file = _owing(folder, size), files.payments(folder, size)
    return lambda: _take(made, file, "payments where invoice is not null")


def camt_mixed(folder: Path, size: int) -> Work:
    """A statement taken in of which only some payments say what they are for."""
    made, file = _owing(folder, size), files.mixed(folder, size)
    return lambda: _sorted(made, file, size)


def camt_parts(folder: Path, size: int, opens: int) -> Work:
    """A statement taken in that pays so many invoices in small parts."""
    made, file = _owing(folder, opens), files.parts(folder, size, opens)
    return lambda: _take(made, file, "payments where invoice is not null")


def _sorted(made: Database, file: Path, size: int) -> int:
    """Take a statement in, and count the payments of every sort that has just as many as it should."""
    tenth = size // len(files.WAYS)
    _take(made, file, "incoming")
    with made.books(BAKERY, NOW) as books:
        found = books.connection.exec_driver_sql("select state, count(*) from incoming group by state").all()
    right = {("placed", 7 * tenth), ("waiting", 2 * tenth), ("loose", tenth)}
    return sum(count for state, count in found if (state, count) in right)


def _take(made: Database, file: Path, counted: str) -> int:
    """Take a file in, and count what there is now."""
    with made.books(BAKERY, NOW) as books:
        desk = Desk(books, Voice("en", country="SE", today=NOW.date()), NOW, NOW.date(), read)
        named = bulk.Named(file.name, file.name)
        bulk.take_in(parts(file, currency="SEK", today=desk.today), named, "Åsa", desk, unwatched)
        found: int = books.connection.exec_driver_sql(f"select count(*) from {counted}").scalar_one()
        return found


def _owing(folder: Path, size: int) -> Database:
    made, is_new = _made(folder)
    if is_new:
        _take(made, files.invoices(folder, size), "invoices")
    return made


def _empty(folder: Path) -> Database:
    return _made(folder)[0]


def _made(folder: Path) -> tuple[Database, bool]:
    """The bakery's books, and whether they are new."""
    url, is_new = address(folder, "purr")
    made = Database(url)
    if is_new:
        made.migrate()
        made.add_business(cast.ASAS_BAGERI)
    return made, is_new
