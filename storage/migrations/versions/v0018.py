"""How an owner words their letters."""

from __future__ import annotations

from storage.migrations.versions.v0001 import DAY, TEXT, columns, table

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nobody has worded any."""
    table(
        "wordings",
        *columns(TEXT, "kind tone language subject body by"),
        *columns(DAY, "since"),
        key=["kind", "tone", "language"],
    )
