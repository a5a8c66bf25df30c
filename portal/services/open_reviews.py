"""The open request for a human review of a case, as moving that case must respect it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.domain.errors import Refused
from portal.domain.people import Actor
from portal.domain.reviews import ReviewState
from portal.models.cases import Case
from portal.models.following import Review
from portal.services.house import House
from portal.services.journal import record


def open_review(house: House, case_id: UUID) -> Review | None:
    """The request that waits for an answer, if the case has one."""
    return house.session.scalars(
        select(Review).where(Review.case_id == case_id, Review.state == ReviewState.OPEN)
    ).one_or_none()


def refuse_unanswered(house: House, case: Case) -> None:
    """Refuse with ``review.unanswered``: nobody is judged while their question about the machine is open."""
    if open_review(house, case.id) is not None:
        raise Refused("review.unanswered")


def end_review(house: House, actor: Actor, case: Case) -> None:
    """Close the request of a case that is withdrawn; nobody answers it any more."""
    review = open_review(house, case.id)
    if review is None:
        return
    review.state, review.closed_at = ReviewState.ENDED, house.clock.now()
    journal_review(house, actor, "review.ended", case, review)


def journal_review(
    house: House, actor: Actor, kind: str, case: Case, review: Review, **facts: bool | list[str]
) -> None:
    """Record an entry about a request and its case; the caller commits."""
    record(
        house,
        actor,
        kind,
        person_id=case.person_id,
        case_id=case.id,
        case=case.reference,
        review=str(review.id),
        **facts,
    )
