"""How far a work history reaches, against every requirement that counts it.

Owns the list: each clause about experience whose count is not nought, as the engine counts it on a
day, on everything declared. It must not know how months are counted; that is the engine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.domain.people import Actor, own_person
from portal.domain.rules.evaluation import evaluate_facts
from portal.domain.rules.facts import read_facts
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.domain.texts import Text
from portal.services.facts import dossier_of
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """One count of work, and the requirements that ask for just this count.

    ``reached`` is the share of what is asked that the work comes to at most; ``because`` says it in
    months, with the day on which it is met if the person stays in that work.
    """

    clause: Text
    because: Because
    outcome: Outcome
    reached: Fraction
    targets: tuple[Target, ...]


def running_totals(house: House, actor: Actor, *, on: date) -> list[RunningTotal]:
    """Every count some of the actor's work comes to on a day, the furthest first."""
    dossier = dossier_of(house, own_person(actor), on=on)
    facts = read_facts(dossier.on_basis(Basis.DECLARED), basis=Basis.DECLARED)
    together: dict[str, RunningTotal] = {}
    for target in house.rulebook.targets.values():
        if on < target.ruleset.versions[0].in_force_from:
            continue
        for total in _counts(target, evaluate_facts(target, facts, on=on)):
            key = f"{total.clause.en}:{total.because.to_json()}"
            known = together.get(key)
            targets = (*known.targets, target) if known else (target,)
            together[key] = RunningTotal(
                total.clause, total.because, total.outcome, total.reached, tuple(dict.fromkeys(targets))
            )
    return sorted(together.values(), key=lambda total: -total.reached)


def _counts(target: Target, evaluation: Evaluation) -> Iterator[RunningTotal]:
    clauses = target.in_force(evaluation.on).clauses
    for result in evaluation.leaves():
        most = result.because.params.get("months_high")
        if most:
            reached = Fraction(str(most)) / Fraction(str(result.because.params["needed"]))
            title = clauses[result.clause_id].title
            yield RunningTotal(title, result.because, result.outcome, reached, (target,))
