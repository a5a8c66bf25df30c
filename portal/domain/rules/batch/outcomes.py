"""The outcomes of a whole register under a rulebook: columns kept, trees laid over them.

Owns what is kept between two rulebooks, so that a changed rule costs what it
touches and no more. Equal to the explained evaluator for every person and
target; a property test holds them together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.domain.errors import Refused
from portal.domain.rules.batch.leaves import Asked, column_of
from portal.domain.rules.batch.planes import Planes, nobody_asked
from portal.domain.rules.batch.register import Register
from portal.domain.rules.batch.trees import Tree
from portal.domain.rules.batch.verdicts import Question
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import Basis


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The columns of one register, day and basis; ``leaves`` by question, ``roots`` by shape.

    Grows as rules ask more; what is in it never changes.
    """

    question: Question
    leaves: dict[Asked, Planes] = field(default_factory=dict)
    roots: dict[Hashable, Planes] = field(default_factory=dict)
    # By the identity of the version, which the tree holds on to.
    trees: dict[tuple[int, str], Tree] = field(default_factory=dict)

    def root(self, version: RuleVersion, target_id: str) -> Planes:
        """The outcomes of one rule, working out only what is not kept."""
        tree = self._tree(version, target_id)
        planes = self.roots.get(tree.shape)
        if planes is None:
            self._read(tree)
            planes = self.roots[tree.shape] = tree.planes(self.leaves.__getitem__)[-1]
        return planes

    def clauses(self, version: RuleVersion, target_id: str) -> Mapping[str, Planes]:
        """What is possible for every clause of a version."""
        tree = self._tree(version, target_id)
        self._read(tree)
        return tree.by_clause(self.leaves.__getitem__)

    def _tree(self, version: RuleVersion, target_id: str) -> Tree:
        key = (id(version), target_id)
        if key not in self.trees:
            self.trees[key] = Tree(version, target_id)
        return self.trees[key]

    def _read(self, tree: Tree) -> None:
        """Work out the columns a version asks for and that are not kept yet."""
        for asked, parameters in tree.questions():
            if asked not in self.leaves:
                self.leaves[asked] = column_of(asked, parameters, self.question)

    def tidy(self) -> None:
        """Let go of what only helped to work columns out; a later rule works it out again."""
        self.question.worked_out.clear()

    @property
    def nbytes(self) -> int:
        """What the kept leaves weigh."""
        return sum(planes.nbytes for planes in self.leaves.values())


def kept_for(register: Register, *, on: date, basis: Basis = Basis.VERIFIED) -> Kept:
    """Nothing worked out yet."""
    return Kept(Question(register, on, basis))


def outcomes(targets: Iterable[Target], kept: Kept) -> Mapping[str, Planes]:
    """Everybody's outcome for every target; a rule not in force on the day asks nobody."""
    found: dict[str, Planes] = {}
    for target in targets:
        version = version_or_none(target, kept.question.on)
        if version is None:
            found[target.id] = nobody_asked(kept.question.register.size)
        else:
            found[target.id] = kept.root(version, target.id)
    kept.tidy()
    return found


def version_or_none(target: Target, on: date) -> RuleVersion | None:
    """The version that binds on a day, none where no rule does."""
    try:
        return target.in_force(on)
    except Refused:
        return None
