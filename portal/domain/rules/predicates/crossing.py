"""The day on which a count of months passes the number asked, if the person stays in that work.

Between two days on which a period enters or leaves the window nothing about a
count changes but its two edges: today's, where work that goes on adds to it,
and the window's, where work long past leaves it. So the days ahead are taken in
stretches, and each is settled by what its edges do: nothing, adding, taking
away, or both at once. Every answer is exact to the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from portal.domain.calendar import (
    ONE_DAY,
    SHORTEST_MONTH,
    THIRTIETHS,
    Period,
    add_months,
    day_leaving,
    day_reaching,
    month_length,
    thirtieths_between,
)
from portal.domain.rules.predicates.counting import NO_END, Amount, Asked, Counted

# Short months shift what both edges together do by a few thirtieths.
_SHIFT: Final = 12
_NEAR: Final = THIRTIETHS + 6
# Leaving out the last day of a stretch shortens even one that has no end.
_GOES_ON: Final = NO_END - ONE_DAY


class Sought(NamedTuple):
    """The number a count is to reach or, where ``reaching`` is false, to fall short of."""

    parts: int
    whole: int
    within: int
    reaching: bool

    def found(self, count: int) -> bool:
        return (count >= self.parts) is self.reaching


class Stretch(NamedTuple):
    """Days from ``begins`` until the day before ``until`` on which one work grows and one shrinks.

    ``rest`` is what lies wholly inside the window. Where the window lies within
    one period of work, that one both grows and shrinks.
    """

    begins: date
    until: date
    rest: int
    growing: Period | None
    shrinking: Period | None

    def amount(self, on: date, within: int) -> int:
        """How much is counted on one of its days."""
        growing, shrinking, total = self.growing, self.shrinking, self.rest
        since = add_months(on, -within) if shrinking is not None else on
        if growing is not None:
            first = since if growing is shrinking else growing.begins
            total += thirtieths_between(first, on) * int(growing.rate)
        if shrinking is not None and shrinking is not growing:
            total += thirtieths_between(since, shrinking.until) * int(shrinking.rate)
        return total


def day_met(asked: Asked, amount: Amount, on: date) -> date | None:
    """The first day on which the certain count is enough, where it is not yet on the day given."""
    counted, low, _ = amount
    latest = counted.certain[-1] if counted.certain else None
    if latest is None or latest.until <= on:
        return None
    needed = asked.parts(counted)
    if asked.within is None and latest.begins <= on and latest.until >= _GOES_ON:
        # Nothing is lost: only the work that goes on adds to the count.
        missing = -(-(needed - low) // int(latest.rate))
        return day_reaching(latest.begins, thirtieths_between(latest.begins, on) + missing)
    within = asked.within or 0
    end = add_months(on, max(asked.months, within) * 4 + 12) + ONE_DAY
    sought = Sought(needed, counted.whole, within, reaching=True)
    return _first_day(sought, _stretches(asked, counted, on, end))


def day_lapsed(asked: Asked, counted: Counted, on: date) -> date | None:
    """The first day on which the certain count, enough on the day given, is not; none without a window."""
    if asked.within is None:
        return None
    end = add_months(on, asked.within + 12) + ONE_DAY
    sought = Sought(asked.parts(counted), counted.whole, asked.within, reaching=False)
    return _first_day(sought, _stretches(asked, counted, on, end))


def _first_day(sought: Sought, stretches: Iterable[Stretch]) -> date | None:
    """The first day sought; the first day of the first stretch is known not to be."""
    is_first = True
    for stretch in stretches:
        if not is_first and sought.found(stretch.amount(stretch.begins, sought.within)):
            return stretch.begins
        day = _turning_day(sought, stretch)
        if day is not None and day < stretch.until:
            return day
        is_first = False
    return None


def _stretches(asked: Asked, counted: Counted, on: date, end: date) -> Iterator[Stretch]:
    while on < end:
        since = asked.since(on)
        until = min(end, _next_turn(counted, on, since, asked.within or 0))
        yield _stretch(counted, on, until, since)
        on = until


def _next_turn(counted: Counted, on: date, since: date | None, within: int) -> date:
    """The next day on which a period begins or ends at one of the two edges."""
    turn = NO_END
    for begins, until, _ in counted.certain:
        if until > on:
            turn = min(turn, begins if begins > on else until)
        if since is not None and since < until < _GOES_ON:
            turn = min(turn, _day_passing(begins if begins > since else until, within))
        elif since is not None and begins > since:
            turn = min(turn, _day_passing(begins, within))
    return turn


def _stretch(counted: Counted, begins: date, until: date, since: date | None) -> Stretch:
    growing = shrinking = None
    rest = 0
    for period in counted.certain:
        first, end, rate = period
        if first <= begins < end:
            growing = period
        if since is not None and first <= since < end:
            shrinking = period
        elif end <= begins and (since is None or since < first):
            rest += thirtieths_between(first, end) * int(rate)
    return Stretch(begins, until, rest, growing, shrinking)


def _day_passing(edge: date, within: int) -> date:
    """The first day whose window leaves out all that lies before an edge."""
    day = add_months(edge, within)
    if edge.day <= SHORTEST_MONTH:
        return day
    while add_months(day, -within) < edge:
        day += ONE_DAY
    return day


def _turning_day(sought: Sought, stretch: Stretch) -> date | None:
    """The day sought if the stretch went on; its first day is known not to be."""
    growing, shrinking = stretch.growing, stretch.shrinking
    missing = sought.parts - stretch.rest
    if growing is not None and shrinking is not None:
        return _pulled_both_ways(sought, stretch, growing, shrinking)
    if growing is not None and sought.reaching:
        return day_reaching(growing.begins, -(-missing // int(growing.rate)))
    if shrinking is not None and not sought.reaching and missing > 0:
        still_short = (missing - 1) // int(shrinking.rate)
        return _day_passing(day_leaving(still_short, shrinking.until), sought.within)
    return None


def _pulled_both_ways(sought: Sought, stretch: Stretch, growing: Period, shrinking: Period) -> date | None:
    """Work is added and taken away: go on by as many days as cannot yet be enough."""
    if growing is shrinking and not sought.reaching:
        # A window within one work never holds less than its length.
        least = sought.within * THIRTIETHS * int(growing.rate)
        if not sought.found(least):
            return None
    drift, day = growing.rate - shrinking.rate, stretch.begins
    while day < stretch.until:
        count = stretch.amount(day, sought.within)
        if sought.found(count):
            return day
        distance = abs(sought.parts - count) // sought.whole
        if not drift:
            return _on_the_level(sought, stretch) if distance <= _SHIFT else None
        if distance > _SHIFT and (drift > 0) is not sought.reaching:
            return None
        day = _leap(day, distance)
    return None


def _leap(day: date, thirtieths: int) -> date:
    """A day by which so much cannot yet have been gained or lost, as far ahead as is safe.

    A day brings one thirtieth, and three where it ends a February.
    """
    if thirtieths > _NEAR:
        return add_months(day, (thirtieths - 6) // THIRTIETHS)
    return day + timedelta(days=max(1, thirtieths - 3))


def _on_the_level(sought: Sought, stretch: Stretch) -> date | None:
    """As much is added as taken away: only the ends of months move the count, and they repeat.

    What a day brings follows from its number and the lengths of three months: its own, the
    one before, and that in which the window begins. A month like one before it brings nothing new.
    """
    met_before = set[tuple[int, int, int]]()
    day = stretch.begins
    while day < stretch.until:
        first = day.replace(day=1)
        following = add_months(first, 1)
        lengths = _lengths(first, sought.within)
        if lengths not in met_before:
            end = min(following, stretch.until)
            while day < end:
                if sought.found(stretch.amount(day, sought.within)):
                    return day
                day += ONE_DAY
            if first >= stretch.begins:
                met_before.add(lengths)
        day = following
    return None


def _lengths(first: date, within: int) -> tuple[int, int, int]:
    """The lengths of a month, of the one before it, and of the one in which the window begins."""
    window, before = add_months(first, -within), first - ONE_DAY
    return (
        month_length(first.year, first.month),
        before.day,
        month_length(window.year, window.month),
    )
