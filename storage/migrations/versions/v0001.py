"""The tables of the first version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

TEXT, BYTES = sa.Text(), sa.LargeBinary()
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
CLOCK = sa.Time().with_variant(sa.Text(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
OPEN = sa.text("state IN ('planned', 'sending')")
FORBID_SQLITE = """
CREATE TRIGGER history_no_{verb} BEFORE {verb} ON history
BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END
"""
FORBID_POSTGRESQL = """
CREATE FUNCTION history_forbid() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'history is only ever added to'; END $$;
CREATE TRIGGER history_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON history
EXECUTE FUNCTION history_forbid()
"""


def upgrade() -> None:
    """Make every table, and the history unchangeable."""
    _parties()
    _claims()
    _agreements()
    _work()
    _forbid()


def _parties() -> None:
    """Who is who, and how a business wants to work."""
    op.create_table(
        "businesses",
        *_columns(TEXT, "id name country language number owner email phone account scheme swish zone"),
        *_columns(TEXT, "quiet sends ladder"),
        *_columns(CLOCK, "nudge_at"),
        *_columns(WHOLE, "undo_minutes"),
        *_columns(FLAG, "final_notice example"),
        *_columns(DAY, "paused_until", empty=True),
        *_columns(MOMENT, "opened next_nudge_at", empty=True),
        sa.PrimaryKeyConstraint("id", name="businesses_pk"),
        sqlite_strict=True,
    )
    op.create_index("businesses_next_nudge_at", "businesses", ["next_nudge_at"])
    _table(
        "customers",
        *_columns(TEXT, "id name number kind country language contacts name_key number_key"),
        *_columns(FLAG, "no_contact mine"),
        indexes=["name_key", "number_key"],
    )


def _claims() -> None:
    """What is owed, what came in, and the files of both."""
    _table(
        "invoices",
        *_columns(TEXT, "id customer number amount_currency reference account description state"),
        *_columns(TEXT, "number_key"),
        *_columns(WHOLE, "amount_minor"),
        *_columns(DAY, "due issued delivered", empty=True),
        *_columns(FLAG, "parked"),
        refs={"customer": "customers"},
        indexes=["customer", "due", "number_key"],
    )
    _table(
        "payments",
        *_columns(TEXT, "id customer amount_currency kind"),
        *_columns(TEXT, "invoice key", empty=True),
        *_columns(DAY, "day"),
        *_columns(WHOLE, "amount_minor place"),
        *_columns(MOMENT, "at", empty=True),
        refs={"customer": "customers", "invoice": "invoices"},
        unique=["key"],
        indexes=["customer place", "invoice day", "place"],
    )
    _table(
        "files",
        *_columns(TEXT, "name invoice"),
        *_columns(BYTES, "content"),
        key=["invoice", "name"],
        refs={"invoice": "invoices"},
    )
    _table(
        "imports",
        *_columns(TEXT, "digest name"),
        *_columns(MOMENT, "at"),
        *_columns(BYTES, "content"),
        *_columns(WHOLE, "documents problems"),
        key=["digest"],
    )


def _agreements() -> None:
    """What was said and agreed."""
    _table(
        "letters",
        *_columns(TEXT, "id customer kind language subject body tone to cc claims next_step state"),
        *_columns(TEXT, "approved_by approved_text papers message_id about"),
        *_columns(DAY, "made"),
        *_columns(WHOLE, "level place"),
        *_columns(DAY, "pay_by next_day sent_day", empty=True),
        *_columns(FLAG, "edited kept"),
        *_columns(MOMENT, "approved_at send_at sent_at", empty=True),
        refs={"customer": "customers"},
        indexes=["customer place", "place", "state"],
    )
    _table(
        "replies",
        *_columns(TEXT, "id customer text source"),
        *_columns(MOMENT, "at"),
        *_columns(TEXT, "meaning", empty=True),
        *_columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "meaning", "place"],
    )
    _table(
        "calls",
        *_columns(TEXT, "id customer outcome words"),
        *_columns(DAY, "day"),
        *_columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place"],
    )
    _table(
        "promises",
        *_columns(TEXT, "id customer kind state words claims"),
        *_columns(DAY, "day made"),
        *_columns(WHOLE, "amount_minor", empty=True),
        *_columns(TEXT, "amount_currency", empty=True),
        *_columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place", "state"],
    )
    _table(
        "plans",
        *_columns(TEXT, "id customer invoices instalments agreed_by state"),
        *_columns(DAY, "agreed"),
        *_columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place", "state"],
    )
    _table(
        "disputes",
        *_columns(TEXT, "id customer invoice reason words outcome"),
        *_columns(DAY, "opened"),
        *_columns(WHOLE, "part_minor", empty=True),
        *_columns(TEXT, "part_currency", empty=True),
        *_columns(DAY, "closed", empty=True),
        *_columns(WHOLE, "place"),
        refs={"customer": "customers", "invoice": "invoices"},
        indexes=["closed", "customer place", "place"],
    )
    _table(
        "pauses",
        *_columns(TEXT, "id words"),
        *_columns(DAY, "until made"),
        *_columns(TEXT, "customer invoice", empty=True),
        *_columns(WHOLE, "place"),
        refs={"customer": "customers", "invoice": "invoices"},
        indexes=["customer place", "place"],
    )


def _work() -> None:
    """What has to go out, what was said in the chat, and what happened."""
    _table(
        "deliveries",
        *_columns(TEXT, "key kind ref state claimed_by reason message_id"),
        *_columns(MOMENT, "not_before"),
        *_columns(WHOLE, "attempts"),
        *_columns(MOMENT, "lease_until", empty=True),
        key=["key"],
    )
    _table("mailboxes", *_columns(TEXT, "place server"), key=["place"])
    _table(
        "lines",
        *_columns(TEXT, "id card outcome"),
        *_columns(MOMENT, "at"),
        *_columns(FLAG, "mine closed"),
        *_columns(WHOLE, "place revision"),
        indexes=["place", "revision"],
    )
    _table(
        "tokens",
        *_columns(TEXT, "token line action"),
        *_columns(FLAG, "look spent"),
        key=["token"],
        refs={"line": "lines"},
        indexes=["line"],
    )
    _table(
        "history",
        *_columns(TEXT, "id kind customer invoice who data"),
        *_columns(MOMENT, "at"),
        *_columns(WHOLE, "place"),
        indexes=["customer place", "place"],
    )
    op.create_index(
        "deliveries_open", "deliveries", ["business", "not_before"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def _forbid() -> None:
    """Let the database itself refuse to change what was written down."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FORBID_POSTGRESQL)
        return
    for verb in ("update", "delete"):
        op.execute(FORBID_SQLITE.format(verb=verb))


def _table(
    name: str,
    *columns: sa.Column[Any],
    key: Sequence[str] = ("id",),
    refs: Mapping[str, str] | None = None,
    unique: Sequence[str] = (),
    indexes: Sequence[str] = (),
) -> None:
    op.create_table(
        name,
        sa.Column(
            "business", TEXT, sa.ForeignKey("businesses.id", name=f"{name}_business_fk"), nullable=False
        ),
        *columns,
        sa.PrimaryKeyConstraint("business", *key, name=f"{name}_pk"),
        *(_reference(name, column, table) for column, table in (refs or {}).items()),
        *(sa.UniqueConstraint("business", column, name=f"{name}_business_{column}_key") for column in unique),
        sqlite_strict=True,
    )
    for columns_of in indexes:
        words = ["business", *columns_of.split()]
        op.create_index(f"{name}_{'_'.join(words)}", name, words)


def _reference(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    columns, targets = ["business", column], [f"{table}.business", f"{table}.id"]
    return sa.ForeignKeyConstraint(columns, targets, name=f"{name}_business_{column}_fk")


def _columns(kind: TypeEngine[Any], names: str, empty: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=empty) for name in names.split()]
