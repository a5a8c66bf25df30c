"""Many trees laid over kept columns, what they have in common worked out once.

Owns the numbering of clauses by what they come to: clauses of any target that
ask the same in the same way are one node, numbered after all that it rests on.
It must not know facts: every leaf's column is handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from portal.domain.rules.batch.leaves import Asked
from portal.domain.rules.batch.planes import Planes, applying, combine, unless
from portal.domain.rules.batch.trees import Step, Tree
from portal.domain.rules.clauses import Group
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import ClauseKind


class Node(NamedTuple):
    """What decides the answers of a clause; titles, notes, owners and citations are left out."""

    asked: Asked | None
    group: tuple[ClauseKind, int] | None
    children: tuple[int, ...]
    unless: int | None
    condition: Asked | None

    def rests_on(self) -> Iterable[int]:
        """The nodes it needs, as often as it needs them."""
        yield from self.children
        if self.unless is not None:
            yield self.unless


class Planted(NamedTuple):
    """A version's tree, and the node of each of its steps; the root's is the last."""

    tree: Tree
    nodes: tuple[int, ...]

    @property
    def root(self) -> int:
        """Trees with one root come out alike."""
        return self.nodes[-1]


class Forest:
    """The trees of some versions. Grows as rules are asked; what is in it never changes."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._number_of: dict[Node, int] = {}
        # By the identity of the version, which the tree holds on to.
        self._planted: dict[tuple[int, str], Planted] = {}

    def planted(self, version: RuleVersion, target_id: str) -> Planted:
        """The tree of a version, laid out once."""
        key = (id(version), target_id)
        if key not in self._planted:
            tree = Tree(version, target_id)
            numbers: list[int] = []
            for step in tree.steps:
                numbers.append(self._numbered(_node(step, numbers)))
            self._planted[key] = Planted(tree, tuple(numbers))
        return self._planted[key]

    def _numbered(self, node: Node) -> int:
        number = self._number_of.setdefault(node, len(self._nodes))
        if number == len(self._nodes):
            self._nodes.append(node)
        return number

    def planes(self, wanted: Iterable[int], columns: Mapping[Asked, Planes]) -> dict[int, Planes]:
        """What is possible for some nodes, for everybody; what only helped is let go of when it has."""
        kept = set(wanted)
        uses = self._uses(kept)
        found: dict[int, Planes] = {}
        for number in sorted(uses):
            node = self._nodes[number]
            found[number] = _planes(node, found, columns)
            for other in node.rests_on():
                uses[other] -= 1
                if not uses[other] and other not in kept:
                    del found[other]
        return {number: found[number] for number in kept}

    def _uses(self, wanted: set[int]) -> Counter[int]:
        """How often each node is needed for those wanted; they themselves are, at least never less than that."""
        uses = Counter(dict.fromkeys(wanted, 0))
        waiting = list(wanted)
        while waiting:
            for other in self._nodes[waiting.pop()].rests_on():
                if other not in uses:
                    waiting.append(other)
                uses[other] += 1
        return uses


def _node(step: Step, numbers: Sequence[int]) -> Node:
    clause = step.clause
    return Node(
        step.asked,
        (clause.kind, clause.needed) if isinstance(clause, Group) else None,
        tuple(numbers[child] for child in step.children),
        numbers[step.unless] if step.unless is not None else None,
        step.condition,
    )


def _planes(node: Node, found: Mapping[int, Planes], columns: Mapping[Asked, Planes]) -> Planes:
    if node.group is not None:
        planes = combine(*node.group, [found[child] for child in node.children])
    else:
        assert node.asked is not None, "a leaf asks"  # noqa: S101  # holds by construction
        planes = columns[node.asked]
    if node.unless is not None:
        planes = unless(planes, found[node.unless])
    return applying(planes, columns[node.condition]) if node.condition is not None else planes
