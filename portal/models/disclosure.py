"""Shares a holder made, what each covers, and every look at it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.disclosure import Factor, Purpose
from portal.models.database import Base, words


class Share(Base):
    """A consent to be checked. ``factor_digest`` is an Argon2 digest; the factor itself is not kept."""

    __tablename__ = "shares"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(words(Purpose))
    purpose_note: Mapped[str] = mapped_column(String(200), default="")
    until: Mapped[date]
    factor: Mapped[Factor] = mapped_column(words(Factor))
    factor_digest: Mapped[str] = mapped_column(String(255))
    shows_bridging: Mapped[bool]
    wrong_tries: Mapped[int]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    items: Mapped[list[ShareItem]] = relationship(cascade="all, delete-orphan")


class ShareItem(Base):
    """One recognition within a share's scope."""

    __tablename__ = "share_items"
    __table_args__ = (UniqueConstraint("share_id", "recognition_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    share_id: Mapped[UUID] = mapped_column(ForeignKey("shares.id", ondelete="CASCADE"))
    recognition_id: Mapped[UUID] = mapped_column(ForeignKey("recognitions.id", ondelete="CASCADE"))


class Look(Base):
    """One look at a share: when, by whom as far as they said, and whether it was shown."""

    __tablename__ = "looks"
    __table_args__ = (Index(None, "share_id", "at"), Index(None, "account_id", "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    share_id: Mapped[UUID] = mapped_column(ForeignKey("shares.id", ondelete="CASCADE"))
    shown: Mapped[bool]
    looked_as: Mapped[str] = mapped_column(String(160), default="")
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
