"""Months, periods and quantities."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import count, pairwise

import pytest
from hypothesis import given, strategies as st

from portal.domain.calendar import (
    Period,
    add_months,
    day_leaving,
    day_reaching,
    drop_last_days,
    merge_periods,
    thirtieths_between,
    worked_thirtieths,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
RATES = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 5)])
PERIODS = st.lists(
    st.builds(
        lambda begins, days, rate: Period(begins, begins + timedelta(days=days), rate),
        DAYS,
        st.integers(0, 900),
        RATES,
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 10, 26), 36, date(2027, 10, 26)),
    ],
)
def test_months_are_added_and_clamped_to_the_end_of_a_shorter_month(
    day: date, months: int, later: date
) -> None:
    assert add_months(day, months) == later


def test_left_over_days_are_thirtieths_and_never_make_a_month() -> None:
    assert thirtieths_between(date(2024, 1, 1), date(2024, 1, 31)) == 29
    assert thirtieths_between(date(2024, 1, 1), date(2024, 2, 1)) == 30
    assert thirtieths_between(date(2024, 1, 1), date(2024, 1, 16)) == 15


@given(DAYS, st.integers(0, 4000))
def test_the_day_a_length_is_reached_is_the_first_such_day(begins: date, thirtieths: int) -> None:
    day = day_reaching(begins, thirtieths)

    assert thirtieths_between(begins, day) >= thirtieths
    assert not thirtieths or thirtieths_between(begins, day - timedelta(days=1)) < thirtieths


@given(DAYS, st.integers(0, 4000))
def test_the_day_a_length_is_no_longer_left_is_the_first_such_day(later: date, thirtieths: int) -> None:
    day = day_leaving(thirtieths, later)

    assert thirtieths_between(day, later) <= thirtieths
    assert thirtieths_between(day - timedelta(days=1), later) > thirtieths


@given(DAYS, DAYS)
def test_months_and_left_over_days_are_counted_as_they_are_told(one: date, other: date) -> None:
    """Whole months first, then the days since the last of them, never as many as a month."""
    first, last = sorted((one, other))
    months = next(number for number in count() if add_months(first, number + 1) > last)
    left_over = (last - add_months(first, months)).days

    assert thirtieths_between(first, last) == months * 30 + min(left_over, 29)


@given(DAYS, DAYS, DAYS)
def test_a_longer_period_never_counts_for_less(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))

    assert thirtieths_between(first, middle) <= thirtieths_between(first, last)
    assert thirtieths_between(middle, last) <= thirtieths_between(first, last)


@given(PERIODS, st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order_of_periods(periods: list[Period], chance: object) -> None:
    shuffled = list(periods)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert merge_periods(shuffled) == merge_periods(periods)


@given(PERIODS)
def test_merged_periods_count_every_day_once_at_the_higher_rate(periods: list[Period]) -> None:
    merged = merge_periods(periods)

    for one, two in pairwise(merged):
        assert one.until <= two.begins
    for period in periods:
        for day in (period.begins, period.until - timedelta(days=1)):
            if not period.begins <= day < period.until:
                continue
            rates = [p.rate for p in periods if p.begins <= day < p.until]
            assert [p.rate for p in merged if p.begins <= day < p.until] == [max(rates)]


def test_only_the_last_day_of_an_unbroken_stretch_is_left_out() -> None:
    whole = Fraction(1)
    one = Period(date(2020, 1, 1), date(2020, 3, 1), whole)
    next_day = Period(date(2020, 3, 1), date(2020, 6, 1), Fraction(1, 2))

    assert drop_last_days(merge_periods((one, next_day))) == (
        one,
        Period(date(2020, 3, 1), date(2020, 5, 31), Fraction(1, 2)),
    )


def test_a_window_cuts_what_lies_outside_it() -> None:
    period = Period(date(2020, 1, 1), date(2022, 1, 1), Fraction(1))

    assert worked_thirtieths((period,), since=date(2021, 1, 1), until=date(2021, 7, 1)) == 6 * 30
    assert worked_thirtieths((period,), since=None, until=date(2030, 1, 1)) == 24 * 30
