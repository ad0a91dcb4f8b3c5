"""Run by Alembic at each upgrade, on the connection it was handed."""

from __future__ import annotations

from alembic import context

from storage.migrations.options import OPTIONS

context.configure(connection=context.config.attributes["connection"], **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
