"""What the desk shows of a request for a human review, prepared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from portal.domain.errors import Conflict, NotFound
from portal.domain.reviews import ReviewState
from portal.domain.rules.rulesets import Target
from portal.services.reviews import ReviewSeen
from portal.web.professional.reviews.pages import clause_titles


@dataclass(frozen=True, slots=True)
class DeskReview:
    """One request. ``address`` is where it is answered, empty once it is."""

    id: str
    version: int
    clauses: tuple[str, ...]
    why: str
    asked_at: datetime
    state: str
    answer: str
    address: str


def desk_reviews(reviews: Iterable[ReviewSeen], target: Target, reference: str) -> tuple[DeskReview, ...]:
    """Prepare the requests about a case, the open one first."""
    ordered = sorted(reviews, key=lambda one: not one.is_open)
    return tuple(_desk_review(review, target, reference) for review in ordered)


def review_to_answer(reviews: Iterable[DeskReview], key: str) -> DeskReview:
    """The request a page is about; ``page.not_found`` for none, and one that is closed has moved on."""
    found = next((one for one in reviews if one.id == key), None)
    if found is None:
        raise NotFound("page.not_found")
    if not found.address:
        raise Conflict("review.already_answered")
    return found


def _desk_review(review: ReviewSeen, target: Target, reference: str) -> DeskReview:
    states: dict[ReviewState, str] = {
        ReviewState.OPEN: _("Waits for an answer"),
        ReviewState.AGREED: _("Answered: agreed"),
        ReviewState.UNCHANGED: _("Answered: not changed"),
        ReviewState.ENDED: _("Ended with the application"),
    }
    address = ""
    if review.is_open:
        address = url_for("administrator.answer_review", reference=reference, review_id=review.id)
    return DeskReview(
        id=str(review.id),
        version=review.version,
        clauses=clause_titles(review.clauses, target),
        why=review.why,
        asked_at=review.asked_at,
        state=states[review.state],
        answer=review.answer,
        address=address,
    )
