"""One explained evaluation is quick enough to ask for every target on every page."""

from __future__ import annotations

from time import perf_counter

import pytest

from portal.domain.rules.catalogue import WorkedCase
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.vocabulary import Basis
from portal.rulebook.loader import load

RULEBOOK = load()
FIRST_CASES = {case.target: case for case in reversed(RULEBOOK.cases)}
MICROSECONDS_A_CLAUSE = 25
# “Three consecutive years” is a count as long as its window: the day on which it turns is found by
# walking, not by a formula.
WALKED = {"sz.qianhai.tax-filing": 5_000}


@pytest.mark.parametrize("case", FIRST_CASES.values(), ids=lambda case: case.target)
def test_a_clause_costs_a_few_microseconds(case: WorkedCase) -> None:
    """The best of many runs: a busy machine makes a run slower, and nothing makes it quicker."""
    target = RULEBOOK.targets[case.target]
    clauses = len(target.in_force(case.on).clauses)

    def run() -> float:
        begun = perf_counter()
        evaluate(target, case.dossier, on=case.on, basis=Basis.VERIFIED)
        return (perf_counter() - begun) * 1e6

    allowed = WALKED.get(case.target, MICROSECONDS_A_CLAUSE * max(clauses, 4))
    assert min(run() for _ in range(50)) < allowed
