"""Certificates as they were made: which recognition, whose share leads to the check, and the bytes' digest."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.database import Base


class Certificate(Base):
    """One signed PDF of a recognition, never changed; a correction is a new one.

    ``share_id`` is the consent its QR code leads to, ``signer`` whoever the signing certificate names.
    """

    __tablename__ = "certificates"
    __table_args__ = (Index(None, "recognition_id"), UniqueConstraint("share_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    recognition_id: Mapped[UUID] = mapped_column(ForeignKey("recognitions.id", ondelete="CASCADE"))
    share_id: Mapped[UUID] = mapped_column(ForeignKey("shares.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(12))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    storage_key: Mapped[str] = mapped_column(String(100))
    signer: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
