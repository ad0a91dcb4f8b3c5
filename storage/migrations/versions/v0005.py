"""The accounting systems that a business is connected to."""

from __future__ import annotations

from storage.migrations.versions.v0001 import MOMENT, TEXT, columns, table

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table of connections, one a system."""
    table(
        "ledgers",
        *columns(TEXT, "system secrets cursor trouble"),
        *columns(MOMENT, "pulled_at", empty=True),
        key=["system"],
    )
