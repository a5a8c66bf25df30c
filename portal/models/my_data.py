"""What a person asked to be done with their own data: exports, consents withdrawn, erasures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.database import Base


class DataExport(Base):
    """The one export a person has, made or being made, replaced by the next.

    ``files`` is what the archive is to hold, fixed when the export was asked for; whoever makes the
    next step holds a lease on it, so that two never write into one archive.
    """

    __tablename__ = "data_exports"
    __table_args__ = (CheckConstraint("steps_done <= steps", name="steps"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), unique=True)
    language: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    files: Mapped[list[dict[str, Any]]]
    steps_done: Mapped[int]
    steps: Mapped[int]
    leased_until: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    storage_key: Mapped[str] = mapped_column(String(100))


class WithdrawnConsent(Base):
    """A consent its giver took back: which one, and when."""

    __tablename__ = "withdrawn_consents"
    __table_args__ = (UniqueConstraint("person_id", "kind", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Erasure(Base):
    """That a person was erased: ids and days alone.

    ``keep_until`` is the last day of what had to be kept; none when nothing was. ``bytes_left`` are
    the stored files still to be deleted, empty once they are gone.
    """

    __tablename__ = "erasures"
    __table_args__ = (Index(None, "keep_until"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    account_id: Mapped[UUID]
    erased_at: Mapped[datetime]
    keep_until: Mapped[date | None]
    bytes_left: Mapped[list[str]]
