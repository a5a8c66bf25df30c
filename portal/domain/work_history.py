"""A work history taken as a whole: where periods overlap, where nothing is stated, what it adds up to.

Owns the running totals a person sees beside the history, counted as the rules count: every day
once, part-time between its share and the whole. It must not know any rule; what a rule asks of the
history is in ``portal/domain/rules/predicates``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from portal.domain.calendar import (
    ONE_DAY,
    THIRTIETHS,
    Period,
    drop_last_days,
    merge_periods,
    worked_thirtieths,
)

# A few days between two posts are a handover or a holiday, not a gap anybody asks about.
SHORTEST_GAP_DAYS = 31


@dataclass(frozen=True, slots=True)
class Stretch:
    """One period of work as it counts; ``share`` is the percentage of full time, none when not sure."""

    id: str
    begun_on: date
    ended_on: date | None
    functions: tuple[str, ...]
    share: int | None

    def until(self, today: date) -> date:
        """The first day that no longer belongs to it, as far as is known today."""
        return min(self.ended_on or today, today) + ONE_DAY


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two periods that share days, which count once."""

    one: str
    other: str
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two periods for which no work is stated."""

    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class FunctionTotal:
    """Whole months in one function: at least, and at most where part-time counting is open."""

    function: str
    least_months: int
    most_months: int

    @property
    def is_open(self) -> bool:
        """True when the ways of counting that no source settles give different months."""
        return self.least_months != self.most_months


def overlaps(stretches: Iterable[Stretch], *, today: date) -> list[Overlap]:
    """Every pair of periods with days in common, oldest first."""
    ordered = sorted(stretches, key=lambda stretch: (stretch.begun_on, stretch.id))
    found = []
    for one, other in combinations(ordered, 2):
        begins = max(one.begun_on, other.begun_on)
        until = min(one.until(today), other.until(today))
        if begins < until:
            found.append(Overlap(one.id, other.id, begins, until - ONE_DAY))
    return sorted(found, key=lambda overlap: (overlap.begins, overlap.one, overlap.other))


def gaps(stretches: Iterable[Stretch], *, today: date) -> list[Gap]:
    """The longer stretches of days without stated work, between the first day and today."""
    found: list[Gap] = []
    reached: date | None = None
    for begins, until in sorted((stretch.begun_on, stretch.until(today)) for stretch in stretches):
        if reached is not None and (begins - reached).days >= SHORTEST_GAP_DAYS:
            found.append(Gap(reached, begins - ONE_DAY))
        reached = until if reached is None else max(reached, until)
    if reached is not None and (today - reached).days >= SHORTEST_GAP_DAYS:
        found.append(Gap(reached, today))
    return found


def function_totals(stretches: Sequence[Stretch], *, today: date) -> list[FunctionTotal]:
    """Months worked in each function, longest first, every day counted once.

    The least counts part-time in proportion, an unstated share as nothing and leaves the last day
    out; the most counts part-time as full time and takes the last day in. No source says which of
    them an authority uses.
    """
    functions = {function for stretch in stretches for function in stretch.functions}
    totals = [_total(function, stretches, today) for function in functions]
    return sorted(totals, key=lambda total: (-total.most_months, -total.least_months, total.function))


def _total(function: str, stretches: Sequence[Stretch], today: date) -> FunctionTotal:
    concerned = [stretch for stretch in stretches if function in stretch.functions]
    least = merge_periods(_period(stretch, today, certain=True) for stretch in concerned)
    most = merge_periods(_period(stretch, today, certain=False) for stretch in concerned)
    return FunctionTotal(
        function,
        int(worked_thirtieths(drop_last_days(least), since=None, until=today) // THIRTIETHS),
        int(worked_thirtieths(most, since=None, until=today) // THIRTIETHS),
    )


def _period(stretch: Stretch, today: date, *, certain: bool) -> Period:
    rate = Fraction(stretch.share or 0, 100) if certain else Fraction(1)
    return Period(stretch.begun_on, stretch.until(today), rate)
