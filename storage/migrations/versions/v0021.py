"""When customers wrote their answers, as their mails say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import MOMENT

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Of those that are there, nobody knows."""
    op.add_column("replies", sa.Column("written", MOMENT))
