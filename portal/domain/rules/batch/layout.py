"""Periods of work laid side by side: everybody's first, everybody's second, and so on.

Owns an order of the rows in which people with equally many periods stand
together, so that what happens between a person's periods is plain arithmetic on
whole columns, and rows of bits that say which periods a clause may pick. Neither
depends on a day or on a rule: both are made once for a register, which never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np

from portal.domain.rules.batch.bits import Addresses, Bits, Flags, Numbers, all_of, none_of, pack
from portal.domain.rules.batch.coded import Coded, Value
from portal.domain.rules.batch.spans import spans_of
from portal.domain.rules.predicates.employment import WorkFilter

_LEFT_OPEN = ""


class Periods(Protocol):
    """The columns a layout is made from."""

    @property
    def person(self) -> Numbers: ...
    @property
    def functions(self) -> Coded[tuple[str, ...]]: ...
    @property
    def employer_kind(self) -> Coded[str]: ...
    @property
    def place(self) -> Coded[str]: ...
    @property
    def begun_on(self) -> Numbers: ...
    @property
    def ended_on(self) -> Numbers: ...
    @property
    def share(self) -> Coded[Fraction | None]: ...
    @property
    def manages(self) -> Flags: ...
    @property
    def month_precision(self) -> Flags: ...
    @property
    def verified(self) -> Flags: ...


class Band(NamedTuple):
    """People with equally many periods: where they stand, and where each of their periods does."""

    people: slice
    periods: tuple[slice, ...]

    def rows(self, people: Addresses) -> Addresses:
        """All periods of some of its people, given by their places in the layout; one person after another."""
        begins = np.array([period.start for period in self.periods], dtype=np.intp)
        rows: Addresses = (people[:, None] - self.people.start + begins).ravel()
        return rows


class Picked(NamedTuple):
    """Which periods of a layout a clause picks: at most, and for certain."""

    possibly: Bits
    surely: Bits


class Layout:
    """The periods of a register; ``rows`` and ``people`` tell where each came from."""

    def __init__(self, work: Periods) -> None:
        spans = spans_of(work.begun_on, work.ended_on, work.month_precision)
        order = np.lexsort((spans.possible_begins, work.person)).astype(np.int32)
        self.rows, people, self.bands = _bands(order, work.person)
        # Whole addresses are dearer to keep than numbers, but quicker to go by.
        self.people = people.astype(np.intp)
        self.spans = spans.taken(self.rows)
        self.share = work.share.taken(self.rows)
        self.irregular = self._irregular_people()
        self._manages = pack(work.manages[self.rows])
        self.verified = pack(work.verified[self.rows])
        self._marks: Mapping[str, Mapping[str, Bits]] = {
            "functions": self._marked(work.functions, lambda names: names or (_LEFT_OPEN,)),
            "employer_kinds": self._marked(work.employer_kind, lambda kind: (kind,)),
            "places": self._marked(work.place, lambda place: (place,)),
        }

    @property
    def size(self) -> int:
        """How many periods there are."""
        return len(self.rows)

    @property
    def nbytes(self) -> int:
        """What it weighs beside the columns it was made from."""
        marks = sum(row.nbytes for rows in self._marks.values() for row in rows.values())
        columns = (self.rows, self.people, *self.spans, self.share.numbers, self.irregular)
        return marks + sum(int(column.nbytes) for column in columns)

    def picked(self, chosen: WorkFilter) -> Picked:
        """The periods a clause counts; where it asks about something left open, only possibly."""
        possibly = self._manages.copy() if chosen.management else all_of(self.size)
        surely = possibly.copy()
        asked = {
            "functions": chosen.functions,
            "employer_kinds": chosen.employer_kinds,
            "places": chosen.places,
        }
        for name, allowed in asked.items():
            if allowed:
                rows = self._any_of(name, allowed)
                surely &= rows
                possibly &= rows | self._any_of(name, (_LEFT_OPEN,))
        return Picked(possibly, surely)

    def _any_of(self, name: str, values: Iterable[str]) -> Bits:
        marks = self._marks[name]
        rows = (marks[value] for value in values if value in marks)
        return reduce(np.bitwise_or, rows, none_of(self.size))

    def _marked(self, column: Coded[Value], names: Callable[[Value], tuple[str, ...]]) -> Mapping[str, Bits]:
        numbers = column.numbers[self.rows].astype(np.intp)
        spelt = [names(value) for value in column.values]
        every = dict.fromkeys(name for some in spelt for name in some)
        return {name: pack(np.array([name in some for some in spelt])[numbers]) for name in every}

    def _irregular_people(self) -> Flags:
        """Those whose certain days do not follow in the order of the possible ones, or who work more than all day."""
        found = np.zeros(len(self.people), dtype=np.bool_)
        more = self.share.translated(lambda share: int(share is not None and share > 1), 0)
        begins = self.spans.certain_begins
        for people, periods in self.bands:
            for one, following in pairwise(periods):
                found[people] |= begins[one] > begins[following]
            for one in periods:
                found[people] |= more[one] == 1
        return found


def _bands(order: Numbers, person: Numbers) -> tuple[Numbers, Numbers, tuple[Band, ...]]:
    """Cut rows in the order of people into bands of people with equally many."""
    owner = person[order]
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    many = np.diff(first, append=len(owner))
    rows, people, bands = [order[:0]], [owner[:0]], []
    row = place = 0
    for number in np.unique(many).tolist():
        begins = first[many == number]
        rows.append(order[(begins + np.arange(number)[:, None]).ravel()])
        people.append(owner[begins])
        step = len(begins)
        periods = tuple(slice(row + nth * step, row + (nth + 1) * step) for nth in range(number))
        bands.append(Band(slice(place, place + step), periods))
        row, place = row + number * step, place + step
    return np.concatenate(rows), np.concatenate(people), tuple(bands)
