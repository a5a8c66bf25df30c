"""Runs migrations on the portal's own database, on either engine."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection

from portal.models.database import Instant, db


def _spell(kind: str, item: object, _context: object) -> str | bool:
    """Spell our own column types by name, so that a migration reads like the models."""
    if kind == "type" and isinstance(item, Instant):
        return "columns.Instant()"
    if kind == "type" and isinstance(item, JSON):
        return "columns.Json"
    return False


def run(connection: Connection) -> None:
    """Upgrade or downgrade over an open connection; SQLite rebuilds tables in batches."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=_spell,
    )
    with context.begin_transaction():
        context.run_migrations()


if current_app.extensions["sqlalchemy"] is None:
    raise RuntimeError("migrations run within the portal: ./run db upgrade")

with db.engine.connect() as opened:
    # A batch drops and renames tables; SQLite would follow the foreign keys and empty their children.
    if opened.dialect.name == "sqlite":
        opened.exec_driver_sql("COMMIT")
        opened.exec_driver_sql("PRAGMA foreign_keys=OFF")
        opened.exec_driver_sql("BEGIN IMMEDIATE")
    run(opened)
    opened.commit()
    if opened.dialect.name == "sqlite":
        opened.exec_driver_sql("PRAGMA foreign_keys=ON")
