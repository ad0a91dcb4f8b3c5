"""When each connected accounting system is read the next time, and what has gone wrong in a row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import FLAG, MOMENT, TEXT, WHOLE

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """More about each connection; one that was read before is due at once."""
    for column in (
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("failures", WHOLE, nullable=False, server_default="0"),
        sa.Column("told", FLAG, nullable=False, server_default=sa.false()),
        sa.Column("noted", TEXT, nullable=False, server_default=""),
    ):
        op.add_column("ledgers", column)
    op.execute("UPDATE ledgers SET next_at = pulled_at")
    op.create_index("ledgers_next_at", "ledgers", ["next_at"])
