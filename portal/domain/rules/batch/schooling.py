"""Everybody's schooling laid side by side: everybody's first, everybody's second, and so on.

Nearly everybody has a degree, and degrees differ in little: their level, field
and place. So rows keep which kind of schooling they are, and a rule judges each
kind once. Depends on no day and on no rule: made once for a register, which never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from portal.domain.rules.batch.bits import Addresses, Flags, Numbers
from portal.domain.rules.batch.coded import Coded
from portal.domain.rules.predicates.education import DEGREE, PREFIX

Worth = npt.NDArray[np.uint8]
_ASKED: Final = ("level", "field", "place")


class Schooling(NamedTuple):
    """Rows of schooling, in bands in which nobody stands twice; ``attributes`` has one row a kind."""

    person: Addresses
    bands: tuple[slice, ...]
    awarded_on: Numbers
    verified: Flags
    kind: Numbers
    attributes: Mapping[str, Coded[str]]
    kinds: int

    @property
    def nbytes(self) -> int:
        """What it weighs beside the columns it was made from."""
        return sum(column.nbytes for column in (self.person, self.awarded_on, self.verified, self.kind))

    def best_of_each(self, worth: Worth, size: int) -> Worth:
        """For each of the people of a register the best of what their rows are worth."""
        found = np.zeros(size, dtype=np.uint8)
        for rows in self.bands:
            whose = self.person[rows]
            found[whose] = np.maximum(found[whose], worth[rows]) if rows.start else worth[rows]
        return found


def schooling_of(
    person: Numbers,
    qualification: Coded[str],
    attributes: Mapping[str, Coded[str]],
    awarded_on: Numbers,
    verified: Flags,
) -> Schooling:
    """Lay out the rows among qualifications that are schooling."""
    rows = _rows(qualification, attributes.get("level"))
    rows, bands = _in_bands(rows, person[rows])
    columns = {name: attributes[name] for name in _ASKED if name in attributes}
    shape = [1, *(len(column.values) + 1 for column in columns.values())]
    numbers = [np.zeros_like(rows), *(column.numbers[rows] + 1 for column in columns.values())]
    _, *each = np.unravel_index(np.arange(np.prod(shape)), shape)
    return Schooling(
        person[rows].astype(np.intp),
        bands,
        awarded_on[rows],
        verified[rows],
        np.ravel_multi_index(tuple(numbers), shape).astype(np.int32),
        {
            name: Coded((number - 1).astype(np.int32), columns[name].values)
            for name, number in zip(columns, each, strict=True)
        },
        int(np.prod(shape)),
    )


def _rows(qualification: Coded[str], level: Coded[str] | None) -> Numbers:
    """Degrees, and other education that states a level."""
    others = [code for code in qualification.values if code.startswith(PREFIX) and code != DEGREE]
    rows = qualification.rows(others)
    rows = rows[level.numbers[rows] >= 0] if level is not None else rows[:0]
    return np.concatenate([qualification.rows([DEGREE]), rows])


def _in_bands(rows: Numbers, person: Numbers) -> tuple[Numbers, tuple[slice, ...]]:
    order = np.argsort(person, kind="stable")
    first = np.flatnonzero(np.diff(person[order], prepend=-1))
    nth = np.arange(len(rows)) - np.repeat(first, np.diff(first, append=len(rows)))
    edges = np.concatenate([[0], np.cumsum(np.bincount(nth))]).tolist()
    return rows[order][np.argsort(nth, kind="stable")], tuple(slice(*pair) for pair in pairwise(edges))
