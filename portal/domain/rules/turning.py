"""When a group's answer turns by itself: the day it falls, the day it will stand.

Owns the days of groups; those of leaves are known to their predicates. Outcomes
are the business of ``combination``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from portal.domain.rules.clauses import Group
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.vocabulary import ClauseKind, Outcome


class GroupDays(NamedTuple):
    """The days a group turns, if nothing else happens.

    ``breaks_on`` is the day from which it would stand against an all-of above
    it. That is not always the day it lapses: a group whose members all cease to
    apply is no longer met, and asks nothing any more.
    """

    lapses_on: date | None = None
    met_on: date | None = None
    breaks_on: date | None = None


def group_days(
    group: Group,
    outcome: Outcome,
    children: Sequence[ClauseResult],
    breaks: Sequence[date | None],
) -> GroupDays:
    """When a met group falls, and when an open one will stand; ``breaks`` are its children's."""
    if outcome is Outcome.MET:
        known = [day for day in breaks if day is not None]
        if group.kind is ClauseKind.ALL_OF:
            return _all_of_falls(children, known)
        return _some_fall(group, children, known)
    if outcome is Outcome.NOT_APPLICABLE:
        return GroupDays(breaks_on=min((day for day in breaks if day is not None), default=None))
    return GroupDays(met_on=_stands(group, children))


def _needed(group: Group, children: Sequence[ClauseResult]) -> int:
    if group.kind is ClauseKind.ANY_OF:
        return 1
    if group.kind is ClauseKind.AT_LEAST:
        return group.needed
    return sum(1 for child in children if child.outcome is not Outcome.NOT_APPLICABLE)


def _all_of_falls(children: Sequence[ClauseResult], breaks: Sequence[date]) -> GroupDays:
    """It falls with the first child that turns against it, or when none of them applies."""
    breaks_on = min(breaks, default=None)
    lasting = [child.lapses_on or date.max for child in children if child.outcome is Outcome.MET]
    falls = min(max(lasting), breaks_on or date.max)
    return GroupDays(None if falls == date.max else falls, None, breaks_on)


def _some_fall(group: Group, children: Sequence[ClauseResult], breaks: Sequence[date]) -> GroupDays:
    """It falls on the day on which too few of its met children are left.

    A branch that comes to stand because a gap in it ceases to apply is not foreseen: the day is
    then the day to look again.
    """
    lasting = sorted((c.lapses_on or date.max for c in children if c.outcome is Outcome.MET), reverse=True)
    falls = lasting[_needed(group, children) - 1]
    if falls == date.max:
        return GroupDays()
    stays_asked = (
        group.needed > 1
        or any(child.outcome.is_open for child in children)
        or any(day <= falls for day in breaks)
    )
    return GroupDays(falls, None, falls if stays_asked else min(breaks, default=None))


def _stands(group: Group, children: Sequence[ClauseResult]) -> date | None:
    """The day on which enough children will be met, when time alone brings them there."""
    if all(child.met_on is None for child in children):
        return None
    needed = _needed(group, children)
    days = sorted(
        date.min if child.outcome is Outcome.MET else child.met_on or date.max
        for child in children
        if child.outcome is not Outcome.NOT_APPLICABLE
    )
    if not 0 < needed <= len(days) or days[needed - 1] in (date.min, date.max):
        return None
    stands = days[needed - 1]
    lapses = [c.lapses_on for c in children if c.outcome is Outcome.MET and c.lapses_on is not None]
    # A child that lapses meanwhile would take the day away again: promise nothing then.
    return None if any(day <= stands for day in lapses) else stands
