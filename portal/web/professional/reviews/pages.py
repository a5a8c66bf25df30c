"""What the pages about a human review show, prepared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.errors import Conflict
from portal.domain.places import Jurisdiction
from portal.domain.reviews import ReviewState, may_be_asked
from portal.domain.rules.explanation import read_pair
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import Outcome
from portal.rulebook.loader import Rulebook
from portal.services.mapping import Verdicts
from portal.services.own_cases import OwnCase
from portal.services.reviews import ReviewSeen
from portal.web.bridge import city_name
from portal.web.forms.fields import SelectChoice
from portal.web.languages import current_language
from portal.web.professional.mapping.clauses import outcome_word
from portal.web.professional.reviews.forms import PlankChoice


@dataclass(frozen=True, slots=True)
class AskReviewPage:
    """The page on which a review is asked for."""

    reference: str
    title: str
    city: str
    is_draft: bool
    back: str
    choices: tuple[PlankChoice, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A request and what came of it, for the one who asked."""

    asked_at: datetime
    clauses: tuple[str, ...]
    why: str
    state: str
    colour: str
    answer: str
    closed_at: datetime | None


def ask_review_page(case: OwnCase, verdicts: Verdicts, rulebook: Rulebook) -> AskReviewPage:
    """Prepare the form; a case that is decided or closed has moved on."""
    if not may_be_asked(case.stage):
        raise Conflict("case.not_in_stage")
    target = rulebook.targets[case.target]
    key: dict[str, Any] = {"application_id": case.application_id}
    return AskReviewPage(
        reference=case.reference,
        title=target.title.in_language(current_language().locale),
        city=city_name(case.jurisdiction),
        is_draft=case.is_draft,
        back=url_for("professional.application", **key),
        choices=tuple(_choices(verdicts)),
    )


def _choices(verdicts: Verdicts) -> Iterable[PlankChoice]:
    """Every requirement that applies and what it is made of, with what the program answers on what is declared."""
    version = verdicts.target.in_force(verdicts.declared.on)
    for plank in read_pair(verdicts.declared, verdicts.verified):
        below = {
            one.clause_id: one for one in plank.declared.walk() if one.outcome is not Outcome.NOT_APPLICABLE
        }
        below.pop(plank.clause_id, None)
        yield PlankChoice(
            _choice(plank.declared, version), tuple(_choice(one, version) for one in below.values())
        )


def _choice(result: ClauseResult, version: RuleVersion) -> SelectChoice:
    title = version.clauses[result.clause_id].title.in_language(current_language().locale)
    hint = _("The program’s answer: %(answer)s", answer=outcome_word(result.outcome))
    return SelectChoice(result.clause_id, title, render_kw={"hint": hint})


def review_views(
    reviews: Iterable[ReviewSeen], target: Target, place: Jurisdiction
) -> tuple[ReviewView, ...]:
    """Prepare what was asked about one case, the newest first."""
    return tuple(_review(review, target, city_name(place)) for review in reviews)


def clause_titles(clauses: Iterable[str], target: Target) -> tuple[str, ...]:
    """The requirements a request names, by the newest version of the rule that knows them."""
    locale = current_language().locale
    known = {name: one for version in target.ruleset.versions for name, one in version.clauses.items()}
    return tuple(known[name].title.in_language(locale) if name in known else name for name in clauses)


def _review(review: ReviewSeen, target: Target, city: str) -> ReviewView:
    states: dict[ReviewState, tuple[str, str]] = {
        ReviewState.OPEN: (_("Waiting for an officer for %(city)s", city=city), "yellow"),
        ReviewState.AGREED: (_("The officer agrees with you"), "green"),
        ReviewState.UNCHANGED: (_("The officer does not change the answer"), "grey"),
        ReviewState.ENDED: (_("Ended when you withdrew the application"), "grey"),
    }
    state, colour = states[review.state]
    return ReviewView(
        asked_at=review.asked_at,
        clauses=clause_titles(review.clauses, target),
        why=review.why,
        state=state,
        colour=colour,
        answer=review.answer,
        closed_at=review.closed_at,
    )
