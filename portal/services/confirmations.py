"""What referees answered about a period of work, and whether it still holds for the period as it stands.

Owns the reading of answers, for the person's standing and for officers. It must not know how a
referee is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.domain.referees import AskedAbout, Flag, Question, Relation, Reply, confirms, domain_of
from portal.models.credentials import WorkPeriod
from portal.models.referees import RefereeRequest
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One referee's answer as an officer reads it. ``still_holds`` is false once the period was changed."""

    referee: str
    email: str
    domain: str
    relation: Relation
    flags: tuple[Flag, ...]
    answered_at: datetime
    replies: tuple[tuple[Question, Reply], ...]
    comment: str
    confirms: bool
    still_holds: bool


def confirmations_of(house: House, work_id: UUID) -> Sequence[Confirmation]:
    """Every answer about a period, newest first. For officers who may see the fact itself."""
    found = house.session.execute(
        select(RefereeRequest, WorkPeriod)
        .join(WorkPeriod, WorkPeriod.id == RefereeRequest.work_id)
        .where(RefereeRequest.work_id == work_id, RefereeRequest.answered_at.is_not(None))
        .order_by(RefereeRequest.answered_at.desc(), RefereeRequest.id.desc())
    )
    return [_confirmation(row, work) for row, work in found]


def questions_of(row: RefereeRequest) -> tuple[Question, ...]:
    """The questions a request asks."""
    about = row.asked_about
    stated = AskedAbout(
        has_post=bool(about["post"]),
        has_share=about["share_percent"] is not None,
        manages=bool(about["manages"]),
    )
    return stated.questions()


def answers_to(row: RefereeRequest) -> dict[Question, Reply]:
    """What was answered, by question; empty before."""
    return {Question(name): Reply(reply) for name, reply in (row.answers or {}).items()}


def is_confirmed_by_referee(house: House, work: WorkPeriod) -> bool:
    """True when a referee confirmed the period just as it stands now."""
    return any(confirms(questions_of(row), answers_to(row)) for row in answers_about(house, work))


def answers_about(house: House, work: WorkPeriod) -> list[RefereeRequest]:
    """The answered requests that asked about the period just as it stands now."""
    answered = house.session.scalars(
        select(RefereeRequest).where(
            RefereeRequest.work_id == work.id, RefereeRequest.answered_at.is_not(None)
        )
    )
    return [row for row in answered if row.asked_about == asked_about(work)]


def asked_about(work: WorkPeriod) -> dict[str, object]:
    """A period as a referee is asked about it; equal for a period that was not changed since."""
    return {
        "employer": work.employer,
        "employer_kind": work.employer_kind,
        "place": work.place,
        "post": work.post,
        "functions": work.functions,
        "begun_on": work.begun_on.isoformat(),
        "ended_on": work.ended_on.isoformat() if work.ended_on else None,
        "share_percent": work.share_percent,
        "manages": work.manages,
    }


def _confirmation(row: RefereeRequest, work: WorkPeriod) -> Confirmation:
    questions, replies = questions_of(row), answers_to(row)
    return Confirmation(
        referee=row.name,
        email=row.email,
        domain=domain_of(row.email),
        relation=row.relation,
        flags=tuple(Flag(flag) for flag in row.flags),
        answered_at=row.answered_at or row.asked_at,
        replies=tuple((question, replies[question]) for question in questions),
        comment=row.comment,
        confirms=confirms(questions, replies),
        still_holds=row.asked_about == asked_about(work),
    )
