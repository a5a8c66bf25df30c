"""How much work a register's people have, counted once where periods overlap.

Owns the vectorised count of ``portal/domain/rules/predicates/experience.py``,
exact to the thirtieth of a month and to the smallest part of full time.
"""

from __future__ import annotations

from datetime import date
from math import lcm
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.days import (
    NO_DAY,
    add_months,
    first_of_month,
    known,
    thirtieths_between,
)
from portal.domain.rules.batch.register import WorkColumns
from portal.domain.rules.batch.verdicts import Question

Amounts = npt.NDArray[np.int64]
_NO_END: Final = date(9000, 1, 1).toordinal()


class Spans(NamedTuple):
    """The certain and the possible reach of periods, ``until`` being the first day after."""

    certain_begins: Numbers
    certain_until: Numbers
    possible_begins: Numbers
    possible_until: Numbers


class Accepted(NamedTuple):
    """The rows a clause counts, and for every row of the register whether it surely counts."""

    rows: Numbers
    surely: Flags


class Count(NamedTuple):
    """Thirtieths of a month for each person, in parts of which ``whole`` make one."""

    parts: Amounts
    whole: int


class Rated(NamedTuple):
    """Periods worked at a rate, as parts of full time."""

    person: Numbers
    begins: Numbers
    until: Numbers
    rate: Amounts

    def taken(self, chosen: Flags | npt.NDArray[np.intp]) -> Rated:
        return Rated(self.person[chosen], self.begins[chosen], self.until[chosen], self.rate[chosen])


def spans_of(work: WorkColumns, rows: Numbers) -> Spans:
    """Read the days of periods, or their months where only those are known."""
    begins, last = work.begun_on[rows], work.ended_on[rows]
    until = np.where(known(last), last + 1, NO_DAY).astype(np.int32)
    monthly = work.month_precision[rows]
    if not bool(monthly.any()):
        return Spans(begins, until, begins, until)
    ends = monthly & known(last)
    return Spans(
        np.where(monthly, first_of_month(begins, 1) - 1, begins).astype(np.int32),
        np.where(ends, first_of_month(last) + 1, until).astype(np.int32),
        np.where(monthly, first_of_month(begins), begins).astype(np.int32),
        np.where(ends, first_of_month(last, 1), until).astype(np.int32),
    )


def counted_thirtieths(
    question: Question, rows: Numbers, surely: Flags, within: int | None
) -> tuple[Count, Count]:
    """The least and the most each person has worked before the day, in a window of months."""
    work, size = question.register.work, question.register.size
    span = spans_of(work, rows)
    whole = _whole(work)
    rate = np.array([int((share or 0) * whole) for share in work.share.values] or [0], dtype=np.int64)
    rates = rate[work.share.numbers[rows]]
    certain = Rated(work.person[rows], span.certain_begins, _open_end(span.certain_until), rates)
    possible = Rated(
        work.person[rows],
        span.possible_begins,
        _open_end(span.possible_until),
        np.ones(len(rows), dtype=np.int64),
    )
    window = _Window(question.on, within)
    low = _worked(certain.taken(surely[rows] & (rates > 0)), window, size, drops_last_days=True)
    high = _worked(possible, window, size, drops_last_days=False)
    return Count(low, whole), Count(high, 1)


def _whole(work: WorkColumns) -> int:
    """The fewest parts of full time in which every share is a whole number."""
    return lcm(*(share.denominator for share in work.share.values if share is not None))


def _open_end(until: Numbers) -> Numbers:
    return np.where(known(until), until, _NO_END).astype(np.int32)


class _Window(NamedTuple):
    """The days that count: before the day asked, and not too long before."""

    on: date
    within: int | None

    @property
    def until(self) -> int:
        return self.on.toordinal()

    @property
    def since(self) -> int:
        if self.within is None:
            return NO_DAY
        return int(add_months(np.array([self.until], dtype=np.int32), -self.within)[0])


