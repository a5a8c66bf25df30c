"""The outcomes of a whole register under a rulebook: columns kept, trees laid over them.

Owns what is kept between two rulebooks, so that a changed rule costs what it
touches and no more. Equal to the explained evaluator for every person and
target; a property test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.domain.errors import Refused
from portal.domain.rules.batch.forest import Forest
from portal.domain.rules.batch.leaves import Asked, columns_of
from portal.domain.rules.batch.planes import Planes, nobody_asked, weight_of
from portal.domain.rules.batch.register import Register
from portal.domain.rules.batch.trees import Tree
from portal.domain.rules.batch.verdicts import Question
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import Basis


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The columns of one register, day and basis; ``leaves`` by question, ``roots`` by their nodes.

    Grows as rules ask more; what is in it never changes.
    """

    question: Question
    leaves: dict[Asked, Planes] = field(default_factory=dict)
    roots: dict[int, Planes] = field(default_factory=dict)
    forest: Forest = field(default_factory=Forest)

    def roots_of(self, versions: Mapping[str, RuleVersion]) -> dict[str, Planes]:
        """The outcomes of rules by the ids of their targets, working out only what is not kept."""
        planted = {name: self.forest.planted(version, name) for name, version in versions.items()}
        anew = {one.root: one.tree for one in planted.values() if one.root not in self.roots}
        self._read(anew.values())
        self.roots.update(self.forest.planes(anew, self.leaves))
        return {name: self.roots[one.root] for name, one in planted.items()}

    def clauses(self, version: RuleVersion, target_id: str) -> Mapping[str, Planes]:
        """What is possible for every clause of a version."""
        tree, nodes = self.forest.planted(version, target_id)
        self._read([tree])
        found = self.forest.planes(nodes, self.leaves)
        return {step.clause.id: found[node] for step, node in zip(tree.steps, nodes, strict=True)}

    def _read(self, trees: Iterable[Tree]) -> None:
        """Work out the columns that are asked for and not kept yet, all together."""
        wanted = {asked: parameters for tree in trees for asked, parameters in tree.questions()}
        self.leaves.update(
            columns_of({a: p for a, p in wanted.items() if a not in self.leaves}, self.question)
        )

    @property
    def nbytes(self) -> int:
        """What the kept leaves weigh, rows that several share counted once."""
        return weight_of(self.leaves.values())


def kept_for(register: Register, *, on: date, basis: Basis = Basis.VERIFIED) -> Kept:
    """Nothing worked out yet."""
    return Kept(Question(register, on, basis))


def outcomes(targets: Iterable[Target], kept: Kept) -> Mapping[str, Planes]:
    """Everybody's outcome for every target; a rule not in force on the day asks nobody."""
    binding = {target.id: version_or_none(target, kept.question.on) for target in targets}
    found = kept.roots_of({name: version for name, version in binding.items() if version is not None})
    nobody = nobody_asked(kept.question.register.size)
    return {name: found.get(name, nobody) for name in binding}


def version_or_none(target: Target, on: date) -> RuleVersion | None:
    """The version that binds on a day, none where no rule does."""
    try:
        return target.in_force(on)
    except Refused:
        return None
