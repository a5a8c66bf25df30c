"""The open request for a human review of a case, as moving that case must respect it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.domain.errors import Refused
from portal.domain.people import Actor
from portal.domain.reviews import ReviewState
from portal.models.cases import Case
from portal.models.following import Review
from portal.services.house import House
from portal.services.journal import journal_case


def open_review(house: House, case_id: UUID) -> Review | None:
    """The request that waits for an answer, if the case has one."""
    return house.session.scalars(
        select(Review).where(Review.case_id == case_id, Review.state == ReviewState.OPEN)
    ).one_or_none()


def cases_with_open_review(house: House, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of some cases whose applicant waits for an answer; the caller may see these cases."""
    if not case_ids:
        return frozenset()
    return frozenset(
        house.session.scalars(
            select(Review.case_id).where(Review.case_id.in_(case_ids), Review.state == ReviewState.OPEN)
        )
    )


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
    journal_case(house, actor, kind, case, review=str(review.id), **facts)
