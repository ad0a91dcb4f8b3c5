"""Customers can be erased: since when, and which events the history has let go of, the only ones it may."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import DAY, MOMENT, columns, table

revision = "0016"
down_revision = "0015"

LET_GO = """
EXISTS (SELECT 1 FROM erasures WHERE erasures.business = OLD.business AND erasures.id = OLD.id)
"""
SQLITE = f"""
CREATE TRIGGER history_no_delete BEFORE DELETE ON history WHEN NOT {LET_GO}
BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END
"""
POSTGRESQL = f"""
DROP TRIGGER history_kept ON history;
CREATE TRIGGER history_kept BEFORE UPDATE OR TRUNCATE ON history EXECUTE FUNCTION history_forbid();
CREATE FUNCTION history_let_go() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF NOT {LET_GO} THEN RAISE EXCEPTION 'history is only ever added to'; END IF;
RETURN OLD;
END $$;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history FOR EACH ROW EXECUTE FUNCTION history_let_go()
"""


def upgrade() -> None:
    """A column, a table, and a history that lets go of what stands in it."""
    op.add_column("customers", sa.Column("erased", DAY))
    table("erasures", *columns(sa.Text(), "id"), *columns(MOMENT, "at"))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL)
        return
    op.execute("DROP TRIGGER history_no_delete")
    op.execute(SQLITE)
