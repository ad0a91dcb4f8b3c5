"""People and their roles, chats on platforms, and what comes in from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import FLAG, MOMENT, TEXT, WHOLE, columns, table

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of members, chats and arrivals; lines learn where they were asked."""
    _members()
    _chats()
    _arrivals()
    _known_tables()


def _members() -> None:
    table(
        "members",
        *columns(TEXT, "id name role language"),
        *columns(sa.Date().with_variant(sa.Text(), "sqlite"), "added"),
        *columns(sa.Date().with_variant(sa.Text(), "sqlite"), "left", empty=True),
        *columns(WHOLE, "place"),
        indexes=["place"],
    )
    table(
        "identities",
        *columns(TEXT, "platform team person name member"),
        key=["platform", "team", "person"],
        refs={"member": "members"},
        indexes=["member"],
    )
    table(
        "invitations",
        *columns(TEXT, "digest member"),
        *columns(MOMENT, "until"),
        *columns(FLAG, "used"),
        key=["digest"],
        refs={"member": "members"},
        indexes=["member"],
    )
    op.create_index("identities_person", "identities", ["platform", "person", "team"])
    op.create_index("invitations_digest", "invitations", ["digest"])


def _chats() -> None:
    table(
        "chats",
        *columns(TEXT, "id platform team chat"),
        *columns(FLAG, "direct nudges"),
        *columns(MOMENT, "opened"),
        *columns(WHOLE, "shown since"),
        *columns(TEXT, "member trouble"),
        *columns(WHOLE, "place"),
        indexes=["place"],
    )
    table(
        "posts",
        *columns(TEXT, "chat line message"),
        *columns(WHOLE, "revision"),
        key=["chat", "line"],
        refs={"chat": "chats", "line": "lines"},
        indexes=["line"],
    )
    op.create_index("chats_where", "chats", ["platform", "chat", "team"])


def _arrivals() -> None:
    op.create_table(
        "heard",
        *columns(TEXT, "platform delivery"),
        *columns(TEXT, "what", empty=True),
        *columns(MOMENT, "at"),
        *columns(FLAG, "done"),
        sa.PrimaryKeyConstraint("platform", "delivery", name="heard_pk"),
        sqlite_strict=True,
    )
    op.create_index(
        "heard_open",
        "heard",
        ["at"],
        sqlite_where=sa.text("done = 0"),
        postgresql_where=sa.text("NOT done"),
    )
    op.create_table(
        "drawers",
        *columns(TEXT, "platform key text"),
        *columns(MOMENT, "until", empty=True),
        sa.PrimaryKeyConstraint("platform", "key", name="drawers_pk"),
        sqlite_strict=True,
    )


def _known_tables() -> None:
    """New columns, with a value for the rows that are there."""
    for name, column, value in (
        ("lines", "asked_in", ""),
        ("lines", "topic", ""),
        ("businesses", "second_approver", "never"),
        ("letters", "first_yes", ""),
    ):
        op.add_column(name, sa.Column(column, TEXT, nullable=False, server_default=value))
    op.create_index("lines_business_topic", "lines", ["business", "topic"])
    op.create_index("tokens_token", "tokens", ["token"])
