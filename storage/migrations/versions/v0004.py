"""Money that bank files told of, and through which day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import DAY, TEXT, WHOLE, columns, table

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of incoming money; a file that was read says through which day it tells."""
    table(
        "incoming",
        *columns(TEXT, "id amount_currency mark references payer text account state"),
        *columns(TEXT, "customer", empty=True),
        *columns(WHOLE, "amount_minor place"),
        *columns(DAY, "day"),
        refs={"customer": "customers"},
        unique=["mark"],
        indexes=["state place", "customer", "place"],
    )
    op.add_column("imports", sa.Column("through", DAY, nullable=True))
