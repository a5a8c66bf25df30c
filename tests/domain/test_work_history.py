"""A work history added up: overlaps once, gaps in sight, part-time as an interval."""

from __future__ import annotations

from datetime import date

from hypothesis import given, strategies as st

from portal.domain.work_history import Gap, Overlap, Stretch, function_totals, gaps, overlaps

TODAY = date(2026, 11, 22)
ASSETS = ("asset-management",)

# The history of a person who worked half-time beside a full-time post, then paused, then went on.
FIRST = Stretch("a", date(2020, 6, 1), date(2022, 5, 31), ASSETS, 100)
BESIDE = Stretch("b", date(2022, 3, 1), date(2023, 8, 31), ASSETS, 50)
LATER = Stretch("c", date(2024, 3, 1), date(2024, 11, 30), ASSETS, 100)
HISTORY = [LATER, FIRST, BESIDE]


def test_periods_that_share_days_are_named_with_those_days() -> None:
    assert overlaps(HISTORY, today=TODAY) == [Overlap("a", "b", date(2022, 3, 1), date(2022, 5, 31))]


def test_periods_that_touch_do_not_overlap() -> None:
    next_day = Stretch("n", date(2022, 6, 1), None, ASSETS, 100)
    assert overlaps([FIRST, next_day], today=TODAY) == []


def test_two_present_posts_overlap_until_today() -> None:
    one = Stretch("x", date(2025, 1, 1), None, ASSETS, 50)
    other = Stretch("y", date(2026, 1, 1), None, ASSETS, 50)
    assert overlaps([one, other], today=TODAY) == [Overlap("x", "y", date(2026, 1, 1), TODAY)]


def test_gaps_are_the_days_between_and_the_days_since() -> None:
    assert gaps(HISTORY, today=TODAY) == [
        Gap(date(2023, 9, 1), date(2024, 2, 29)),
        Gap(date(2024, 12, 1), TODAY),
    ]


def test_a_fortnight_between_two_posts_is_no_gap() -> None:
    soon_after = Stretch("s", date(2022, 6, 15), None, ASSETS, 100)
    assert gaps([FIRST, soon_after], today=TODAY) == []


def test_overlaps_count_once_and_part_time_between_its_share_and_the_whole() -> None:
    (total,) = function_totals(HISTORY, today=TODAY)
    # 24 full months, 15 at one half, 9 full: 40.5 by halves and 48 by wholes.
    assert (total.least_months, total.most_months) == (40, 48)
    assert total.is_open


def test_an_unstated_share_counts_from_nothing_to_everything() -> None:
    unsure = Stretch("u", date(2025, 1, 1), date(2025, 12, 31), ASSETS, None)
    (total,) = function_totals([unsure], today=TODAY)
    assert (total.least_months, total.most_months) == (0, 12)


def test_each_function_has_its_own_total_and_the_longest_comes_first() -> None:
    audit = Stretch("t", date(2026, 1, 1), None, ("audit", "tax"), 100)
    totals = function_totals([audit, FIRST], today=TODAY)
    assert [total.function for total in totals] == ["asset-management", "audit", "tax"]
    assert totals[1].most_months == 10


days = st.dates(date(2000, 1, 1), TODAY)
stretches = st.builds(
    lambda id, one, other, share: Stretch(str(id), min(one, other), max(one, other), ASSETS, share),
    st.integers(0, 10**6),
    days,
    days,
    st.one_of(st.none(), st.integers(1, 100)),
)


@given(st.lists(stretches, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_periods_carries_no_meaning_and_the_least_is_never_above_the_most(
    history: list[Stretch], chance: object
) -> None:
    (total,) = function_totals(history, today=TODAY)
    shuffled = list(history)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert function_totals(shuffled, today=TODAY) == [total]
    assert 0 <= total.least_months <= total.most_months


@given(st.lists(stretches, min_size=1, max_size=6))
def test_stating_a_period_twice_adds_nothing(history: list[Stretch]) -> None:
    again = [*history, history[0]]
    assert function_totals(again, today=TODAY) == function_totals(history, today=TODAY)
