"""What people hold and have done, and who verified what, how and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.credentials import FactKind, Standing, VerificationMethod
from portal.domain.places import Jurisdiction
from portal.models.database import Base, words


class Credential(Base):
    """One person's holding of a qualification in the catalogue."""

    __tablename__ = "credentials"
    __table_args__ = (
        Index(None, "person_id"),
        CheckConstraint("ended_on IS NULL OR begun_on IS NULL OR ended_on >= begun_on", name="period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    qualification: Mapped[str] = mapped_column(String(100))
    number: Mapped[str] = mapped_column(String(60), default="")
    awarded_on: Mapped[date | None]
    begun_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    attributes: Mapped[dict[str, Any]]
    standing: Mapped[Standing] = mapped_column(words(Standing))
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolments.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CredentialVersion(Base):
    """A credential as it stood until its owner replaced it; ``version`` is the last it stood in."""

    __tablename__ = "credential_versions"
    __table_args__ = (UniqueConstraint("credential_id", "version"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    credential_id: Mapped[UUID] = mapped_column(ForeignKey("credentials.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    version: Mapped[int]
    qualification: Mapped[str] = mapped_column(String(100))
    number: Mapped[str] = mapped_column(String(60), default="")
    awarded_on: Mapped[date | None]
    begun_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    attributes: Mapped[dict[str, Any]]
    standing: Mapped[Standing] = mapped_column(words(Standing))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    replaced_at: Mapped[datetime]


class WorkPeriod(Base):
    """A period of work: where, as what, how much of full time (in percent; none when not stated)."""

    __tablename__ = "work_periods"
    __table_args__ = (
        Index(None, "person_id"),
        CheckConstraint("ended_on IS NULL OR ended_on >= begun_on", name="period"),
        CheckConstraint("share_percent IS NULL OR share_percent BETWEEN 1 AND 100", name="share"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    employer: Mapped[str] = mapped_column(String(160))
    employer_kind: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(20))
    post: Mapped[str] = mapped_column(String(120), default="")
    functions: Mapped[list[str]]
    begun_on: Mapped[date]
    ended_on: Mapped[date | None]
    share_percent: Mapped[int | None]
    manages: Mapped[bool] = mapped_column(default=False)
    standing: Mapped[Standing] = mapped_column(words(Standing))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Verification(Base):
    """An officer's finding on one fact as it stood (``fact_version``): how, when, with what note."""

    __tablename__ = "verifications"
    __table_args__ = (Index(None, "fact_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    fact_kind: Mapped[FactKind] = mapped_column(words(FactKind))
    fact_id: Mapped[UUID]
    fact_version: Mapped[int]
    verified: Mapped[bool]
    method: Mapped[VerificationMethod] = mapped_column(words(VerificationMethod))
    note: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    jurisdiction: Mapped[Jurisdiction] = mapped_column(words(Jurisdiction))
    at: Mapped[datetime]
