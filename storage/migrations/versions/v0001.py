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
        *columns(TEXT, "id name country language number owner email phone account scheme swish zone"),
        *columns(TEXT, "quiet sends ladder"),
        *columns(CLOCK, "nudge_at"),
        *columns(WHOLE, "undo_minutes"),
        *columns(FLAG, "final_notice example"),
        *columns(DAY, "paused_until", empty=True),
        *columns(MOMENT, "opened next_nudge_at", empty=True),
        sa.PrimaryKeyConstraint("id", name="businesses_pk"),
        sqlite_strict=True,
    )
    op.create_index("businesses_next_nudge_at", "businesses", ["next_nudge_at"])
    table(
        "customers",
        *columns(TEXT, "id name number kind country language contacts name_key number_key"),
        *columns(FLAG, "no_contact mine"),
        indexes=["name_key", "number_key"],
    )


def _claims() -> None:
    """What is owed, what came in, and the files of both."""
    table(
        "invoices",
        *columns(TEXT, "id customer number amount_currency reference account description state"),
        *columns(TEXT, "number_key"),
        *columns(WHOLE, "amount_minor"),
        *columns(DAY, "due issued delivered", empty=True),
        *columns(FLAG, "parked"),
        refs={"customer": "customers"},
        indexes=["customer", "due", "number_key"],
    )
    table(
        "payments",
        *columns(TEXT, "id customer amount_currency kind"),
        *columns(TEXT, "invoice key", empty=True),
        *columns(DAY, "day"),
        *columns(WHOLE, "amount_minor place"),
        *columns(MOMENT, "at", empty=True),
        refs={"customer": "customers", "invoice": "invoices"},
        unique=["key"],
        indexes=["customer place", "invoice day", "place"],
    )
    table(
        "files",
        *columns(TEXT, "name invoice"),
        *columns(BYTES, "content"),
        key=["invoice", "name"],
        refs={"invoice": "invoices"},
    )
    table(
        "imports",
        *columns(TEXT, "digest name"),
        *columns(MOMENT, "at"),
        *columns(BYTES, "content"),
        *columns(WHOLE, "documents problems"),
        key=["digest"],
    )


def _agreements() -> None:
    """What was said and agreed."""
    table(
        "letters",
        *columns(TEXT, "id customer kind language subject body tone to cc claims next_step state"),
        *columns(TEXT, "approved_by approved_text papers message_id about"),
        *columns(DAY, "made"),
        *columns(WHOLE, "level place"),
        *columns(DAY, "pay_by next_day sent_day", empty=True),
        *columns(FLAG, "edited kept"),
        *columns(MOMENT, "approved_at send_at sent_at", empty=True),
        refs={"customer": "customers"},
        indexes=["customer place", "place", "state"],
    )
    table(
        "replies",
        *columns(TEXT, "id customer text source"),
        *columns(MOMENT, "at"),
        *columns(TEXT, "meaning", empty=True),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "meaning", "place"],
    )
    table(
        "calls",
        *columns(TEXT, "id customer outcome words"),
        *columns(DAY, "day"),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place"],
    )
    table(
        "promises",
        *columns(TEXT, "id customer kind state words claims"),
        *columns(DAY, "day made"),
        *columns(WHOLE, "amount_minor", empty=True),
        *columns(TEXT, "amount_currency", empty=True),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place", "state"],
    )
    table(
        "plans",
        *columns(TEXT, "id customer invoices instalments agreed_by state"),
        *columns(DAY, "agreed"),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place", "state"],
    )
    table(
        "disputes",
        *columns(TEXT, "id customer invoice reason words outcome"),
        *columns(DAY, "opened"),
        *columns(WHOLE, "part_minor", empty=True),
        *columns(TEXT, "part_currency", empty=True),
        *columns(DAY, "closed", empty=True),
        *columns(WHOLE, "place"),
        refs={"customer": "customers", "invoice": "invoices"},
        indexes=["closed", "customer place", "place"],
    )
    table(
        "pauses",
        *columns(TEXT, "id words"),
        *columns(DAY, "until made"),
        *columns(TEXT, "customer invoice", empty=True),
        *columns(WHOLE, "place"),
        refs={"customer": "customers", "invoice": "invoices"},
        indexes=["customer place", "place"],
    )


def _work() -> None:
    """What has to go out, what was said in the chat, and what happened."""
    table(
        "deliveries",
        *columns(TEXT, "key kind ref state claimed_by reason message_id"),
        *columns(MOMENT, "not_before"),
        *columns(WHOLE, "attempts"),
        *columns(MOMENT, "lease_until", empty=True),
        key=["key"],
    )
    table("mailboxes", *columns(TEXT, "place server"), key=["place"])
    table(
        "lines",
        *columns(TEXT, "id card outcome"),
        *columns(MOMENT, "at"),
        *columns(FLAG, "mine closed"),
        *columns(WHOLE, "place revision"),
        indexes=["place", "revision"],
    )
    table(
        "tokens",
        *columns(TEXT, "token line action"),
        *columns(FLAG, "look spent"),
        key=["token"],
        refs={"line": "lines"},
        indexes=["line"],
    )
    table(
        "history",
        *columns(TEXT, "id kind customer invoice who data"),
        *columns(MOMENT, "at"),
        *columns(WHOLE, "place"),
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


def table(
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


def columns(kind: TypeEngine[Any], names: str, empty: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=empty) for name in names.split()]
