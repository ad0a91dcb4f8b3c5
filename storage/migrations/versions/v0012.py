"""Whether a business may ask a language model, and for what an owner has allowed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import FLAG, TEXT

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """No business has said that it wants one."""
    op.add_column("businesses", sa.Column("model", FLAG, nullable=False, server_default=sa.false()))
    op.add_column("businesses", sa.Column("model_seen", TEXT, nullable=False, server_default="[]"))
