"""The evaluator: a target asked about one dossier on one day.

Evaluation is pure: the day is an argument, and the order of facts and clauses
carries no meaning. Every clause is known as the set of outcomes still possible
for it; groups combine those sets, and only a set of one is a settled answer.
That is why settling an open leaf can never flip a settled answer above it.

Whether a clause applies is settled first, from the person's facts. A figure of
low confidence never decides a clause that applies.
"""

from __future__ import annotations

from datetime import date

from portal.domain.dossier import Dossier
from portal.domain.rules.compilation import compile_version
from portal.domain.rules.facts import Facts, read_facts
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis


def evaluate(target: Target, dossier: Dossier, *, on: date, basis: Basis = Basis.DECLARED) -> Evaluation:
    """Ask what a dossier amounts to under the version in force on a day.

    Refuses with ``rules.not_yet_in_force`` before the target's first version.
    """
    return evaluate_facts(target, read_facts(dossier, basis=basis), on=on)


def evaluate_facts(target: Target, facts: Facts, *, on: date) -> Evaluation:
    """The same for facts already laid out: lay them out once to ask many targets.

    Clauses that targets share are then answered once for all of them.
    """
    version = target.in_force(on)
    program = target.programs.get(version.in_force_from)
    if program is None:
        program = compile_version(version, target_id=target.id)
    root = program(facts, on)
    return Evaluation(target.id, version.in_force_from, on, facts.basis, root.outcome, root)
