"""Asking people to look again at what the machine answered, and their answer.

Owns the request of an applicant, the answer of an officer of that side, and reading both. The
machine only advises, so the answer changes nothing by itself: where the officer agrees, the file
is put right by the ordinary acts of the desk. It must not know pages.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.domain.cases import ON_THE_DESK
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import Actor
from portal.domain.reviews import MOST_CHARACTERS, ReviewState, require_askable
from portal.domain.rules.structure import reachable
from portal.models.cases import Case
from portal.models.following import Review
from portal.services.cases import own_case
from portal.services.disclosure_to_officers import case_for_officer, file_for_officer
from portal.services.house import House
from portal.services.notices import tell_person
from portal.services.open_reviews import journal_review, open_review
from portal.services.work import one_act, require_version


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """A request and its answer, as the applicant and the officers read it."""

    id: UUID
    state: ReviewState
    clauses: tuple[str, ...]
    why: str
    asked_at: datetime
    answer: str
    closed_at: datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        return self.state is ReviewState.OPEN


def ask_review(
    house: House,
    actor: Actor,
    reference: str,
    *,
    clauses: Collection[str],
    why: str,
    once: str | None = None,
) -> str:
    """Ask that an officer look again at the machine's answers; gives the application's key.

    ``clauses`` are those of the target the person means, ``why`` their own words. Refuses none and
    unknown ones, a request without a reason, a second one while the first is open, and a case that
    is decided or closed. What is asked about a draft goes to the officers when it is submitted.
    """
    with one_act(house, actor, once=once) as act:
        case = own_case(house, actor, reference)
        require_askable(case.stage)
        asked = _clauses_of(house, case, clauses)
        said = why.strip()
        if not said:
            raise Refused("review.reason_missing", field="why")
        if len(said) > MOST_CHARACTERS:
            raise Refused("review.reason_too_long", field="why", most=MOST_CHARACTERS)
        if open_review(house, case.id) is not None:
            raise Refused("review.already_open")
        review = Review(
            id=house.new_key(),
            case_id=case.id,
            state=ReviewState.OPEN,
            clauses=asked,
            why=said,
            asked_at=house.clock.now(),
        )
        house.session.add(review)
        house.session.flush()
        journal_review(house, actor, "review.asked", case, review, clauses=asked)
        act.result = str(case.application_id)
    return act.result


def answer_review(
    house: House,
    actor: Actor,
    reference: str,
    *,
    review_id: UUID,
    version: int,
    agrees: bool,
    answer: str,
    once: str | None = None,
) -> str:
    """Answer a request with an explanation the person reads; gives the case's reference.

    Any officer of the side may, as long as the case is on the desk. Refuses an answer without an
    explanation, and a request that somebody answered meanwhile (``row.changed``).
    """
    with one_act(house, actor, once=once) as act:
        case = case_for_officer(house, actor, reference)
        file_for_officer(house, actor, case)
        review = house.session.get(Review, review_id)
        if review is None or review.case_id != case.id:
            raise NotFound("page.not_found")
        if case.stage not in ON_THE_DESK:
            raise Conflict("case.not_in_stage")
        require_version(review.version, version)
        if review.state is not ReviewState.OPEN:
            raise Conflict("row.changed")
        if not answer.strip():
            raise Refused("review.answer_missing", field="answer")
        review.state = ReviewState.AGREED if agrees else ReviewState.UNCHANGED
        review.answer, review.account_id = answer.strip(), actor.account_id
        review.closed_at = house.clock.now()
        journal_review(house, actor, "review.answered", case, review, agrees=agrees)
        tell_person(house, case.person_id, "review_answered", reference=case.reference)
        act.result = case.reference
    return act.result


def reviews_of(house: House, cases: Sequence[UUID]) -> dict[UUID, tuple[ReviewSeen, ...]]:
    """Every request about some cases, by case, the newest first: one statement.

    The caller has made sure that its reader may see these cases.
    """
    rows = house.session.scalars(
        select(Review).where(Review.case_id.in_(cases)).order_by(Review.asked_at.desc(), Review.id.desc())
    )
    found: dict[UUID, tuple[ReviewSeen, ...]] = {}
    for row in rows:
        found[row.case_id] = (*found.get(row.case_id, ()), seen_review(row))
    return found


def _clauses_of(house: House, case: Case, clauses: Collection[str]) -> list[str]:
    """The clauses meant, in the order of the rule of today."""
    version = house.rulebook.targets[case.target].in_force(house.clock.today())
    known = reachable(version)
    asked = [name for name in version.clauses if name in known and name in clauses]
    if not asked or len(asked) != len(set(clauses)):
        raise Refused("review.clauses_missing", field="clauses")
    return asked


def seen_review(row: Review) -> ReviewSeen:
    """A request as it is read."""
    return ReviewSeen(
        id=row.id,
        state=row.state,
        clauses=tuple(row.clauses),
        why=row.why,
        asked_at=row.asked_at,
        answer=row.answer,
        closed_at=row.closed_at,
        version=row.version,
    )
