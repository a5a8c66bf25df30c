"""What a person is told, and what they ask people to look at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.reviews import ReviewState
from portal.models.database import Base, words


class Notice(Base):
    """One line of a person's inbox: a kind and its facts, put into words when it is read.

    ``message_id`` is the e-mail that went out with it, as long as the outbox keeps that.
    """

    __tablename__ = "notices"
    __table_args__ = (Index(None, "person_id", "id"), Index(None, "person_id", "read_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]]
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Review(Base):
    """A request that an officer look again at the machine's answers. One open request a case."""

    __tablename__ = "reviews"
    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "uq_reviews_open",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    state: Mapped[ReviewState] = mapped_column(words(ReviewState))
    clauses: Mapped[list[str]]
    why: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
