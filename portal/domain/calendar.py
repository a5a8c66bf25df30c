"""Months, periods and quantities: the arithmetic every rule with a date rests on.

Owns adding months, whole months between two days, the length of a period in
thirtieths of a month, and unbroken stretches of work. It must not know what a
rule is or what day it is today.

How experience is counted: whole months by the calendar, and the days left over
as thirtieths of a month. No source says whether the last day of a finished
period counts, so the certain length leaves it out and the possible length
takes it in; a clause decides only when both agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

ONE_DAY = timedelta(days=1)
THIRTIETHS = 30
SHORTEST_MONTH: Final = 28
_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
Quantity = int | Fraction


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_LENGTHS[month - 1]


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def thirtieths_between(earlier: date, later: date) -> int:
    """Whole months and left-over days, in thirtieths of a month.

    The later day is not counted. Left-over days never make a month: it is whole
    on the day of the month on which it began, and not a day before.

    >>> thirtieths_between(date(2020, 11, 22), date(2022, 6, 1))
    550
    """
    if later <= earlier:
        return 0
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    begun, day = earlier.day, later.day
    if begun > SHORTEST_MONTH:
        begun = min(begun, month_length(later.year, later.month))
    if begun <= day:
        return months * THIRTIETHS + min(day - begun, THIRTIETHS - 1)
    before = month_length(later.year, later.month - 1) if later.month > 1 else 31
    left_over = before - min(earlier.day, before) + day
    return (months - 1) * THIRTIETHS + min(left_over, THIRTIETHS - 1)


def day_reaching(earlier: date, thirtieths: int) -> date:
    """The first day on which so much has passed since another.

    >>> day_reaching(date(2022, 3, 21), 60 * 30)
    datetime.date(2027, 3, 21)
    """
    months, left_over = divmod(thirtieths, THIRTIETHS)
    anniversary = add_months(earlier, months)
    return min(anniversary + timedelta(days=left_over), add_months(earlier, months + 1))


def day_leaving(thirtieths: int, later: date) -> date:
    """The first day from which no more than so much passes until another.

    >>> day_leaving(60 * 30, date(2027, 3, 21))
    datetime.date(2022, 3, 21)
    >>> day_leaving(60 * 30 - 1, date(2027, 3, 21))
    datetime.date(2022, 3, 22)
    """
    months, left_over = divmod(thirtieths, THIRTIETHS)
    # Short and long months put the day wrong by a few at most.
    day = add_months(later, -months) - timedelta(days=left_over)
    while thirtieths_between(day, later) > thirtieths:
        day += ONE_DAY
    while thirtieths_between(day - ONE_DAY, later) <= thirtieths:
        day -= ONE_DAY
    return day


class Period(NamedTuple):
    """Days from ``begins`` until the day before ``until``, worked at a rate of full time."""

    begins: date
    until: date
    rate: Quantity


def merge_periods(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Count every day once: where periods overlap, at the higher rate.

    Gives periods that do not overlap, oldest first, neighbours of one rate
    joined. The order of the input carries no meaning.

    >>> full, half = Fraction(1), Fraction(1, 2)
    >>> one = Period(date(2020, 1, 1), date(2020, 6, 1), full)
    >>> two = Period(date(2020, 5, 1), date(2020, 9, 1), half)
    >>> [str(p.begins) for p in merge_periods([two, one])]
    ['2020-01-01', '2020-06-01']
    """
    known = [period for period in periods if period.begins < period.until and period.rate]
    if len(known) < 2:
        return tuple(known)
    if len({period.rate for period in known}) == 1:
        return _joined(known)
    return _at_the_higher_rate(known)


def _joined(known: Sequence[Period]) -> tuple[Period, ...]:
    """Periods of one rate: neighbours and overlaps become one."""
    merged: list[Period] = []
    for period in sorted(known):
        last = merged[-1] if merged else None
        if last is None or last.until < period.begins:
            merged.append(period)
        elif last.until < period.until:
            merged[-1] = Period(last.begins, period.until, last.rate)
    return tuple(merged)


def _at_the_higher_rate(known: Sequence[Period]) -> tuple[Period, ...]:
    edges = sorted({edge for period in known for edge in (period.begins, period.until)})
    merged: list[Period] = []
    for begins, until in pairwise(edges):
        rate = max((p.rate for p in known if p.begins <= begins < p.until), default=0)
        if not rate:
            continue
        last = merged[-1] if merged else None
        if last is not None and last.until == begins and last.rate == rate:
            merged[-1] = Period(last.begins, until, rate)
        else:
            merged.append(Period(begins, until, rate))
    return tuple(merged)


def drop_last_days(merged: tuple[Period, ...]) -> tuple[Period, ...]:
    """Leave out the last day of each unbroken stretch: no source says that it counts."""
    if len(merged) == 1:
        begins, until, rate = merged[0]
        until -= ONE_DAY
        return (Period(begins, until, rate),) if begins < until else ()
    following = {period.begins for period in merged}
    shortened = (
        period if period.until in following else Period(period.begins, period.until - ONE_DAY, period.rate)
        for period in merged
    )
    return tuple(period for period in shortened if period.begins < period.until)


def worked_thirtieths(merged: Iterable[Period], *, since: date | None, until: date) -> Quantity:
    """How much work lies in a window, in thirtieths of a month of full time.

    ``until`` is the day asked, which is not itself counted.
    """
    total: Quantity = 0
    for period in merged:
        begins = period.begins if since is None or since < period.begins else since
        ends = min(period.until, until)
        if begins < ends:
            length = thirtieths_between(begins, ends)
            total += length if period.rate == 1 else length * period.rate
    return total
