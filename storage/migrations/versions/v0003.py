"""What may be added to a claim, and what a letter asks for beyond its invoices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import FLAG, TEXT, WHOLE

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """New columns, with a value for the rows that are there: nothing is added, nothing was agreed."""
    for name, column, value in (("businesses", "charges", "[]"), ("letters", "charges", "[]")):
        op.add_column(name, sa.Column(column, TEXT, nullable=False, server_default=value))
    for column in ("terms_agreed", "fee_agreed"):
        op.add_column("businesses", sa.Column(column, FLAG, nullable=False, server_default=sa.false()))
    op.add_column("letters", sa.Column("wanted", TEXT, nullable=True))
    op.add_column("promises", sa.Column("drops_minor", WHOLE, nullable=True))
    op.add_column("promises", sa.Column("drops_currency", TEXT, nullable=True))
