"""``education_at_least``: a level of schooling, of certain fields or from certain places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from portal.domain.dossier import Holding
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts, Holdings, Reads
from portal.domain.rules.predicates.schema import (
    Check,
    Finding,
    ParameterKind,
    ParameterRule,
    Predicate,
    met,
    not_met,
    settle_pending,
    texts_of,
    undetermined,
)
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.rules.vocabulary import Outcome

LEVELS: Final = ("secondary", "junior_college", "bachelor", "master", "doctorate")
_RANK: Final = {level: rank for rank, level in enumerate(LEVELS)}
_WORTH: Final = {Outcome.MET: 2, Outcome.UNDETERMINED: 1, Outcome.NOT_MET: 0}
PREFIX: Final = "education."
DEGREE: Final = "education.degree"


def _build(parameters: Parameters, _clause: str) -> Check:
    needed = str(parameters["level"])
    fields, places = texts_of(parameters, "fields"), texts_of(parameters, "places")
    nothing = not_met(Because("education.none_found", {"needed": needed}))

    # A text keeps its hash, so that it is a quick key.
    question = f"education {needed} {fields} {places}"

    def best(holdings: Holdings, on: date) -> Finding:
        found = [_examine(d, on, needed, fields, places) for d in _degrees(holdings)]
        if len(found) == 1:
            return found[0]
        return max(found, key=_worth) if found else nothing

    def answer(facts: Facts, on: date) -> Finding:
        counted = best(facts.counted_holdings, on)
        if not facts.holdings_pending:
            return counted
        return settle_pending(counted, lambda: best(facts.all_holdings, on), _awaits)

    def check(facts: Facts, on: date) -> Finding:
        """Many rules ask for the same schooling: answer once."""
        key = (question, on)
        found = facts.worked_out.get(key)
        if not isinstance(found, Finding):
            found = facts.worked_out[key] = answer(facts, on)
        return found

    return check


def _degrees(holdings: Holdings) -> Iterable[Holding]:
    for code, held in holdings.items():
        if code == DEGREE:
            yield from held
        elif code.startswith(PREFIX):
            yield from (one for one in held if "level" in one.attributes)


def _examine(
    degree: Holding, on: date, needed: str, fields: tuple[str, ...], places: tuple[str, ...]
) -> Finding:
    evidence = (degree.id,)
    level = str(degree.attributes.get("level", ""))
    if level not in _RANK:
        return undetermined(Because("education.attribute_unknown", {"attribute": "level"}), evidence)
    if _RANK[level] < _RANK[needed]:
        return not_met(Because("education.below", {"level": level, "needed": needed}), evidence)
    if degree.awarded_on is not None and degree.awarded_on > on:
        params: dict[str, ParamValue] = {"level": level, "on": degree.awarded_on}
        return not_met(Because("education.not_yet", params), evidence, degree.awarded_on)
    stopped = _outside(degree, "field", "fields", fields) or _outside(degree, "place", "places", places)
    return stopped or met(Because("education.reached", {"level": level, "needed": needed}), evidence)


def _outside(degree: Holding, name: str, plural: str, allowed: tuple[str, ...]) -> Finding | None:
    if not allowed:
        return None
    value = str(degree.attributes.get(name, ""))
    if not value:
        reason = Because("education.attribute_unknown", {"attribute": name})
        return undetermined(reason, (degree.id,))
    if value in allowed:
        return None
    return not_met(Because(f"education.other_{name}", {name: value, plural: allowed}), (degree.id,))


def _worth(finding: Finding) -> tuple[int, int, tuple[str, ...]]:
    level = str(finding.because.params.get("level", ""))
    return (_WORTH[finding.outcome], _RANK.get(level, len(LEVELS)), finding.evidence)


def _awaits(hoped: Finding) -> Because:
    return Because("education.awaits_verification", {"level": hoped.because.params["level"]})


def _reads(_parameters: Parameters, _clause: str) -> Reads:
    return Reads(education=True)


EDUCATION_AT_LEAST: Final = Predicate(
    "education_at_least",
    {
        "level": ParameterRule(ParameterKind.LEVEL, required=True),
        "fields": ParameterRule(ParameterKind.FIELDS),
        "places": ParameterRule(ParameterKind.PLACES),
    },
    _build,
    _reads,
)