def _worked(periods: Rated, window: _Window, size: int, *, drops_last_days: bool) -> Amounts:
    periods = _in_order(periods.taken(periods.begins < periods.until))
    crowded = _crowded_people(periods, size)[periods.person]
    apart, merged = periods.taken(~crowded), _merged(periods.taken(crowded))
    if drops_last_days:
        # No source says that the last day of a stretch counts.
        apart = apart._replace(until=apart.until - 1)
        merged = merged._replace(until=merged.until - ~_goes_on(merged))
    return _length_of(apart, window, size) + _length_of(merged, window, size)


def _length_of(periods: Rated, window: _Window, size: int) -> Amounts:
    """How much lies in the window, each person's added up: far from where a float would round."""
    begins = np.maximum(periods.begins, window.since).astype(np.int32)
    until = np.minimum(periods.until, window.until).astype(np.int32)
    parts = thirtieths_between(begins, until) * periods.rate
    return np.bincount(periods.person, weights=parts, minlength=size).astype(np.int64)


def _in_order(periods: Rated) -> Rated:
    steps = np.diff(periods.person)
    if not bool(((steps < 0) | ((steps == 0) & (np.diff(periods.begins) < 0))).any()):
        return periods
    return periods.taken(np.lexsort((periods.begins, periods.person)))


def _crowded_people(periods: Rated, size: int) -> Flags:
    """Those with periods that overlap or touch, told by the furthest day an earlier one reaches."""
    crowded = np.zeros(size, dtype=np.bool_)
    if len(periods.person) > 1:
        shift = periods.person.astype(np.int64) << 32
        reached = np.maximum.accumulate(shift + periods.until)[:-1]
        near = reached >= shift[1:] + periods.begins[1:]
        crowded[periods.person[1:][near]] = True
    return crowded


def _merged(periods: Rated) -> Rated:
    """Count every day once, at the highest rate of the day; neighbours of one rate joined.

    The twin of ``calendar.merge_periods``: between any two of a person's edges
    nothing changes, so each such piece has the highest rate of those around it.
    """
    pieces = _pieces(periods)
    pieces = pieces.taken(pieces.rate > 0)
    if not len(pieces.person):
        return pieces
    follows = pieces.begins[1:] == pieces.until[:-1]
    follows &= pieces.person[1:] == pieces.person[:-1]
    follows &= pieces.rate[1:] == pieces.rate[:-1]
    first = np.flatnonzero(np.concatenate([[True], ~follows]))
    last = np.append(first[1:], len(pieces.person)) - 1
    return pieces.taken(first)._replace(until=pieces.until[last])


def _pieces(periods: Rated) -> Rated:
    shift = periods.person.astype(np.int64) << 32
    edges = np.unique(np.concatenate([shift + periods.begins, shift + periods.until]))
    person, day = (edges >> 32).astype(np.int32), (edges & 0xFFFFFFFF).astype(np.int32)
    inside = np.flatnonzero(person[1:] == person[:-1]) if len(edges) else np.zeros(0, dtype=np.intp)
    whose, begins, until = person[inside], day[inside], day[inside + 1]
    row = np.searchsorted(periods.person, whose).astype(np.intp)
    end = np.searchsorted(periods.person, whose, side="right").astype(np.intp)
    rate = np.zeros(len(whose), dtype=np.int64)
    for _ in range(int((end - row).max(initial=0))):
        here = np.minimum(row, end - 1)
        around = (periods.begins[here] <= begins) & (begins < periods.until[here])
        rate = np.where(around, np.maximum(rate, periods.rate[here]), rate)
        row += 1
    return Rated(whose, begins, until, rate)


def _goes_on(merged: Rated) -> Flags:
    """Stretches that another one follows without a day between."""
    follows = np.zeros(len(merged.person), dtype=np.bool_)
    follows[:-1] = (merged.until[:-1] == merged.begins[1:]) & (merged.person[:-1] == merged.person[1:])
    return follows
