"""How far periods of work reach, for certain and at most.

The vectorised twin of ``predicates.employment.span_of``.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import numpy as np

from portal.domain.rules.batch.bits import Addresses, Flags, Numbers
from portal.domain.rules.batch.days import first_of_month, known

NO_END: Final = date(9000, 1, 1).toordinal()


class Spans(NamedTuple):
    """The certain and the possible reach of periods, ``until`` being the first day after.

    Work that goes on lasts until ``NO_END``.
    """

    certain_begins: Numbers
    certain_until: Numbers
    possible_begins: Numbers
    possible_until: Numbers

    def taken(self, rows: Numbers | Addresses) -> Spans:
        """The reach of some of the periods."""
        return Spans(*(days[rows] for days in self))


def spans_of(begun_on: Numbers, ended_on: Numbers, month_precision: Flags) -> Spans:
    """Read the days of periods, or their months where only those are known."""
    ends = known(ended_on)
    until = np.where(ends, ended_on + 1, NO_END).astype(np.int32)
    if not bool(month_precision.any()):
        return Spans(begun_on, until, begun_on, until)
    monthly_end = month_precision & ends
    return Spans(
        np.where(month_precision, first_of_month(begun_on, 1) - 1, begun_on).astype(np.int32),
        np.where(monthly_end, first_of_month(ended_on) + 1, until).astype(np.int32),
        np.where(month_precision, first_of_month(begun_on), begun_on).astype(np.int32),
        np.where(monthly_end, first_of_month(ended_on, 1), until).astype(np.int32),
    )
