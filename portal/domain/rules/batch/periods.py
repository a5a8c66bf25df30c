"""How much work a register's people have, counted once where periods overlap.

Owns the vectorised count of ``portal/domain/rules/predicates/counting.py``,
exact to the thirtieth of a month and to the smallest part of full time.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from portal.domain.rules.batch.bits import Addresses, Bits, Flags, Numbers, unpack
from portal.domain.rules.batch.days import thirtieths_between
from portal.domain.rules.batch.layout import Layout, Picked
from portal.domain.rules.batch.spans import Spans

Amounts = npt.NDArray[np.int64]


class Window(NamedTuple):
    """The days that count: from the first until the day before the other."""

    since: int
    until: int


class Asked(NamedTuple):
    """People of a layout, by their places in it, and what is asked of each: so many thirtieths in a window."""

    people: Addresses
    picked: Picked
    needed: int
    window: Window


class Enough(NamedTuple):
    """For some people: who has enough for certain, and who may have."""

    surely: Flags
    possibly: Flags


class Rated(NamedTuple):
    """Periods worked at a rate, as parts of full time."""

    person: Numbers
    begins: Numbers
    until: Numbers
    rate: Amounts

    def taken(self, chosen: Flags | npt.NDArray[np.intp]) -> Rated:
        rows = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        return Rated(self.person[rows], self.begins[rows], self.until[rows], self.rate[rows])


class _Rows(NamedTuple):
    """Periods a clause picks: whose, their reach and rate, whether for certain, and whether they count."""

    person: Numbers
    spans: Spans
    rate: Amounts
    surely: Flags
    counted: Flags


def enough(layout: Layout, questions: Sequence[Asked], counts: Bits) -> list[Enough]:
    """Count exactly, for all questions together; certain is only what counts already."""
    many = [len(asked.people) for asked in questions]
    whole = _whole(layout)
    begins = np.concatenate([[0], np.cumsum(many)]).astype(np.int32)
    rows = _rows(layout, questions, begins.tolist(), counts)
    needed = np.repeat(np.array([asked.needed for asked in questions], dtype=np.int64), many)
    since = np.repeat(np.array([asked.window.since for asked in questions], dtype=np.int32), many)
    until = questions[0].window.until if questions else 0
    found = _enough(rows, needed, whole, _Windows(since, until))
    return [
        Enough(*(flags[begin : begin + step] for flags in found))
        for begin, step in zip(begins, many, strict=False)
    ]


class _Windows(NamedTuple):
    """The first day that counts for each person, and the day before which all count."""

    since: Numbers
    until: int


def _enough(rows: _Rows, needed: Amounts, whole: int, window: _Windows) -> Enough:
    span, anything = rows.spans, _having(rows.person, len(needed))
    certain = Rated(rows.person, span.certain_begins, span.certain_until, rows.rate)
    possible = Rated(rows.person, span.possible_begins, span.possible_until, np.ones_like(rows.rate))
    sure = rows.surely & (rows.rate > 0)
    low = _worked(certain.taken(sure & rows.counted), window, drops_last_days=True)
    met = _having(rows.person[rows.counted], len(needed)) & (low >= needed * whole)
    high = _worked(possible.taken(~met[rows.person]), window, drops_last_days=False)
    may = met | (anything & (high >= needed))
    # Cut into pieces of different rates work may come to a little more than in one piece.
    hoped = _worked(certain.taken(sure & ~may[rows.person]), window, drops_last_days=True)
    return Enough(met, may | (anything & (hoped >= needed * whole)))


def _rows(layout: Layout, questions: Sequence[Asked], begins: Sequence[int], counts: Bits) -> _Rows:
    """The rows each question picks of its people, under a number for each person and question."""
    picked = [_picked_rows(layout, asked, begin) for asked, begin in zip(questions, begins, strict=False)]
    nothing = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.bool_))
    person, row, surely = (np.concatenate(parts) for parts in zip(nothing, *picked, strict=True))
    rate = np.array(
        [*(int((share or 0) * _whole(layout)) for share in layout.share.values), 0], dtype=np.int64
    )
    counted = unpack(counts, layout.size)[row]
    return _Rows(person, layout.spans.taken(row), rate[layout.share.numbers[row]], surely, counted)


def _picked_rows(layout: Layout, asked: Asked, begin: int) -> tuple[Numbers, Addresses, Flags]:
    owners, rows = [np.zeros(0, dtype=np.int32)], [asked.people[:0]]
    for band in layout.bands:
        first, last = np.searchsorted(asked.people, [band.people.start, band.people.stop]).tolist()
        numbers = np.arange(begin + first, begin + last, dtype=np.int32)
        owners.append(np.repeat(numbers, len(band.periods)))
        rows.append(band.rows(asked.people[first:last]))
    person, row = np.concatenate(owners), np.concatenate(rows)
    possibly, surely = (unpack(bits, layout.size)[row] for bits in asked.picked)
    chosen = np.flatnonzero(possibly)
    return person[chosen], row[chosen], surely[chosen]


def _having(person: Numbers, size: int) -> Flags:
    found = np.zeros(size, dtype=np.bool_)
    found[person] = True
    return found


def _whole(layout: Layout) -> int:
    """The fewest parts of full time in which every share is a whole number."""
    return lcm(*(share.denominator for share in layout.share.values if share is not None))


def _worked(periods: Rated, window: _Windows, *, drops_last_days: bool) -> Amounts:
    periods = _in_order(periods.taken(periods.begins < periods.until))
    crowded = _crowded_people(periods, len(window.since))[periods.person]
    apart, merged = periods.taken(~crowded), _merged(periods.taken(crowded))
    if drops_last_days:
        # No source says that the last day of a stretch counts.
        apart = apart._replace(until=apart.until - 1)
        merged = merged._replace(until=merged.until - ~_goes_on(merged))
    return _length_of(apart, window) + _length_of(merged, window)


def _length_of(periods: Rated, window: _Windows) -> Amounts:
    """How much lies in the window, each person's added up: far from where a float would round."""
    begins = np.maximum(periods.begins, window.since[periods.person]).astype(np.int32)
    until = np.minimum(periods.until, window.until).astype(np.int32)
    parts = thirtieths_between(begins, until) * periods.rate
    return np.bincount(periods.person, weights=parts, minlength=len(window.since)).astype(np.int64)


def _in_order(periods: Rated) -> Rated:
    """Nearly all stand in order already, which a stable sort makes use of."""
    begins = (periods.person.astype(np.int64) << 32) + periods.begins
    if bool((begins[1:] >= begins[:-1]).all()):
        return periods
    return periods.taken(np.argsort(begins, kind="stable"))


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
    edges = np.sort(np.concatenate([shift + periods.begins, shift + periods.until]))
    edges = edges[np.diff(edges, prepend=-1) > 0]
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
