"""Days as whole numbers, and the calendar's arithmetic on whole columns of them.

Owns the vectorised twins of ``portal/domain/calendar.py``. A day is its
ordinal; a day that is not known is ``NO_DAY``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from portal.domain.calendar import THIRTIETHS
from portal.domain.rules.batch.bits import Flags, Numbers

NO_DAY: Final = 0
_YEARS: Final = date.max.year


class _Calendar(NamedTuple):
    """For each ordinal its month since the year 1; for each month its first ordinal."""

    month_of: Numbers
    first_of: Numbers


@cache
def _calendar() -> _Calendar:
    firsts = [date(year, month, 1).toordinal() for year in range(1, _YEARS + 1) for month in range(1, 13)]
    first_of = np.array([*firsts, date.max.toordinal() + 1], dtype=np.int32)
    month_of = np.repeat(np.arange(len(firsts), dtype=np.int32), np.diff(first_of))
    # Ordinals begin with 1; the place before it stands for a day not known.
    return _Calendar(np.concatenate([np.zeros(1, dtype=np.int32), month_of]), first_of)


def ordinals(days: Iterable[date | None]) -> Numbers:
    """A column of days."""
    return np.fromiter((day.toordinal() if day is not None else NO_DAY for day in days), dtype=np.int32)


def known(days: Numbers) -> Flags:
    """Where a day is stated."""
    is_known: Flags = days != NO_DAY
    return is_known


def add_months(days: Numbers, months: int) -> Numbers:
    """The same day some months later, or the last day of a shorter month."""
    month_of, first_of = _calendar()
    month = month_of[days]
    return _day_in(month + months, days - first_of[month])


def _day_in(month: Numbers, after_first: Numbers) -> Numbers:
    first_of = _calendar().first_of
    month = np.clip(month, 0, len(first_of) - 2)
    latest: Numbers = first_of[month + 1] - 1
    shifted: Numbers = np.minimum(first_of[month] + after_first, latest)
    return shifted


def first_of_month(days: Numbers, later: int = 0) -> Numbers:
    """The first day of the month, or of one some months later."""
    month_of, first_of = _calendar()
    return first_of[np.minimum(month_of[days] + later, len(first_of) - 1)]


def thirtieths_between(earlier: Numbers, later: Numbers) -> npt.NDArray[np.int64]:
    """Whole months and left-over days in thirtieths of a month; the later day is not counted."""
    month_of, first_of = _calendar()
    from_month = month_of[earlier]
    after_first = earlier - first_of[from_month]
    month = month_of[later]
    month = month - (_day_in(month, after_first) > later)
    left_over = np.minimum(later - _day_in(month, after_first), THIRTIETHS - 1)
    length = (month - from_month).astype(np.int64) * THIRTIETHS + left_over
    return np.where(later > earlier, length, 0)
