"""How much work of a kind there is, at least and at most, on one day.

Owns the count behind ``experience_at_least``: which periods are in it, at what
rate, and how much of them lies in a window. The arithmetic itself is
``portal.domain.calendar``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import lcm
from typing import Final, NamedTuple

from portal.domain.calendar import (
    THIRTIETHS,
    Period,
    add_months,
    drop_last_days,
    merge_periods,
    thirtieths_between,
)
from portal.domain.dossier import Work
from portal.domain.rules.predicates.employment import WorkFilter, span_of

NO_END: Final = date(9000, 1, 1)


class Counted(NamedTuple):
    """The periods a clause counts: for certain, and at most.

    Rates are whole numbers, full time being ``whole``: fractions are slow to count with.
    """

    certain: tuple[Period, ...]
    possible: tuple[Period, ...]
    whole: int
    evidence: tuple[str, ...]


class Amount(NamedTuple):
    """What was counted, and how much of it lies in the window, in parts of a thirtieth."""

    counted: Counted
    low: int
    high: int


# A period that a filter lets in, and whether for certain: something about it may be left open.
Accepted = tuple[Work, bool]


def accepted_by(chosen: WorkFilter, work: Iterable[Work]) -> list[Accepted]:
    """The periods a filter lets in."""
    return [(period, answer is True) for period in work if (answer := chosen.accepts(period)) is not False]


def counted_of(accepted: Sequence[Accepted]) -> Counted:
    """Lay the accepted periods side by side, each day once."""
    certain, possible = [], []
    whole = _whole(accepted)
    for work, surely in accepted:
        begins, until, may_begin, may_last = span_of(work)
        possible.append(Period(may_begin, may_last or NO_END, whole))
        share = work.share
        if surely and share:
            rate = whole * share.numerator // share.denominator
            certain.append(Period(begins, until or NO_END, rate))
    most = merge_periods(possible)
    # Full-time work whose days are known counts alike for certain and at most.
    least = most if certain == possible else merge_periods(certain)
    return Counted(drop_last_days(least), most, whole, tuple([work.id for work, _ in accepted]))


def _whole(accepted: Iterable[Accepted]) -> int:
    """The least number by which every share becomes a whole number."""
    whole = 1
    for work, _ in accepted:
        if work.share is not None and work.share.denominator != 1:
            whole = lcm(whole, work.share.denominator)
    return whole


def amount_of(accepted: Sequence[Accepted], since: date | None, on: date) -> Amount:
    """What was worked from the first day of a window until the day asked."""
    counted = counted_of(accepted)
    low = parts_of(counted.certain, since, on)
    return Amount(counted, low, max(low, parts_of(counted.possible, since, on)))


def parts_of(periods: Iterable[Period], since: date | None, until: date) -> int:
    """How much work lies in a window, in parts of a thirtieth; the last day is not counted."""
    total = 0
    for begins, ends, rate in periods:
        first = begins if since is None or since < begins else since
        last = min(ends, until)
        if first < last:
            total += thirtieths_between(first, last) * int(rate)
    return total


class Asked(NamedTuple):
    """What a clause asks: so many months, within so many before the day."""

    months: int
    within: int | None

    def parts(self, counted: Counted) -> int:
        """The number asked, in the parts of a thirtieth that a count is made of."""
        return self.months * THIRTIETHS * counted.whole

    def since(self, on: date) -> date | None:
        """The first day of the window; none when all work counts."""
        return add_months(on, -self.within) if self.within is not None else None
