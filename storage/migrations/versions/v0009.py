"""What a public register says of a customer, where the parties have their address, when money comes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import DAY, FLAG, TEXT, WHOLE

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nobody has been looked up yet, and no business has said that it wants that."""
    op.add_column("businesses", sa.Column("registers", FLAG, nullable=False, server_default=sa.false()))
    op.add_column("businesses", sa.Column("address", TEXT, nullable=False, server_default="[]"))
    op.add_column("customers", sa.Column("address", TEXT, nullable=False, server_default="[]"))
    op.add_column("customers", sa.Column("standing", TEXT, nullable=False, server_default=""))
    op.add_column("customers", sa.Column("since", DAY, nullable=True))
    op.add_column("customers", sa.Column("looked_up", DAY, nullable=True))
    op.add_column("customers", sa.Column("payday", WHOLE, nullable=False, server_default="0"))
