"""Which processes are at work on the books."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import MOMENT, TEXT

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """A row for each process."""
    op.create_table(
        "workers",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="workers_pk"),
        sqlite_strict=True,
    )
