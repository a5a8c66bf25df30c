"""Accounts and what they are appointed to. Passwords and tokens are Flask-Security's business."""

# mypy: disable-error-code="assignment"
# Flask-Security's mixins annotate plain attributes where SQLAlchemy wants Mapped[...];
# the library switches the same check off in its own models.

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.people import Role
from portal.domain.places import Jurisdiction
from portal.models.database import Base, words


class Account(UserMixin, Base):
    """One way into the portal: an address, a password, and appointments."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(12), default="en")
    name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]

    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), unique=True)

    roles: Mapped[list[Appointed]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin"
    )


class Appointed(RoleMixin, Base):
    """A role held by an account, for a jurisdiction where the role has one."""

    __tablename__ = "appointments"
    __table_args__ = (UniqueConstraint("account_id", "name", "jurisdiction"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[Role] = mapped_column(words(Role))
    jurisdiction: Mapped[Jurisdiction | None] = mapped_column(words(Jurisdiction))

    account: Mapped[Account] = relationship(back_populates="roles")
