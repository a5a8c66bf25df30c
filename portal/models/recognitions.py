"""Recognitions and the dated acts their status follows from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Act
from portal.models.database import Base, words


class Recognition(Base):
    """What a positive decision granted. ``conditions`` are the measures to finish, as decided."""

    __tablename__ = "recognitions"
    __table_args__ = (Index(None, "person_id"), Index(None, "jurisdiction", "granted_on"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(100))
    jurisdiction: Mapped[Jurisdiction] = mapped_column(words(Jurisdiction))
    conditional: Mapped[bool]
    conditions: Mapped[list[dict[str, Any]]]
    granted_on: Mapped[date]
    expires_on: Mapped[date | None]

    acts: Mapped[list[RecognitionAct]] = relationship(
        order_by="RecognitionAct.order", cascade="all, delete-orphan"
    )


class RecognitionAct(Base):
    """One act in a recognition's life; ``reason`` is for the holder to read."""

    __tablename__ = "recognition_acts"
    __table_args__ = (Index(None, "recognition_id", "order", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    recognition_id: Mapped[UUID] = mapped_column(ForeignKey("recognitions.id", ondelete="CASCADE"))
    act: Mapped[Act] = mapped_column(words(Act))
    on: Mapped[date]
    order: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
