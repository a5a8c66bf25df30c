"""Who gains and who loses when one rulebook takes another's place.

Owns the comparison of two releases over a register, by target and by
jurisdiction, with the people concerned. It judges nothing: a rule's author does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Protocol

import numpy as np

from portal.domain.places import Jurisdiction
from portal.domain.rules.batch.bits import Bits, Numbers, count, none_of, places
from portal.domain.rules.batch.outcomes import Kept, kept_for, outcomes
from portal.domain.rules.batch.planes import Planes, nobody_asked
from portal.domain.rules.batch.register import Register
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis


class Release(Protocol):
    """The parts of a rulebook that decide outcomes."""

    @property
    def digest(self) -> str: ...
    @property
    def targets(self) -> Mapping[str, Target]: ...


class Change(StrEnum):
    """What a new rulebook means for a person and a target. Everyone is in one of these, or unchanged."""

    GAINS = "gains"  # not met before, met now
    LOSES = "loses"  # met before; now not met, or not asked any more
    BECOMES_UNDETERMINED = "becomes_undetermined"  # settled before, and cannot be told now
    TURNS_OTHERWISE = "turns_otherwise"  # any other change, such as from unknown to not met


@dataclass(frozen=True, slots=True, eq=False)
class TargetImpact:
    """Everybody a target's change concerns, as places in the register."""

    target_id: str
    jurisdiction: Jurisdiction
    rows: Mapping[Change, Bits]
    size: int

    def counted(self, change: Change) -> int:
        """How many people it concerns so."""
        return count(self.rows[change])

    def places(self, change: Change) -> Numbers:
        """Whom it concerns so, in the order of the register."""
        return places(self.rows[change], self.size)

    @property
    def is_felt(self) -> bool:
        """Somebody's outcome changes."""
        return any(row.any() for row in self.rows.values())


@dataclass(frozen=True, slots=True, eq=False)
class Impact:
    """What putting one rulebook in another's place does to a register on a day."""

    before: str
    after: str
    on: date
    basis: Basis
    people: Sequence[str]
    targets: tuple[TargetImpact, ...]

    def of(self, target_id: str) -> TargetImpact:
        """What happens to one target; refuses with ``KeyError`` one of neither rulebook."""
        for found in self.targets:
            if found.target_id == target_id:
                return found
        raise KeyError(target_id)

    def names(self, target_id: str, change: Change) -> list[str]:
        """The people concerned, by name."""
        return [self.people[place] for place in self.of(target_id).places(change).tolist()]

    def by_jurisdiction(self) -> dict[Jurisdiction, dict[Change, int]]:
        """How many different people each jurisdiction's targets concern."""
        found = {}
        for jurisdiction in Jurisdiction:
            concerned = [t for t in self.targets if t.jurisdiction is jurisdiction]
            found[jurisdiction] = {change: count(self._anywhere(concerned, change)) for change in Change}
        return found

    def _anywhere(self, targets: Iterable[TargetImpact], change: Change) -> Bits:
        return reduce(np.bitwise_or, (t.rows[change] for t in targets), none_of(len(self.people)))


def impact(
    before: Release,
    after: Release,
    register: Register,
    on: date,
    *,
    basis: Basis = Basis.VERIFIED,
    kept: Kept | None = None,
) -> Impact:
    """Compare two rulebooks over a register.

    A target only one of them has asks nobody under the other. With ``kept``
    from an earlier call for the same register, day and basis, only what the
    rules ask anew is worked out.
    """
    columns = kept if kept is not None else kept_for(register, on=on, basis=basis)
    old, new = outcomes(before.targets.values(), columns), outcomes(after.targets.values(), columns)
    nobody = nobody_asked(register.size)
    found = [
        _compared(target, old.get(name, nobody), new.get(name, nobody), register.size)
        for name, target in {**before.targets, **after.targets}.items()
    ]
    return Impact(before.digest, after.digest, on, basis, register.people, tuple(found))


def _compared(target: Target, old: Planes, new: Planes, size: int) -> TargetImpact:
    if old is new:
        nobody = none_of(size)
        return TargetImpact(target.id, target.jurisdiction, dict.fromkeys(Change, nobody), size)
    met_before, met_now = old.surely_met(), new.surely_met()
    open_before, open_now = old.undetermined(), new.undetermined()
    against_before, against_now = old.surely_not_met(), new.surely_not_met()
    gains = met_now & ~met_before
    unsettled = open_now & ~open_before
    loses = met_before & ~met_now & ~open_now
    unchanged = (met_before & met_now) | (open_before & open_now) | (against_before & against_now)
    unchanged |= old.surely_absent() & new.surely_absent()
    everybody = met_now | open_now | against_now | new.surely_absent()
    rows = {
        Change.GAINS: gains,
        Change.LOSES: loses,
        Change.BECOMES_UNDETERMINED: unsettled,
        Change.TURNS_OTHERWISE: everybody & ~unchanged & ~gains & ~loses & ~unsettled,
    }
    return TargetImpact(target.id, target.jurisdiction, rows, size)
