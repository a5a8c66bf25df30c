"""The same rules in OpenFisca: a variable for each row of bits of each clause, in plain NumPy.

It is given the answers of the leaves and works out the groups. That is less
than the portal does, which reads the facts themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from portal.domain.rules.batch.bits import Flags, unpack
from portal.domain.rules.batch.leaves import Asked, asked_before, asked_by
from portal.domain.rules.batch.planes import Planes
from portal.domain.rules.clauses import Group
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.structure import in_order
from portal.domain.rules.vocabulary import ClauseKind

PERIOD = "2026"
PERSON = build_entity(key="person", plural="persons", label="A person", is_person=True)
Names = tuple[str, str, str | None]
Formula = Callable[..., Any]


class OpenFisca:
    """A tax and benefit system whose variables are the clauses of some targets."""

    def __init__(self, versions: Mapping[str, RuleVersion]) -> None:
        self.system = TaxBenefitSystem([PERSON])
        self.questions: dict[Asked, tuple[str, str]] = {}
        self.roots = {name: self._rule(name, version) for name, version in versions.items()}

    def simulation(
        self, size: int, leaves: Mapping[Asked, tuple[Flags, Flags]], *, trace: bool = False
    ) -> Any:
        """A simulation with its input given."""
        simulation = SimulationBuilder().build_default_simulation(self.system, count=size)
        simulation.trace = trace
        for asked, (met, not_met) in self.questions.items():
            for name, flags in zip((met, not_met), leaves[asked], strict=True):
                simulation.set_input(name, PERIOD, flags)
        return simulation

    def calculate(self, simulation: Any) -> dict[str, Flags]:
        """Who surely meets each target."""
        found = {}
        for target_id, names in self.roots.items():
            rows = [simulation.calculate(name, PERIOD) for name in names if name is not None]
            found[target_id] = rows[0] & ~reduce(np.logical_or, rows[1:])
        return found

    def traced(self, simulation: Any) -> str:
        """Everything calculated, and the trace of it as JSON."""
        self.calculate(simulation)
        return json.dumps(simulation.tracer.get_serialized_flat_trace())

    def _rule(self, target_id: str, version: RuleVersion) -> Names:
        stem = "".join(letter if letter.isalnum() else "_" for letter in target_id)
        found: dict[str, Names] = {}
        for number, clause_id in enumerate(in_order(version)):
            clause, place = version.clauses[clause_id], f"{stem}_{number}"
            if isinstance(clause, Group):
                own = self._group(place, clause, [found[child] for child in clause.children])
            else:
                own = (*self._question(asked_by(clause, target_id)), None)
            if clause.unless is not None:
                own = self._unless(f"{place}_u", own, found[clause.unless])
            if clause.applies_when is not None:
                condition = self._question(asked_before(clause.applies_when, target_id, clause_id))
                own = self._applying(f"{place}_w", own, condition)
            found[clause_id] = own
        return found[version.root]

    def _question(self, asked: Asked) -> tuple[str, str]:
        if asked not in self.questions:
            number = len(self.questions)
            self.questions[asked] = (self._add(f"q{number}_met"), self._add(f"q{number}_not"))
        return self.questions[asked]

    def _add(self, name: str, formula: Formula | None = None) -> str:
        body: dict[str, Any] = {
            "value_type": bool,
            "entity": PERSON,
            "definition_period": DateUnit.YEAR,
            "label": name,
        }
        if formula is not None:
            body["formula"] = formula
        self.system.add_variable(type(name, (Variable,), body))
        return name

    def _group(self, place: str, group: Group, children: list[Names]) -> Names:
        absent = None
        rows = [child[2] for child in children]
        if all(row is not None for row in rows):
            absent = self._add(f"{place}_a", _every(rows))
        if group.kind is ClauseKind.AT_LEAST:
            return (
                self._add(f"{place}_m", _enough(children, group.needed)),
                self._add(f"{place}_n", _too_few(children, group.needed)),
                absent,
            )
        good, bad = (0, 1) if group.kind is ClauseKind.ALL_OF else (1, 0)
        decides = self._add(f"{place}_{'mn'[bad]}", _some([child[bad] for child in children]))
        other = self._add(f"{place}_{'mn'[good]}", _unspoilt(children, good))
        return (other, decides, absent) if good == 0 else (decides, other, absent)

    def _unless(self, place: str, own: Names, spared: Names) -> Names:
        stays = _stays(spared)
        met, not_met = (self._add(f"{place}_{row}", _both(own["mn".index(row)], stays)) for row in "mn")  # type: ignore[arg-type]
        return met, not_met, self._add(f"{place}_a", _some([spared[0], own[2]]))

    def _applying(self, place: str, own: Names, condition: tuple[str, str]) -> Names:
        def stays(people: Any, period: Any) -> Any:
            return people(condition[0], period)

        met, not_met = (self._add(f"{place}_{row}", _both(own["mn".index(row)], stays)) for row in "mn")  # type: ignore[arg-type]
        return met, not_met, self._add(f"{place}_a", _some([condition[1], own[2]]))


def inputs_of(leaves: Mapping[Asked, Planes], size: int) -> dict[Asked, tuple[Flags, Flags]]:
    """The answers of the leaves as OpenFisca takes them: one byte an answer."""
    return {
        asked: (unpack(planes.met, size).copy(), unpack(planes.not_met, size).copy())
        for asked, planes in leaves.items()
    }


def _rows(names: Iterable[str | None], people: Any, period: Any) -> list[Any]:
    return [people(name, period) for name in names if name is not None]


def _some(names: list[Any]) -> Formula:
    def formula(people: Any, period: Any) -> Any:
        return reduce(np.logical_or, _rows(names, people, period))

    return formula


def _every(names: list[Any]) -> Formula:
    def formula(people: Any, period: Any) -> Any:
        return reduce(np.logical_and, _rows(names, people, period))

    return formula


def _unspoilt(children: list[Names], good: int) -> Formula:
    def formula(people: Any, period: Any) -> Any:
        found = reduce(np.logical_or, _rows([child[good] for child in children], people, period))
        for child in children:
            found = found & reduce(np.logical_or, _rows((child[good], child[2]), people, period))
        return found

    return formula


def _surely(names: Names, people: Any, period: Any) -> Any:
    met, *others = _rows(names, people, period)
    return met & ~reduce(np.logical_or, others)


def _enough(children: list[Names], needed: int) -> Formula:
    def formula(people: Any, period: Any) -> Any:
        return sum(row.astype(np.int8) for row in _rows([c[0] for c in children], people, period)) >= needed

    return formula


def _too_few(children: list[Names], needed: int) -> Formula:
    def formula(people: Any, period: Any) -> Any:
        surely = sum(_surely(child, people, period).astype(np.int8) for child in children)
        short = (surely > 0) | reduce(np.logical_or, _rows([c[1] for c in children], people, period))
        if needed > 1:
            short |= reduce(np.logical_or, _rows([c[0] for c in children], people, period))
        return short & (surely < needed)

    return formula


def _stays(spared: Names) -> Formula:
    def stays(people: Any, period: Any) -> Any:
        return ~_surely(spared, people, period)

    return stays


def _both(name: str, stays: Formula) -> Formula:
    def formula(people: Any, period: Any) -> Any:
        return people(name, period) & stays(people, period)

    return formula
