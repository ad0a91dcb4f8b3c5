"""Claims that left the ladder, handed over or written off, and the evidence packs that were made."""

from __future__ import annotations

from storage.migrations.versions.v0001 import BYTES, DAY, TEXT, WHOLE, columns, table

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables of escalations and packs."""
    table(
        "escalations",
        *columns(TEXT, "id customer kind by claims left to reason words pack"),
        *columns(DAY, "day"),
        *columns(DAY, "ended", empty=True),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "ended", "place"],
    )
    table(
        "packs",
        *columns(TEXT, "id customer name"),
        *columns(DAY, "day"),
        *columns(BYTES, "content"),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place"],
    )
