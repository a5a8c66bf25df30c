"""A version's tree: its clauses in order, what each asks, and what each rests on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from portal.domain.rules.batch.leaves import Asked, asked_before, asked_by
from portal.domain.rules.clauses import Clause, Group, Leaf, Parameters
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.structure import in_order


class Step(NamedTuple):
    """One clause: a leaf asks, a group combines earlier steps; then exception and condition."""

    clause: Clause
    asked: Asked | None
    children: tuple[int, ...]
    unless: int | None
    condition: Asked | None


class Tree:
    """The clauses of one version, each after all that it rests on."""

    def __init__(self, version: RuleVersion, target_id: str) -> None:
        self.version = version
        self.steps = tuple(_steps(version, target_id))
        self.shape = _shape(self.steps)

    def questions(self) -> Iterable[tuple[Asked, Parameters]]:
        """Every question the tree rests on, as often as it is asked."""
        for step in self.steps:
            if step.asked is not None and isinstance(step.clause, Leaf):
                yield step.asked, step.clause.parameters
            if step.condition is not None and step.clause.applies_when is not None:
                yield step.condition, step.clause.applies_when.parameters


def _steps(version: RuleVersion, target_id: str) -> Iterable[Step]:
    place_of: dict[str, int] = {}
    for place, clause_id in enumerate(in_order(version)):
        clause = version.clauses[clause_id]
        condition = clause.applies_when
        yield Step(
            clause,
            asked_by(clause, target_id) if isinstance(clause, Leaf) else None,
            tuple(place_of[name] for name in clause.children),
            place_of[clause.unless] if clause.unless is not None else None,
            asked_before(condition, target_id, clause_id) if condition is not None else None,
        )
        place_of[clause_id] = place


def _shape(steps: Iterable[Step]) -> Hashable:
    """What decides outcomes and nothing else: equal shapes have equal outcomes.

    Titles, notes, owners and citations are left out, as far as they do not decide.
    """
    return tuple(
        (
            (step.clause.kind, step.clause.needed) if isinstance(step.clause, Group) else None,
            *step[1:],
        )
        for step in steps
    )
