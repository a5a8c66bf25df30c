"""Qualifications people asked for that the catalogue does not list, and what officers answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.unlisted import AnswerKind, RequestSide, WhyNotCounted
from portal.models.database import Base, words


class QualificationRequest(Base):
    """One person's question about a qualification that is not listed. No rule reads it.

    ``is_kept`` while it stands among the person's credentials as a note; ``account_id`` is the
    officer who answered.
    """

    __tablename__ = "qualification_requests"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "answer", "side", "id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    side: Mapped[RequestSide] = mapped_column(words(RequestSide))
    title: Mapped[str] = mapped_column(String(160))
    awarded_by: Mapped[str] = mapped_column(String(160))
    link: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    is_kept: Mapped[bool] = mapped_column(default=True)
    answer: Mapped[AnswerKind | None] = mapped_column(words(AnswerKind))
    reason: Mapped[WhyNotCounted | None] = mapped_column(words(WhyNotCounted))
    listed_as: Mapped[str | None] = mapped_column(String(100))
    remark: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
