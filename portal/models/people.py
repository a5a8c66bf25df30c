"""Professionals: who they are, in the scripts their papers use, and the personal facts rules ask for."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.credentials import Standing
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account
from portal.models.database import Base, words


class Person(Base):
    """A professional. ``home`` is the jurisdiction that keeps this person's data."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    home: Mapped[Jurisdiction] = mapped_column(words(Jurisdiction))
    name_latin: Mapped[str] = mapped_column(String(120), default="")
    name_chinese: Mapped[str] = mapped_column(String(60), default="")
    born_on: Mapped[date | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    account: Mapped[Account] = relationship()  # one account a person; people never share one
    facts: Mapped[list[PersonalFact]] = relationship(back_populates="person", cascade="all, delete-orphan")


class PersonalFact(Base):
    """One fact a rule may ask for: a yes or a no, or a day; absent means never stated."""

    __tablename__ = "personal_facts"
    __table_args__ = (
        UniqueConstraint("person_id", "name"),
        CheckConstraint("(truth IS NULL) <> (day IS NULL)", name="one_value"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    truth: Mapped[bool | None]
    day: Mapped[date | None]
    standing: Mapped[Standing] = mapped_column(words(Standing))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(back_populates="facts")
