"""Cases, the photographs they rest on, and the signed acts that move them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.cases import Move, Stage, Verdict
from portal.domain.places import Jurisdiction
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.models.database import Base, words
from portal.models.following import Review

_NOT_DECIDED: Final = "stage NOT IN ('declined','withdrawn','lapsed','granted','granted_with_conditions')"


class Case(Base):
    """One application for recognition of one target.

    ``application_id`` is shared by the two sides of a track: two cases, one file. A person has at
    most one open case per target; the partial index holds that against double clicks. A decided one
    leaves room, because what it granted may end: whether it still stands is asked when one applies.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "person_id"),
        # The queue: a stage of a side in its order, as it is, of one track, and of one officer; and a side’s search.
        Index(None, "jurisdiction", "stage", "submitted_at", "id"),
        Index(None, "jurisdiction", "track", "stage", "submitted_at", "id"),
        Index(None, "assigned_to", "jurisdiction", "stage", "submitted_at", "id"),
        Index(None, "jurisdiction", "submitted_at", "id"),
        Index(
            "uq_cases_open",
            "person_id",
            "target",
            unique=True,
            sqlite_where=text(_NOT_DECIDED),
            postgresql_where=text(_NOT_DECIDED),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    application_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    track: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(100))
    jurisdiction: Mapped[Jurisdiction] = mapped_column(words(Jurisdiction))
    language: Mapped[str] = mapped_column(String(12))
    stage: Mapped[Stage] = mapped_column(words(Stage))
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    reviews: Mapped[list[Review]] = relationship(
        viewonly=True, order_by=lambda: (Review.asked_at.desc(), Review.id.desc())
    )


class Declaration(Base):
    """A declaration or consent as it was given: its wording, in the language read, and the instant."""

    __tablename__ = "declarations"
    __table_args__ = (UniqueConstraint("case_id", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    wording_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12))
    wording: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]


class CaseMove(Base):
    """One step of a case through its stages; ``note`` is for the file, never for the applicant."""

    __tablename__ = "case_moves"
    __table_args__ = (Index(None, "case_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    move: Mapped[Move] = mapped_column(words(Move))
    stage_before: Mapped[Stage] = mapped_column(words(Stage, "stage_before"))
    stage_after: Mapped[Stage] = mapped_column(words(Stage, "stage_after"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class Photograph(Base):
    """A frozen evaluation: target, release digest, dossier, day and tree. Never updated."""

    __tablename__ = "photographs"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(100))
    basis: Mapped[Basis] = mapped_column(words(Basis))
    on: Mapped[date]
    release_digest: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    dossier: Mapped[dict[str, Any]]
    tree: Mapped[dict[str, Any]]
    taken_at: Mapped[datetime]


class RecordedJudgement(Base):
    """An officer's finding on a judgement clause, with the reason. The newest one holds."""

    __tablename__ = "judgements"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    clause: Mapped[str] = mapped_column(String(80))
    finding: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class Recommendation(Base):
    """One officer's opinion, resting on a photograph. A second officer signs, or sends it back."""

    __tablename__ = "recommendations"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    photograph_id: Mapped[UUID] = mapped_column(ForeignKey("photographs.id"))
    verdict: Mapped[Verdict] = mapped_column(words(Verdict))
    reason_codes: Mapped[list[str]]
    conditions: Mapped[list[dict[str, Any]]]
    note: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class Decision(Base):
    """The signed act of a second officer. Cites the photograph and the recommendation."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "case_id"), UniqueConstraint("recommendation_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendations.id"))
    photograph_id: Mapped[UUID] = mapped_column(ForeignKey("photographs.id"))
    verdict: Mapped[Verdict] = mapped_column(words(Verdict))
    reason_codes: Mapped[list[str]]
    conditions: Mapped[list[dict[str, Any]]]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    on: Mapped[date]


class Letter(Base):
    """A letter as sent, its words frozen."""

    __tablename__ = "letters"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
