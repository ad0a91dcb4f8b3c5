"""The mailbox: how far it was read, and the mails that concern a customer."""

from __future__ import annotations

from storage.migrations.versions.v0001 import BYTES, DAY, FLAG, MOMENT, TEXT, WHOLE, columns, table

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables of what was read, of the mails that were kept, and of those mails as they came."""
    table(
        "inboxes",
        *columns(TEXT, "place trouble claimed_by"),
        *columns(WHOLE, "validity seen"),
        *columns(DAY, "since"),
        *columns(MOMENT, "looked_at troubled_at lease_until", empty=True),
        *columns(FLAG, "told"),
        key=["place"],
    )
    table(
        "mails",
        *columns(TEXT, "id state kind way message_id sender name subject text letter reply attachments"),
        *columns(TEXT, "customer", empty=True),
        *columns(MOMENT, "at"),
        *columns(FLAG, "readable"),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "state place", "sender", "place"],
    )
    table(
        "sources",
        *columns(TEXT, "mail"),
        *columns(BYTES, "content"),
        *columns(WHOLE, "size"),
        *columns(FLAG, "whole"),
        key=["mail"],
        refs={"mail": "mails"},
    )
