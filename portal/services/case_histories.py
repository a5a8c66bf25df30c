"""Everything that happened to a case, in one statement: moves, findings, verifications, opinions, decisions, photographs.

Owns the history as the desk reads it. It must not know pages of the browser, and it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    Uuid,
    case as when,
    cast,
    literal,
    null,
    select,
    union_all,
)

from portal.models.accounts import Account
from portal.models.cases import Case, CaseMove, Decision, Photograph, Recommendation, RecordedJudgement
from portal.models.credentials import Verification
from portal.services.house import House

# Within one act the photograph is taken first and the case moves last.
_ORDER = ("photograph", "verification", "judgement", "recommendation", "decision", "move")
FOUND_FOR, FOUND_AGAINST = "for", "against"
VERIFIED, REJECTED = "verified", "rejected"


class EventKind(StrEnum):
    """What can have happened to a case."""

    MOVE = "move"
    JUDGEMENT = "judgement"
    VERIFICATION = "verification"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    PHOTOGRAPH = "photograph"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, by whom and when.

    ``about`` is a stage, a clause, a fact's key or a basis; ``what`` a move, a finding, a verdict
    or an outcome; ``how`` the method of a verification or the release a photograph was taken of.
    """

    kind: EventKind
    about: str
    what: str
    how: str
    note: str
    by: str
    account_id: UUID | None
    at: datetime


def newest_findings(events: Iterable[Event]) -> dict[str, bool]:
    """The newest finding on each clause, from the history in its order."""
    return {one.about: one.what == FOUND_FOR for one in events if one.kind is EventKind.JUDGEMENT}


def events_of(house: House, case: Case) -> tuple[Event, ...]:
    """Everything that happened to a case and to its person's facts, oldest first: one statement."""
    rows = house.session.execute(_history(case)).all()
    return tuple(
        Event(
            EventKind(row.kind),
            str(UUID(row.about)) if row.kind == EventKind.VERIFICATION else row.about,
            row.what,
            row.how,
            row.note,
            row.by or "",
            row.account_id,
            row.at,
        )
        for row in sorted(rows, key=lambda row: (row.at, _ORDER.index(row.kind), row.id))
    )


def _history(case: Case) -> CompoundSelect[Any]:
    finding = when((RecordedJudgement.finding, literal(FOUND_FOR)), else_=literal(FOUND_AGAINST))
    verified = when((Verification.verified, literal(VERIFIED)), else_=literal(REJECTED))
    none = literal("")
    return union_all(
        _part(EventKind.MOVE, CaseMove, CaseMove.stage_after, CaseMove.move, none, CaseMove.note).where(
            CaseMove.case_id == case.id
        ),
        _part(
            EventKind.JUDGEMENT,
            RecordedJudgement,
            RecordedJudgement.clause,
            finding,
            none,
            RecordedJudgement.reason,
        ).where(RecordedJudgement.case_id == case.id),
        _part(
            EventKind.RECOMMENDATION,
            Recommendation,
            none,
            Recommendation.verdict,
            none,
            Recommendation.note,
        ).where(Recommendation.case_id == case.id),
        _part(EventKind.DECISION, Decision, none, Decision.verdict, none, none).where(
            Decision.case_id == case.id
        ),
        _part(
            EventKind.VERIFICATION,
            Verification,
            Verification.fact_id,
            verified,
            Verification.method,
            Verification.note,
        ).where(Verification.person_id == case.person_id),
        _photographs(case),
    )


def _photographs(case: Case) -> Select[Any]:
    """Photographs are nobody's act: they are taken whenever a case is submitted, recommended or decided."""
    return select(
        literal(EventKind.PHOTOGRAPH.value).label("kind"),
        Photograph.id.label("id"),
        _words(Photograph.basis).label("about"),
        _words(Photograph.outcome).label("what"),
        Photograph.release_digest.label("how"),
        literal("").label("note"),
        literal("").label("by"),
        cast(null(), Uuid).label("account_id"),
        Photograph.taken_at.label("at"),
    ).where(Photograph.case_id == case.id)


def _part(kind: EventKind, model: Any, about: Any, what: Any, how: Any, note: Any) -> Select[Any]:
    """One table of the history in the columns all of them share."""
    return select(
        literal(kind.value).label("kind"),
        model.id.label("id"),
        _words(about).label("about"),
        _words(what).label("what"),
        _words(how).label("how"),
        _words(note).label("note"),
        Account.name.label("by"),
        model.account_id.label("account_id"),
        model.at.label("at"),
    ).outerjoin(Account, Account.id == model.account_id)


def _words(column: Any) -> ColumnElement[str]:
    return cast(column, String)
