"""Requests to referees, and what they answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.referees import Relation
from portal.models.database import Base, words


class RefereeRequest(Base):
    """One referee asked about one period of work as it stood then (``asked_about``).

    ``expires_on`` is the last day on which it can be answered. The link is not kept: it follows
    from the id and a key.
    """

    __tablename__ = "referee_requests"
    __table_args__ = (
        Index(None, "work_id"),
        Index(None, "person_id"),
        Index(None, "mailbox"),
        Index(None, "answered_at", "withdrawn_at", "expires_on"),
        CheckConstraint("answered_at IS NULL OR withdrawn_at IS NULL", name="answered_or_withdrawn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    work_id: Mapped[UUID] = mapped_column(ForeignKey("work_periods.id", ondelete="CASCADE"))
    asked_about: Mapped[dict[str, Any]]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    mailbox: Mapped[str] = mapped_column(String(254))
    relation: Mapped[Relation] = mapped_column(words(Relation))
    language: Mapped[str] = mapped_column(String(12))
    flags: Mapped[list[str]]
    asked_at: Mapped[datetime]
    expires_on: Mapped[date]
    reminders_sent: Mapped[int] = mapped_column(default=0)
    withdrawn_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answers: Mapped[dict[str, Any] | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
