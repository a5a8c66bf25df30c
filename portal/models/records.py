"""What the house writes beside its business: releases, journal, outbox, forms sent once, forms kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.database import Base


class Release(Base):
    """A rulebook as published: immutable, with its digest."""

    __tablename__ = "releases"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    effective_on: Mapped[date]
    published_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]


class JournalEntry(Base):
    """One thing that happened, written in the transaction in which it happened."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "person_id", "at"), Index(None, "case_id", "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    # No reference: the journal outlives accounts, and then holds the id alone.
    account_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]]


class OutboxMessage(Base):
    """An e-mail waiting to leave, gone, or given up (``failed_at``). Written with the act it tells of."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "sent_at", "next_try_at"),
        Index(None, "recipient"),
        Index(None, "failed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    last_try_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]


class SentForm(Base):
    """A form that was acted on, so that its twin is not: ``result`` is where the first one led."""

    __tablename__ = "sent_forms"
    __table_args__ = (Index(None, "at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[UUID | None]
    result: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class KeptForm(Base):
    """What somebody typed when their sign-in or its form's token had ended, kept until they are back.

    ``account_id`` is whose sign-in the form was drawn for; none for a form anybody may fill in.
    """

    __tablename__ = "kept_forms"
    __table_args__ = (Index(None, "at"), Index(None, "account_id"))

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(400))
    fields: Mapped[dict[str, Any]]
    at: Mapped[datetime]
