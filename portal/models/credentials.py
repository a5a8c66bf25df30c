"""What people hold and have done, the evidence for it, and who verified what, how and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.credentials import FactKind, Standing, VerificationMethod
from portal.domain.places import Jurisdiction
from portal.domain.ports import ScanResult
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


class Evidence(Base):
    """A stored document on a person's shelf. The bytes lie in storage under ``storage_key``."""

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "person_id"), Index(None, "sha256"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    file_name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(40))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120), unique=True)
    scan: Mapped[ScanResult] = mapped_column(words(ScanResult))
    uploaded_at: Mapped[datetime]


class EvidenceLink(Base):
    """This document supports that fact."""

    __tablename__ = "evidence_links"
    __table_args__ = (UniqueConstraint("evidence_id", "fact_kind", "fact_id"), Index(None, "fact_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    fact_kind: Mapped[FactKind] = mapped_column(words(FactKind))
    fact_id: Mapped[UUID]


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
