"""Whether a worked case comes out as it was worked by hand.

Owns the comparison and nothing else; the tests run it for every shipped case,
and so can anyone who drafts a rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.rules.catalogue import WorkedCase
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis


def differences(case: WorkedCase, target: Target) -> tuple[str, ...]:
    """Say, one sentence each, where the engine parts from the hand; none when they agree.

    Cases are read on the verified basis: their facts count as verified unless
    they say otherwise.
    """
    evaluation = evaluate(target, case.dossier, on=case.on, basis=Basis.VERIFIED)
    return tuple(_differences(case, evaluation))


def _differences(case: WorkedCase, evaluation: Evaluation) -> Iterable[str]:
    if case.outcome is not None and evaluation.outcome is not case.outcome:
        yield f"the outcome is {evaluation.outcome}, the case expects {case.outcome}"
    found = {result.clause_id: result for result in evaluation.root.walk()}
    expected: tuple[tuple[str, dict[str, object]], ...] = (
        ("outcome", dict(case.clauses)),
        ("reason", dict(case.reasons)),
        ("lapse", dict(case.lapses)),
    )
    for what, clauses in expected:
        for clause_id, value in clauses.items():
            result = found.get(clause_id)
            actual = _shown(result, what) if result is not None else "not in the tree"
            if actual != value:
                yield f"the {what} of {clause_id} is {actual}, the case expects {value}"


def _shown(result: ClauseResult, what: str) -> object:
    if what == "outcome":
        return result.outcome
    return result.because.code if what == "reason" else result.lapses_on
