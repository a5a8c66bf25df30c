"""The database handle, its column types, and how a transaction begins on each engine.

SQLite (no server) and PostgreSQL run the same models. Instants are UTC and aware everywhere;
SQLite forgets the zone, so ``Instant`` puts it back.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Date, DateTime, Dialect, Engine, Enum as SqlEnum, MetaData, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

# A reading request must never queue behind a writer, and a writing one must own the right to write
# before it reads what it will change; SQLite alone has to be told so when the transaction begins.
writing: ContextVar[bool] = ContextVar("writing", default=True)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; refuses a naive one because nobody can tell what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read back aware."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


def words(kind: type[StrEnum], name: str = "") -> SqlEnum:
    """A column that holds one of an enumeration's words, checked by the database.

    ``name`` names the check where one table has two columns of the same kind.
    """
    return SqlEnum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or kind.__name__.lower(),
    )


class Base(DeclarativeBase):
    """The base of every table, with names for constraints so that migrations can find them."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: Instant(),
            date: Date(),
            UUID: Uuid(),
            dict[str, Any]: Json,
            list[str]: Json,
            list[dict[str, Any]]: Json,
        },
    )


db = SQLAlchemy(model_class=Base)


def prepare_engine(engine: Engine) -> None:
    """Teach an engine the house's manners; PostgreSQL has them already."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, record: object) -> None:
    # The driver's own transaction handling begins too late to isolate; SQLAlchemy begins instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "synchronous=NORMAL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
