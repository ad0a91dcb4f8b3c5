"""How Alembic sees our tables, for upgrades and for comparing them with a database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.books import TABLES


def is_ours(name: str | None, kind: str, _parents: Mapping[str, str | None]) -> bool:
    """Whether a schema or table is ours; the engine that runs jobs keeps its own beside them."""
    if kind == "schema":
        return name is None
    return kind != "table" or name in TABLES.tables


OPTIONS: dict[str, Any] = {"target_metadata": TABLES, "render_as_batch": True, "include_name": is_ours}
