"""Which of a person's open requirements a bridging module prepares for.

Owns the join between an evaluation's open clauses and what the rulebook says a module prepares
for. A module never closes an authority's examination: it prepares, and this says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.domain.places import Jurisdiction
from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.evaluation import evaluate_facts
from portal.domain.rules.facts import Facts, read_facts
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.domain.texts import Text
from portal.services.facts import dossier_of
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class OpenRequirement:
    """A clause that is not met yet, and the target that asks for it."""

    jurisdiction: Jurisdiction
    target: Text
    clause: Text


def open_requirements_by_award(house: House, person_id: UUID) -> Mapping[str, tuple[OpenRequirement, ...]]:
    """For each award of a module: the person's open requirements it prepares for.

    Read on what the person declares, so that nobody is sent to a course for something that only
    waits for an officer.
    """
    prepared = _prepared_codes(house)
    today = house.clock.today()
    facts = read_facts(dossier_of(house, person_id, on=today), basis=Basis.DECLARED)
    found: dict[str, dict[OpenRequirement, None]] = {award: {} for award in prepared}
    for target in house.rulebook.targets.values():
        for clause in _open_clauses(house, target, facts):
            wanted = _wanted_codes(house, clause)
            requirement = OpenRequirement(target.jurisdiction, target.title, clause.title)
            for award, codes in prepared.items():
                if codes & wanted:
                    found[award][requirement] = None
    return {award: tuple(requirements) for award, requirements in found.items()}


def _prepared_codes(house: House) -> dict[str, frozenset[str]]:
    """For each award of a module: the qualifications it prepares for, and itself."""
    awards: dict[str, frozenset[str]] = {}
    for measure in house.rulebook.measures.values():
        award = measure.more.get("gives")
        prepares = measure.more.get("prepares_for")
        if isinstance(award, str) and isinstance(prepares, (list, tuple)):
            awards[award] = frozenset((award, *map(str, prepares)))
    return awards


def _open_clauses(house: House, target: Target, facts: Facts) -> Iterator[Clause]:
    today = house.clock.today()
    if min(version.in_force_from for version in target.ruleset.versions) > today:
        return
    clauses = target.in_force(today).clauses
    seen: set[str] = set()
    for result in _open_leaves(evaluate_facts(target, facts, on=today).root):
        if result.clause_id not in seen:
            seen.add(result.clause_id)
            yield clauses[result.clause_id]


def _open_leaves(result: ClauseResult) -> Iterator[ClauseResult]:
    """The leaves still to be met; a group that is met needs none of its other routes."""
    if result.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return
    if result.is_leaf:
        if result.outcome is Outcome.NOT_MET:
            yield result
        return
    for child in result.children:
        yield from _open_leaves(child)


def _wanted_codes(house: House, clause: Clause) -> frozenset[str]:
    """The qualifications that would meet a clause: those it names, those its measures give."""
    codes: set[str] = set()
    for measure_id in clause.closed_by:
        measure = house.rulebook.measures.get(measure_id)
        award = measure.more.get("gives") if measure else None
        if isinstance(award, str):
            codes.add(award)
    if isinstance(clause, Leaf) and isinstance(named := clause.parameters.get("any_of"), tuple):
        codes.update(str(code) for code in named)
    return frozenset(codes)
