"""The customer's page: whether a business wants one, and which letters' pages were closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import FLAG, MOMENT, TEXT, columns, table

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """No business has said that it wants one."""
    op.add_column("businesses", sa.Column("page", FLAG, nullable=False, server_default=sa.false()))
    table(
        "closed_pages",
        *columns(TEXT, "letter by"),
        *columns(MOMENT, "at"),
        key=["letter"],
        refs={"letter": "letters"},
    )
