"""Who has so many months of work, as far as whole days tell.

Counting months exactly is dear: stretches of work have to be found first, and
each be measured by the calendar. Days simply add up, and so many days are so
many months but for a few thirtieths. Owns the count of days and the margin
within which it does not tell; whoever falls within is counted exactly.
"""

from __future__ import annotations

from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from portal.domain.rules.batch.bits import Bits, Flags, Numbers, unpack
from portal.domain.rules.batch.layout import Layout

THIRTIETHS_A_DAY: Final = 360 / 365.2425
# A stretch counts at most so much more or less than its days come to, its last day left out or not.
MARGIN: Final = 5


Days = npt.NDArray[np.signedinteger[Any]]
_SHORT: Final = 32_000


class Reach(NamedTuple):
    """The days of each period that lie in a window, counted from its first, in the order of a layout.

    Work in part of full time never reaches in ``full_until``; ``part`` has the
    days it is worth at most, with what its person's work may come to beyond
    that because rates cut it into more pieces.
    """

    begins: Days
    until: Days
    certain_begins: Days
    full_until: Days
    part: Days | None


class Covered(NamedTuple):
    """For each person of a layout days of work: surely at least, surely at most, and possibly."""

    least: Days
    most: Days
    possibly: Days


class Told(NamedTuple):
    """For each person of a layout: surely enough, possibly enough, and too close to tell by days."""

    surely: Flags
    possibly: Flags
    close: Flags


def reach_in(layout: Layout, since: int, until: int) -> Reach:
    """Cut every period to a window of days; numbers are short where the window is."""
    spans = layout.spans
    since = max(since, int(spans.possible_begins.min(initial=until)) - 1)
    length = max(until - since, 0)
    dtype = np.int16 if length <= _SHORT else np.int32

    def inside(days: Numbers) -> Days:
        cut: Days = np.clip(days - np.int32(since), 0, length).astype(dtype)
        return cut

    certain_begins, certain_until = inside(spans.certain_begins), inside(spans.certain_until)
    full = layout.share.translated(lambda share: int(share == 1), 0)
    return Reach(
        inside(spans.possible_begins),
        inside(spans.possible_until),
        certain_begins,
        certain_until * full,
        _part(layout, np.maximum(certain_until - certain_begins, 0)),
    )


def _part(layout: Layout, length: Days) -> Numbers | None:
    """What work in part of full time is worth in days."""
    worth = [float(share) if share is not None and share != 1 else 0.0 for share in layout.share.values]
    if not any(worth):
        return None
    days: Numbers = np.ceil(length * np.array([*worth, 0.0])[layout.share.numbers]).astype(np.int32)
    for _, periods in layout.bands:
        for period in periods:
            days[period] += (days[period] > 0) * _days_for(MARGIN * len(periods))
    return days


def _days_for(thirtieths: int) -> int:
    """The days that come to so many thirtieths, rounded up."""
    return ceil(thirtieths / THIRTIETHS_A_DAY)


def covered(layout: Layout, reach: Reach, possibly: Bits, surely: Bits) -> Covered:
    """How many days the periods picked come to, each day counted once."""
    kind = reach.until.dtype
    chosen: Days = unpack(possibly, layout.size).astype(kind)
    certain: Days = unpack(surely, layout.size).astype(kind)
    least = _days(layout, reach.certain_begins, reach.full_until * certain)
    most = least
    if reach.part is not None:
        least, most = _with_part(layout, reach.part * certain, least)
    return Covered(least, most, _days(layout, reach.begins, reach.until * chosen))


def _days(layout: Layout, begins: Days, until: Days) -> Days:
    """Periods stand in the order in which they begin: each adds what reaches beyond those before it."""
    found = np.zeros(len(layout.people), dtype=until.dtype)
    for people, (first, *others) in layout.bands:
        total, reached = found[people], until[first].copy()
        np.maximum(reached - begins[first], 0, out=total)
        for period in others:
            beyond = np.maximum(begins[period], reached)
            np.subtract(until[period], beyond, out=beyond)
            total += np.maximum(beyond, 0, out=beyond)
            np.maximum(reached, until[period], out=reached)
    return found


def _with_part(layout: Layout, part: Numbers, full: Days) -> tuple[Numbers, Numbers]:
    """At least the full time or the best of the parts, whichever is more; at most all of them together."""
    least, most = full.astype(np.int32), full.astype(np.int32)
    for people, periods in layout.bands:
        spare = 2 * _days_for(MARGIN * len(periods)) + 1
        for period in periods:
            most[people] += part[period]
            np.maximum(least[people], part[period] - spare, out=least[people])
    return least, most


def told(layout: Layout, days: Covered, needed: int) -> Told:
    """Whether the days come to so many thirtieths of a month."""
    found = Told(*(np.zeros(len(layout.people), dtype=np.bool_) for _ in Told._fields))
    for people, periods in layout.bands:
        margin = MARGIN * len(periods)
        enough, first = _days_for(needed + margin), 1 if needed > 0 else 0
        near = max(_days_for(needed - margin), first)
        # Where rates differ, every period but one may be cut in two.
        nearer = max(_days_for(needed - 2 * margin), first)
        surely, possibly = days.least[people] >= enough, days.possibly[people] >= enough
        undecided = (days.possibly[people] >= nearer) & ~possibly
        undecided |= days.most[people] >= near
        found.surely[people], found.possibly[people] = surely, possibly | surely
        found.close[people] = undecided & ~surely
    _leave_open(found, layout.irregular & (days.possibly >= min(needed, 1)))
    return found


def _leave_open(found: Told, people: Flags) -> None:
    """Days do not tell anything about people whose periods are irregular."""
    for flags in found:
        flags[people] = False
    found.close[people] = True
