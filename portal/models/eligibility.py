"""Eligibility checks: what a visitor answered before having an account, for one visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.database import Base


class EligibilityCheck(Base):
    """The answers of one visit, under the digest of a key that only the visitor's browser knows.

    ``account_id`` is set once somebody opened an account with them; they then wait for the first
    sign-in, on whatever device it happens.
    """

    __tablename__ = "eligibility_checks"
    __table_args__ = (Index(None, "touched_at"), Index(None, "account_id"))

    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    answers: Mapped[dict[str, Any]]
    touched_at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
