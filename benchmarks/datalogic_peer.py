"""The same rules in JSONLogic, for datalogic-py: whether a target is surely met, with the trace of it.

It is given the answers of the leaves and works out the groups. That is less
than the portal does, which reads the facts themselves.
"""

from __future__ import annotations

import json
from typing import Any

from datalogic_py import Engine

from portal.domain.rules.batch.bits import unpack
from portal.domain.rules.batch.leaves import Asked, asked_before, asked_by
from portal.domain.rules.batch.outcomes import Kept
from portal.domain.rules.batch.trees import Tree
from portal.domain.rules.clauses import Group
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import ClauseKind

Logic = Any
NEVER: Logic = False


class DataLogic:
    """One rule as logic; ``asks`` numbers the answers it wants."""

    def __init__(self, target_id: str, version: RuleVersion, engine: Engine) -> None:
        self.target_id, self.version, self.engine = target_id, version, engine
        self.asks: dict[Asked, int] = {}
        for asked, _ in Tree(version, target_id).questions():
            self.asks.setdefault(asked, len(self.asks))
        self.logic = json.dumps(self._surely_met(version.root))

    def data(self, kept: Kept, place: int) -> str:
        """The answers of the leaves for one person."""
        size = place + 1
        found = {}
        for asked, number in self.asks.items():
            planes = kept.leaves[asked]
            found[f"m{number}"] = bool(unpack(planes.met, size)[place])
            found[f"n{number}"] = bool(unpack(planes.not_met, size)[place])
        return json.dumps(found)

    def traced(self, data: str) -> Any:
        """The result with its trace, as the engine gives it."""
        return self.engine.evaluate_with_trace(self.logic, data)

    def _surely_met(self, name: str) -> Logic:
        return {"and": [self._may(name, 0), {"!": [self._may(name, 1)]}, {"!": [self._may(name, 2)]}]}

    def _may(self, name: str, row: int) -> Logic:
        clause = self.version.clauses[name]
        own = self._own(name, row)
        if clause.unless is not None:
            if row == 2:
                own = {"or": [own, self._may(clause.unless, 0)]}
            else:
                own = {"and": [own, {"!": [self._surely_met(clause.unless)]}]}
        if clause.applies_when is not None:
            number = self.asks[asked_before(clause.applies_when, self.target_id, name)]
            if row == 2:
                return {"or": [own, {"var": f"n{number}"}]}
            return {"and": [own, {"var": f"m{number}"}]}
        return own

    def _own(self, name: str, row: int) -> Logic:
        clause = self.version.clauses[name]
        if not isinstance(clause, Group):
            number = self.asks[asked_by(clause, self.target_id)]
            return NEVER if row == 2 else {"var": f"{'mn'[row]}{number}"}
        children = clause.children
        if row == 2:
            return {"and": [self._may(child, 2) for child in children]}
        if clause.kind is ClauseKind.AT_LEAST:
            return self._counted(children, clause.needed, row)
        bad = 1 if clause.kind is ClauseKind.ALL_OF else 0
        some = {"or": [self._may(child, row) for child in children]}
        if row == bad:
            return some
        passes = [{"or": [self._may(child, row), self._may(child, 2)]} for child in children]
        return {"and": [some, *passes]}

    def _counted(self, children: tuple[str, ...], needed: int, row: int) -> Logic:
        if row == 0:
            return {">=": [{"+": [_one(self._may(child, 0)) for child in children]}, needed]}
        surely = [self._surely_met(child) for child in children]
        short = [*surely, *(self._may(child, 1) for child in children)]
        if needed > 1:
            short.extend(self._may(child, 0) for child in children)
        return {"and": [{"or": short}, {"<": [{"+": [_one(one) for one in surely]}, needed]}]}


def _one(logic: Logic) -> Logic:
    return {"if": [logic, 1, 0]}
