"""What came in on an invoice is found in its order without looking through everything."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """One more index: SQLite would rather walk all payments in their order than sort a few."""
    op.create_index("payments_business_invoice_place", "payments", ["business", "invoice", "place"])
