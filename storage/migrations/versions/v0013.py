"""Why customers paid late, as the owner says when a matter closes."""

from __future__ import annotations

from storage.migrations.versions.v0001 import DAY, TEXT, WHOLE, columns, table

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table of closings."""
    table(
        "closings",
        *columns(TEXT, "id customer"),
        *columns(TEXT, "cause", empty=True),
        *columns(DAY, "day"),
        *columns(WHOLE, "days place"),
        refs={"customer": "customers"},
        indexes=["customer place", "day", "place"],
    )
