"""The day on which a count passes the number asked, against a walk through every day ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings, strategies as st

from portal.domain.calendar import ONE_DAY, Period, add_months
from portal.domain.rules.predicates.counting import NO_END, Amount, Asked, Counted, parts_of
from portal.domain.rules.predicates.crossing import day_lapsed, day_met

TODAY = date(2026, 11, 22)


class Drawn(NamedTuple):
    """Days after the last period ended, days it lasts, none for one that goes on, and its rate."""

    gap: int
    lasts: int | None
    rate: int


DRAWN = st.builds(Drawn, st.integers(0, 400), st.integers(1, 1500) | st.none(), st.sampled_from([2, 2, 1]))


def laid_out(begins: date, drawn: list[Drawn]) -> Counted:
    """Periods one after another; full time is two."""
    periods: list[Period] = []
    for gap, lasts, rate in drawn:
        begins += timedelta(days=gap)
        until = begins + timedelta(days=lasts) if lasts is not None else NO_END - ONE_DAY
        last = periods[-1] if periods else None
        if last is not None and last.until == begins and last.rate == rate:
            periods[-1] = Period(last.begins, until, rate)
        else:
            periods.append(Period(begins, until, rate))
        if lasts is None:
            break
        begins = until
    return Counted(tuple(periods), tuple(periods), 2, ("w",))


def days_ahead(until: date) -> Iterator[date]:
    day = TODAY
    while day < until:
        yield day
        day += ONE_DAY


@settings(max_examples=120, deadline=None)
@given(
    st.dates(date(2018, 1, 1), date(2027, 6, 1)),
    st.lists(DRAWN, min_size=1, max_size=4),
    st.integers(1, 40),
    st.sampled_from([None, 1, 12, 36, 37]),
)
# As much as the window holds, over the end of a February and over a gap of a month.
@example(date(2023, 11, 23), [Drawn(0, None, 2)], 36, 36)
@example(date(2024, 1, 31), [Drawn(0, 486, 2), Drawn(30, None, 2)], 35, 36)
@example(date(2024, 2, 29), [Drawn(0, 300, 1), Drawn(31, None, 1)], 6, 13)
def test_the_day_is_the_first_on_which_the_count_turns(
    begins: date, drawn: list[Drawn], months: int, within: int | None
) -> None:
    counted, asked = laid_out(begins, drawn), Asked(months, within)

    def is_enough(on: date) -> bool:
        return parts_of(counted.certain, asked.since(on), on) >= asked.parts(counted)

    low = parts_of(counted.certain, asked.since(TODAY), TODAY)
    was_enough = is_enough(TODAY)
    if was_enough:
        found = day_lapsed(asked, counted, TODAY)
        horizon = add_months(TODAY, (within or 0) + 12)
    else:
        found = day_met(asked, Amount(counted, low, low), TODAY)
        horizon = add_months(TODAY, max(months, within or 0) * 4 + 12)

    turned = next((day for day in days_ahead(horizon) if is_enough(day) is not was_enough), None)
    assert found == turned


@pytest.mark.parametrize(("months", "met_on"), [(36, date(2027, 7, 1)), (37, None)])
def test_a_window_holds_no_more_than_its_length(months: int, met_on: date | None) -> None:
    counted = laid_out(date(2024, 7, 1), [Drawn(0, None, 2)])
    low = parts_of(counted.certain, date(2023, 11, 22), TODAY)

    assert day_met(Asked(months, 36), Amount(counted, low, low), TODAY) == met_on
