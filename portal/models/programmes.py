"""Programmes, modules, cohorts with their places, and enrolments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.enrolments import EnrolmentState, ModuleOutcome
from portal.domain.places import Jurisdiction
from portal.models.database import Base, words


class Programme(Base):
    """What a provider offers. Texts are kept in three languages; ``illustrative`` shows on every page."""

    __tablename__ = "programmes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[dict[str, Any]]
    summary: Mapped[dict[str, Any]]
    provider: Mapped[dict[str, Any]]
    jurisdiction: Mapped[Jurisdiction] = mapped_column(words(Jurisdiction))
    tracks: Mapped[list[str]]
    illustrative: Mapped[bool]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    modules: Mapped[list[Module]] = relationship(order_by="Module.position")


class Module(Base):
    """A part of a programme. ``gives`` is the qualification in the catalogue that completing it awards."""

    __tablename__ = "modules"
    __table_args__ = (UniqueConstraint("programme_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[dict[str, Any]]
    hours: Mapped[int]
    gives: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]


class Cohort(Base):
    """A dated intake. The database itself refuses more places taken than there are."""

    __tablename__ = "cohorts"
    __table_args__ = (
        UniqueConstraint("programme_id", "code"),
        CheckConstraint("places_taken >= 0 AND places_taken <= places", name="never_oversold"),
        CheckConstraint("ends_on >= starts_on AND enrol_by <= starts_on", name="dates"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    enrol_by: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    venue: Mapped[dict[str, Any]]
    places: Mapped[int]
    places_taken: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    programme: Mapped[Programme] = relationship()


class Enrolment(Base):
    """One person's place, or place in the line, in a cohort. One active enrolment per cohort."""

    __tablename__ = "enrolments"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "cohort_id", "state", "requested_at"),
        Index(
            "uq_enrolments_active",
            "cohort_id",
            "person_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    state: Mapped[EnrolmentState] = mapped_column(words(EnrolmentState))
    requested_at: Mapped[datetime]
    reply_by: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    cohort: Mapped[Cohort] = relationship()
    results: Mapped[list[ModuleResult]] = relationship(cascade="all, delete-orphan")


class ModuleResult(Base):
    """How one module ended for one enrolment."""

    __tablename__ = "module_results"
    __table_args__ = (UniqueConstraint("enrolment_id", "module_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    module_id: Mapped[UUID] = mapped_column(ForeignKey("modules.id"))
    outcome: Mapped[ModuleOutcome] = mapped_column(words(ModuleOutcome))
    on: Mapped[date]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
