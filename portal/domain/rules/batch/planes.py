"""What is possible for one clause, for everybody: three rows of bits, and how groups combine them.

Owns the logic of ``portal/domain/rules/combination.py`` and of conditions and
exceptions, word by word instead of person by person. A clause that always
applies keeps two rows only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np

from portal.domain.rules.batch.bits import Bits, Flags, all_of, none_of, pack
from portal.domain.rules.vocabulary import ClauseKind


class Planes(NamedTuple):
    """Who may turn out met, who not met, and for whom the clause may not apply.

    ``absent`` is none where the clause applies to everybody. Exactly one row
    set is a settled answer; more than one is undetermined.
    """

    met: Bits
    not_met: Bits
    absent: Bits | None = None

    def surely_met(self) -> Bits:
        """Those for whom nothing but met is possible."""
        surely = self.met & ~self.not_met
        return surely if self.absent is None else surely & ~self.absent

    def surely_not_met(self) -> Bits:
        """Those for whom nothing but not met is possible."""
        surely = self.not_met & ~self.met
        return surely if self.absent is None else surely & ~self.absent

    def surely_absent(self) -> Bits:
        """Those to whom the clause does not apply."""
        if self.absent is None:
            return np.zeros_like(self.met)
        return self.absent & ~self.met & ~self.not_met

    def undetermined(self) -> Bits:
        """Those for whom it cannot be told."""
        if self.absent is None:
            return self.met & self.not_met
        return (self.met & self.not_met) | (self.absent & (self.met | self.not_met))


def weight_of(many: Iterable[Planes]) -> int:
    """What rows weigh, those that several share counted once."""
    rows = {id(row): row.nbytes for planes in many for row in planes if row is not None}
    return sum(rows.values())


def settled_planes(met: Flags, undetermined: Flags) -> Planes:
    """From one answer a person: met, cannot be told, or else not met."""
    return Planes(pack(met | undetermined), pack(~met))


def open_planes(size: int) -> Planes:
    """Nothing can be told of anybody."""
    everybody = everybody_of(size)
    return Planes(everybody, everybody)


@lru_cache(maxsize=4)
def everybody_of(size: int) -> Bits:
    """Yes for everybody: the one row of bits that nobody may write to, and known by that."""
    bits = all_of(size)
    bits.flags.writeable = False
    return bits


def combine(kind: ClauseKind, needed: int, children: Sequence[Planes]) -> Planes:
    """The rows of a group; equal to ``combination.combine`` bit for bit."""
    if kind is ClauseKind.ALL_OF:
        met, not_met, absent = _all_or_any([_turned(child) for child in children])
        return Planes(not_met, met, absent)
    if kind is ClauseKind.ANY_OF:
        return _all_or_any(children)
    return _at_least(needed, children)


def _turned(child: Planes) -> Planes:
    return Planes(child.not_met, child.met, child.absent)


def _all_or_any(children: Sequence[Planes]) -> Planes:
    """Any-of; all-of is its mirror. One met child decides, else one that may be not met."""
    met = _any([child.met for child in children])
    lacking = _all([_without_met(child) for child in children])
    absent = _all_absent(children)
    if absent is not None:
        # Only where every child may fall away can all lack without one that fails.
        lacking = lacking & _any([child.not_met for child in children])
    return Planes(met, lacking, absent)


def _without_met(child: Planes) -> Bits:
    """Those for whom something else than met is possible."""
    return child.not_met if child.absent is None else child.not_met | child.absent


def _any(rows: Sequence[Bits]) -> Bits:
    for row in rows:
        if _is_everybody(row):
            return row
    return _joined(np.bitwise_or, rows)


def _all(rows: Sequence[Bits]) -> Bits:
    some = [row for row in rows if not _is_everybody(row)]
    return _joined(np.bitwise_and, some) if some else rows[0]


def _is_everybody(row: Bits) -> bool:
    return not row.flags.writeable


def _joined(join: np.ufunc, rows: Sequence[Bits]) -> Bits:
    """Join rows, writing over the first joint only."""
    if len(rows) == 1:
        return rows[0]
    found: Bits = join(rows[0], rows[1])
    for row in rows[2:]:
        join(found, row, out=found)
    return found


def _all_absent(children: Sequence[Planes]) -> Bits | None:
    rows = [child.absent for child in children if child.absent is not None]
    return _all(rows) if len(rows) == len(children) else None


def _at_least(needed: int, children: Sequence[Planes]) -> Planes:
    surely = [child.surely_met() for child in children]
    met = _enough(needed, [child.met for child in children])
    may_fall_short = reduce(np.bitwise_or, [*surely, *(child.not_met for child in children)])
    if needed > 1:
        may_fall_short = reduce(np.bitwise_or, (child.met for child in children), may_fall_short)
    not_met = may_fall_short & ~_enough(needed, surely)
    return Planes(met, not_met, _all_absent(children))


def _enough(needed: int, rows: Sequence[Bits]) -> Bits:
    """Who has at least so many bits among the rows; ``reached[n]`` has at least n of those seen."""
    reached = [np.zeros_like(rows[0]) for _ in range(needed + 1)]
    reached[0] = ~reached[0]
    for row in rows:
        for number in range(needed, 0, -1):
            reached[number] |= reached[number - 1] & row
    return reached[needed]


def unless(own: Planes, spared: Planes) -> Planes:
    """The clause falls away where the other is met, and may fall away where it may be."""
    stays = ~spared.surely_met()
    absent = spared.met if own.absent is None else _any([own.absent, spared.met])
    # Turning words set bits beyond the last person, which everybody's row clears again.
    return Planes(own.met & stays, own.not_met & stays, absent)


def applying(own: Planes, condition: Planes) -> Planes:
    """The clause asks only those who fulfil the condition, and perhaps those who may."""
    stays = condition.met
    absent = condition.not_met if own.absent is None else _any([own.absent, condition.not_met])
    return Planes(_all([own.met, stays]), _all([own.not_met, stays]), absent)


def nobody_asked(size: int) -> Planes:
    """A rule that is not in force asks nobody."""
    nobody = none_of(size)
    return Planes(nobody, nobody, all_of(size))
