"""A column of values, each distinct one kept once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from portal.domain.rules.batch.bits import Numbers

Value = TypeVar("Value", bound=Hashable)
# Rows that stand together are cheaper to read as one stretch than one by one.
Rows = slice | Numbers
Answers = npt.NDArray[np.int16]
EVERY_ROW: Final = slice(None)


class Coded(Generic[Value]):
    """A column of values, each distinct one kept once; the number -1 stands for none at all."""

    def __init__(self, numbers: Numbers, values: Sequence[Value]) -> None:
        self.numbers = numbers
        self.values = tuple(values)

    @cached_property
    def _number_of(self) -> Mapping[Value, int]:
        return {value: number for number, value in enumerate(self.values)}

    @cached_property
    def _is_in_order(self) -> bool:
        return bool((self.numbers[1:] >= self.numbers[:-1]).all())

    @cached_property
    def _by_value(self) -> tuple[Numbers | None, list[int]]:
        """Rows in the order of their values where they are not so already, and where each value's begin."""
        order = None if self._is_in_order else np.argsort(self.numbers, kind="stable").astype(np.int32)
        numbers = self.numbers if order is None else self.numbers[order]
        return order, np.searchsorted(numbers, np.arange(len(self.values) + 1)).tolist()

    @property
    def nbytes_of_order(self) -> int:
        """What it keeps to find rows by value, beside the column itself."""
        order = self._by_value[0]
        return 0 if order is None else order.nbytes

    def _stretches(self, values: Iterable[Value]) -> list[slice]:
        begins = self._by_value[1]
        numbers = [self._number_of[value] for value in dict.fromkeys(values) if value in self._number_of]
        return [slice(begins[number], begins[number + 1]) for number in numbers]

    def rows(self, values: Iterable[Value]) -> Numbers:
        """The rows that hold any of the values; those of one value in the order of the column."""
        order, nothing = self._by_value[0], np.zeros(0, dtype=np.int32)
        stretches = self._stretches(values)
        if order is None:
            found = [np.arange(one.start, one.stop, dtype=np.int32) for one in stretches]
        else:
            found = [order[one] for one in stretches]
        return np.concatenate([nothing, *found])

    def stretch(self, values: Sequence[Value]) -> Rows:
        """The same rows, as one stretch where they stand together."""
        if self._is_in_order and len(stretches := self._stretches(values)) == 1:
            return stretches[0]
        return self.rows(values)

    def translated(self, answer: Callable[[Value], int], missing: int, rows: Rows = EVERY_ROW) -> Answers:
        """One answer a row, asked once for each distinct value."""
        answers = np.array([*(answer(value) for value in self.values), missing], dtype=np.int16)
        found: npt.NDArray[np.int16] = answers.take(self.numbers[rows].astype(np.intp))
        return found

    def taken(self, rows: Rows) -> Coded[Value]:
        """Some rows of the column."""
        return Coded(self.numbers[rows], self.values)


def coded(values: Iterable[Value | None]) -> Coded[Value]:
    """Keep each distinct value once; none becomes -1."""
    seen: dict[Value, int] = {}
    numbers = [-1 if value is None else seen.setdefault(value, len(seen)) for value in values]
    return Coded(np.array(numbers, dtype=np.int32), list(seen))
