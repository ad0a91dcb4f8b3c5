"""The quiet seasons of a business."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import TEXT

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """No business has any."""
    op.add_column("businesses", sa.Column("seasons", TEXT, nullable=False, server_default="[]"))
