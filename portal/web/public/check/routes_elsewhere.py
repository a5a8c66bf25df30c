"""Other routes when the answer is no: targets that the answers do not rule out, or already meet.

Owns which targets are worth naming. A target is named only where something answered speaks for it
and nothing that the person would have to do speaks against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.eligibility.answers import EDUCATION
from portal.domain.places import Jurisdiction
from portal.domain.rules.evaluation import evaluate_facts
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Outcome, Owner
from portal.services.house import House
from portal.web.languages import current_language
from portal.web.professional.mapping.targets import kind_word, spoken
from portal.web.public.check.visit import Visit, targets_in_force

SHOWN = 4


@dataclass(frozen=True, slots=True)
class OtherRoute:
    """Another target: whether the answers meet it already, and which track it stands in."""

    target: str
    title: str
    kind: str
    track: str
    place: Jurisdiction
    is_met: bool
    speaking_for_it: tuple[str, ...]


def other_routes(house: House, visit: Visit, evaluations: Mapping[str, Evaluation]) -> tuple[OtherRoute, ...]:
    """The targets worth looking at, the nearest first; none for a city where the aims are within reach."""
    wanting = {
        house.rulebook.targets[name].jurisdiction
        for name, evaluation in evaluations.items()
        if _against(evaluation)
    }
    asking, answers = visit.asking, visit.answers
    telling = frozenset(
        [one.id for one in answers.holdings if not one.qualification.startswith(EDUCATION)]
        + [one.id for one in answers.periods]
    )
    found: list[tuple[tuple[int, int, int], OtherRoute]] = []
    for target in targets_in_force(house, house.rulebook.targets):
        if target.id in evaluations or target.jurisdiction not in wanting:
            continue
        # What speaks for a target speaks for it however much is left open, and asking so is quick.
        if not _speaking_for(evaluate_facts(target, asking.facts, on=asking.on), telling):
            continue
        evaluation = asking.evaluate(target)
        speaking = _speaking_for(evaluation, telling)
        if speaking and not _against(evaluation):
            is_met = evaluation.outcome is Outcome.MET
            found.append(
                (
                    (-int(is_met), -len(speaking), _open(evaluation)),
                    _route(house, target, evaluation, speaking),
                )
            )
    return tuple(route for _rank, route in sorted(found, key=lambda pair: pair[0])[:SHOWN])


def _against(evaluation: Evaluation) -> bool:
    """Something the person alone would have to do is missing for certain."""
    return any(
        plank.outcome is Outcome.NOT_MET and plank.owner is Owner.PERSON for plank in evaluation.top_level()
    )


def _open(evaluation: Evaluation) -> int:
    return sum(1 for plank in evaluation.top_level() if plank.outcome.is_open)


def _speaking_for(evaluation: Evaluation, telling: frozenset[str]) -> tuple[ClauseResult, ...]:
    """The requirements met by a credential or by work; citizenship and schooling alone speak for nothing."""
    return tuple(
        plank
        for plank in evaluation.top_level()
        if plank.outcome is Outcome.MET
        and any(
            one.is_leaf and one.outcome is Outcome.MET and not telling.isdisjoint(one.evidence)
            for one in plank.walk()
        )
    )


def _route(
    house: House, target: Target, evaluation: Evaluation, speaking: tuple[ClauseResult, ...]
) -> OtherRoute:
    locale = current_language().locale
    clauses = target.in_force(evaluation.on).clauses
    tracks = [
        track.title.in_language(locale)
        for track in house.rulebook.tracks.values()
        if target.id in (*track.hk, *track.sz)
    ]
    return OtherRoute(
        target=target.id,
        title=spoken(target),
        kind=kind_word(target, house.rulebook),
        track=tracks[0] if tracks else "",
        place=target.jurisdiction,
        is_met=evaluation.outcome is Outcome.MET,
        speaking_for_it=tuple(clauses[plank.clause_id].title.in_language(locale) for plank in speaking),
    )
