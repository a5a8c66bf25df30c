"""Asking rows of facts one question after another; the first that stops a row decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from portal.domain.rules.batch.bits import Flags
from portal.domain.rules.batch.coded import Coded, Rows
from portal.domain.rules.batch.verdicts import Verdicts

PASSES: Final = 1
FAILS: Final = 0
UNKNOWN: Final = -1


class Examination:
    """Rows that have passed all questions so far, and those stopped by one that cannot be answered."""

    def __init__(self, attributes: Mapping[str, Coded[str]], rows: Rows, size: int) -> None:
        self._attributes, self._rows = attributes, rows
        self._passed: Flags = np.ones(size, dtype=np.bool_)
        self._unknown: Flags = np.zeros(size, dtype=np.bool_)

    def stop(self, fails: Flags, unknown: Flags | None = None) -> None:
        """Stop the rows that fail a question, and those of which it cannot be told."""
        if unknown is not None:
            self._unknown |= self._passed & unknown & ~fails
            self._passed &= ~unknown
        self._passed &= ~fails

    def attribute(self, name: str, answer: Callable[[str], int]) -> None:
        """Ask about an attribute; a row without it cannot answer."""
        column = self._attributes.get(name)
        if column is None:
            self.stop(np.zeros_like(self._passed), np.ones_like(self._passed))
            return
        answers = column.translated(answer, UNKNOWN, self._rows)
        self.stop(answers == FAILS, answers == UNKNOWN)

    def verdicts(self) -> Verdicts:
        """What came of it."""
        return Verdicts(self._passed, self._unknown)


def among(allowed: tuple[str, ...]) -> Callable[[str], int]:
    """Whether a value is one of those allowed; an empty one says nothing."""
    return lambda value: UNKNOWN if value == "" else int(value in allowed)


def reaching(needed: int) -> Callable[[str], int]:
    """Whether a value is a number as high as needed; other texts say nothing."""
    return lambda value: int(int(value) >= needed) if value.isdecimal() else UNKNOWN
