"""Files read: a list, a bank statement and e-invoices, as values that say what they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench import files
from storage.readers import parts, read

Work = Callable[[], int]


def csv_read(folder: Path, size: int) -> Work:
    """The list as Purr reads it, row by row."""
    file = files.invoices(folder, size)
    return lambda: sum(len(part.documents) for part in parts(file, currency="SEK"))


def camt_read(folder: Path, size: int) -> Work:
    """The statement as Purr reads it, entry by entry."""
    file = files.payments(folder, size)
    return lambda: sum(len(part.receipts) for part in parts(file))


def ubl_read(folder: Path, size: int) -> Work:
    """E-invoices as Purr reads them."""
    documents = [file.read_bytes() for file in files.ubl(folder, size)]
    return lambda: sum(len(read(document).documents) for document in documents)
