"""The smallest sets of open leaves that would make a target met: "A, or B and C".

Owns the search. A set is minimal: no set in the answer contains another. A leaf
that never decides, because its source was not read, is no way forward, and
neither is being what one has said one is not: such a leaf stands in a set only
where every way leads through it. Very wide rules are searched with a bound,
shortest sets first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import ClauseKind, Outcome

SHOWN: Final = 8
_KEPT: Final = 64

Sets = list[frozenset[str]]
_STATED: Final = ("person.stated_otherwise",)
_NOTHING_LEFT: Final[Sets] = [frozenset()]


def settling_sets(version: RuleVersion, root: ClauseResult) -> tuple[tuple[str, ...], ...]:
    """At most eight minimal sets, the shortest first, each in rule order; none when all is met."""
    if root.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return ()
    order = {name: place for place, name in enumerate(_rule_order(root))}
    search = _Search(version, {result.clause_id: result for result in root.walk()}, order)
    found = search.sets_for(root)
    least = min((search.out_of_reach(names) for names in found), default=0)
    ways = [names for names in found if search.out_of_reach(names) == least]
    return tuple(tuple(sorted(names, key=order.__getitem__)) for names in ways[:SHOWN])


def _rule_order(root: ClauseResult) -> Iterable[str]:
    return dict.fromkeys(result.clause_id for result in root.walk())


class _Search:
    def __init__(self, version: RuleVersion, results: dict[str, ClauseResult], order: dict[str, int]) -> None:
        self.version = version
        self.results = results
        self.order = order
        self.beyond_reach = {
            name
            for name, result in results.items()
            if _never_decides(version.clauses[name]) or result.because.code in _STATED
        }

    def out_of_reach(self, names: frozenset[str]) -> int:
        """How many of a set nobody can settle by acting."""
        return len(names & self.beyond_reach)

    def sets_for(self, result: ClauseResult) -> Sets:
        """What would have to be settled for this clause to be met or to fall away."""
        if result.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            return _NOTHING_LEFT
        sets = self._own(result)
        spared_by = self.version.clauses[result.clause_id].unless
        if spared_by is not None and spared_by in self.results:
            sets = [*sets, *self.sets_for(self.results[spared_by])]
        return self._shortest(sets)

    def _own(self, result: ClauseResult) -> Sets:
        if result.is_leaf:
            return [frozenset((result.clause_id,))]
        clause = self.version.clauses[result.clause_id]
        children = [self.sets_for(c) for c in result.children if _can_help(result, c)]
        if result.kind is ClauseKind.ALL_OF:
            return self._together(children)
        if result.kind is ClauseKind.ANY_OF:
            return [names for sets in children for names in sets]
        needed = getattr(clause, "needed", len(children))
        return [names for some in combinations(children, needed) for names in self._together(some)]

    def _together(self, children: Sequence[Sets]) -> Sets:
        combined = _NOTHING_LEFT
        for sets in children:
            combined = self._shortest([one | other for one in combined for other in sets])
        return combined

    def _shortest(self, sets: Sets) -> Sets:
        """Drop every set that contains a shorter one, and all beyond the bound."""
        kept: Sets = []
        for names in sorted(set(sets), key=self._rank):
            if len(kept) == _KEPT:
                break
            if not any(shorter <= names for shorter in kept):
                kept.append(names)
        return kept

    def _rank(self, names: frozenset[str]) -> tuple[int, int, list[int]]:
        """What can be done before what cannot, then the shortest, then the order of the rule."""
        places = sorted(self.order[name] for name in names)
        return (self.out_of_reach(names), len(names), places)


def _never_decides(clause: Clause) -> bool:
    return isinstance(clause, Leaf) and not clause.can_decide


def _can_help(group: ClauseResult, child: ClauseResult) -> bool:
    """A branch that does not apply is no way to meet an any-of."""
    return group.kind is ClauseKind.ALL_OF or child.outcome is not Outcome.NOT_APPLICABLE
