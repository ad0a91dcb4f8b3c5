"""The small sums that a business lets wait until more is late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import WHOLE

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """No business lets any wait."""
    for name, usual in (("small", "0"), ("small_days", "30")):
        op.add_column("businesses", sa.Column(name, WHOLE, nullable=False, server_default=usual))
