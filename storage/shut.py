"""When the database cannot be reached or written: told apart from a fault of our own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa

from bot.errors import BooksShut

BROKEN = psycopg.pq.TransactionStatus.INERROR
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN)
GONE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""A quota and a limit on files are told as a failed write, not as a full disk."""
BEFORE = re.compile("^connection (failed|is bad): ")
AWAY = ("08", "40", "53", "55", "57", "58")
"""PostgreSQL's classes of lost connections, clashes, locks, restarts, and too little of something."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise `BooksShut` for what is no fault of the caller's, and passes."""
    try:
        yield
    except sa.exc.PendingRollbackError as problem:
        raise BooksShut(full=False) from problem
    except sa.exc.DBAPIError as problem:
        if _is_full(problem.orig):
            raise BooksShut(full=True) from problem
        if problem.connection_invalidated or _passes(problem.orig):
            raise BooksShut(full=False, why=_said(problem.orig)) from problem
        raise


def watch(engine: sa.Engine) -> None:
    """Let a transaction that its database gave up midway end as undone, even if somebody caught the error.

    SQLite undoes it when the disk is full, and would keep each statement after that; PostgreSQL's COMMIT
    would undo it without a word.
    """
    sa.event.listen(engine, "handle_error", _given_up)
    sa.event.listen(engine, "commit", _still_there)


def _given_up(context: sa.engine.ExceptionContext) -> None:
    driver: object = context.connection and context.connection.connection.dbapi_connection
    if isinstance(driver, sqlite3.Connection) and not driver.in_transaction:
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False


def _still_there(connection: sa.Connection) -> None:
    driver: object = connection.connection.dbapi_connection
    if isinstance(driver, psycopg.Connection) and driver.info.transaction_status is BROKEN:
        raise RuntimeError("a statement of this transaction failed, and somebody caught the error")


def _is_full(problem: object) -> bool:
    return isinstance(problem, psycopg.errors.DiskFull) or _code(problem) in NO_ROOM


def _passes(problem: object) -> bool:
    """Whether the same may go well later. Where no server has answered, PostgreSQL's errors have no class."""
    if isinstance(problem, psycopg.OperationalError):
        return problem.sqlstate is None or problem.sqlstate.startswith(AWAY)
    return _code(problem) & 0xFF in (*BUSY, *GONE)  # the finer half of SQLite's number left out


def _said(problem: object) -> str:
    """The first line of what it says; no password is ever in it."""
    return BEFORE.sub("", str(problem).partition("\n")[0])


def _code(problem: object) -> int:
    """What SQLite calls it."""
    return getattr(problem, "sqlite_errorcode", 0)
