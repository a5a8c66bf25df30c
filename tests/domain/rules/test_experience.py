"""Months of work: overlaps once, part-time as an interval, windows, and the two days printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from portal.domain.dossier import Dossier, Work
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.vocabulary import Basis, Outcome
from tests.domain.rules.making import TODAY, ask_one, worked

# Full time, then half time overlapping it by three months, a gap, full time leading three analysts,
# and office administration ever since.
JIAQI = (
    worked("a", date(2020, 6, 1), date(2022, 5, 31)),
    worked("b", date(2022, 3, 1), date(2023, 8, 31), share="1/2"),
    worked("c", date(2024, 3, 1), date(2024, 11, 30), manages=True),
    worked("d", date(2025, 4, 1), functions=("office-administration",)),
)
THREE_IN_SIX: dict[str, Any] = {"months": 36, "within_months": 72, "functions": ("asset-management",)}
RETURN = worked("e", date(2026, 12, 1))


def experience(*work: Work, on: date = TODAY, **parameters: Any) -> ClauseResult:
    return ask_one("experience_at_least", Dossier(work=work), on=on, **parameters)


def test_part_time_is_an_interval_and_an_overlap_counts_once() -> None:
    found = experience(*JIAQI, **THREE_IN_SIX)

    assert found.outcome is Outcome.UNDETERMINED
    assert found.because.code == "experience.open_counting"
    assert found.because.params["months_low"] == Decimal("34.8")
    assert found.because.params["months_high"] == Decimal("42.3")


def test_management_counts_only_periods_with_people_to_lead() -> None:
    found = experience(*JIAQI, months=24, management=True, functions=("asset-management",))

    assert found.outcome is Outcome.NOT_MET
    assert found.because.params["months_high"] == Decimal("9.0")


def test_a_sliding_window_reaches_the_number_only_when_new_months_outrun_old_ones() -> None:
    found = experience(*JIAQI, RETURN, on=date(2026, 12, 1), **THREE_IN_SIX)

    assert found.because.params["months_low"] == Decimal("34.5")
    assert found.met_on == date(2028, 9, 3)


def test_the_count_stands_still_for_most_of_two_years_and_then_is_met_on_that_day() -> None:
    for day in (date(2027, 3, 1), date(2027, 9, 1), date(2028, 3, 1)):
        assert experience(*JIAQI, RETURN, on=day, **THREE_IN_SIX).because.params["months_low"] == Decimal(
            "34.5"
        )
    assert experience(*JIAQI, RETURN, on=date(2028, 9, 2), **THREE_IN_SIX).outcome is Outcome.UNDETERMINED
    assert experience(*JIAQI, RETURN, on=date(2028, 9, 3), **THREE_IN_SIX).outcome is Outcome.MET


def test_five_years_are_reached_on_the_anniversary_and_not_a_day_before() -> None:
    work = worked("bank", date(2022, 3, 21), functions=("commercial-credit",))

    found = experience(work, months=60)

    assert found.outcome is Outcome.NOT_MET
    assert found.because.code == "experience.short_until"
    assert found.met_on == date(2027, 3, 21)
    assert experience(work, months=60, on=date(2027, 3, 20)).outcome is Outcome.NOT_MET
    assert experience(work, months=60, on=date(2027, 3, 21)).outcome is Outcome.MET


def test_a_month_of_thirty_one_days_is_no_shorter_than_any_other() -> None:
    work = worked("bank", date(2022, 1, 5))

    assert experience(work, months=12, on=date(2023, 1, 4)).met_on == date(2023, 1, 5)


def test_a_number_shown_is_never_rounded_up_to_one_that_would_be_enough() -> None:
    work = worked("bank", date(2022, 3, 21))

    shown = experience(work, months=60, on=date(2027, 3, 20)).because.params["months_high"]

    assert shown == Decimal("59.9")


def test_unknown_part_time_counts_for_nothing_at_the_least_and_for_all_at_the_most() -> None:
    work = worked("x", date(2020, 1, 1), share=None)

    found = experience(work, months=12)

    assert found.outcome is Outcome.UNDETERMINED
    assert found.because.params["months_low"] == Decimal("0.0")
    assert found.met_on is None


def test_months_without_days_widen_the_interval_on_both_ends() -> None:
    work = worked("x", date(2022, 1, 15), date(2023, 1, 15), month_precision=True)

    assert experience(work, months=11).outcome is Outcome.MET
    assert experience(work, months=12).outcome is Outcome.UNDETERMINED
    assert experience(work, months=13).outcome is Outcome.UNDETERMINED
    assert experience(work, months=14).outcome is Outcome.NOT_MET


def test_a_change_of_post_without_a_gap_loses_no_day() -> None:
    first = worked("x", date(2022, 1, 1), date(2022, 12, 31))
    second = worked("y", date(2023, 1, 1))

    assert experience(first, second, months=36, on=date(2025, 1, 1)).outcome is Outcome.MET


def test_whether_the_last_day_of_finished_work_counts_is_left_open() -> None:
    work = worked("x", date(2023, 1, 1), date(2025, 12, 31))

    assert experience(work, months=36).outcome is Outcome.UNDETERMINED
    assert experience(work, months=35).outcome is Outcome.MET


def test_finished_work_leaves_a_window_and_the_day_is_printed() -> None:
    work = worked("x", date(2022, 1, 1), date(2024, 12, 31))

    found = experience(work, months=24, within_months=72)

    assert found.outcome is Outcome.MET
    assert found.lapses_on is not None
    eve = found.lapses_on - timedelta(days=1)
    asked: dict[str, Any] = {"months": 24, "within_months": 72}
    assert experience(work, on=eve, **asked).outcome is Outcome.MET
    assert experience(work, on=found.lapses_on, **asked).outcome is not Outcome.MET


def test_a_question_left_open_about_work_never_makes_it_not_count() -> None:
    work = replace(worked("x", date(2020, 1, 1)), employer_kind="")

    found = experience(work, months=12, employer_kinds=("hk-authorized-institution",))

    assert found.outcome is Outcome.UNDETERMINED


def test_unverified_work_makes_the_clause_pending_and_never_not_met() -> None:
    work = worked("x", date(2020, 1, 1))

    found = ask_one("experience_at_least", Dossier(work=(work,)), basis=Basis.VERIFIED, months=12)

    assert (found.outcome, found.pending) == (Outcome.UNDETERMINED, True)
    assert found.because.code == "experience.awaits_verification"
    assert found.evidence == ("x",)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2015, 1, 1), date(2026, 1, 1)),
            st.integers(30, 1200) | st.none(),
            st.sampled_from(["1", "1/2", "3/5"]),
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(6, 48),
    st.sampled_from([None, 60, 72]),
)
def test_the_day_printed_is_the_first_on_which_the_answer_turns(
    drawn: list[tuple[date, int | None, str]], months: int, within: int | None
) -> None:
    work = tuple(
        worked(f"w{n}", begins, begins + timedelta(days=days) if days else None, share=share)
        for n, (begins, days, share) in enumerate(drawn)
    )
    asked: dict[str, Any] = {"months": months}
    if within is not None:
        asked["within_months"] = within

    found = experience(*work, **asked)
    turning = found.met_on or found.lapses_on

    if turning is not None:
        wanted = found.met_on is not None
        days = (TODAY + timedelta(days=n) for n in range((turning - TODAY).days))
        assert all((experience(*work, on=d, **asked).outcome is Outcome.MET) != wanted for d in days)
        assert (experience(*work, on=turning, **asked).outcome is Outcome.MET) == wanted


@pytest.mark.parametrize("missing", [{}, {"functions": ("tax",)}])
def test_no_work_of_the_kind_is_said_as_such(missing: dict[str, Any]) -> None:
    work = (worked("x", date(2020, 1, 1)),) if missing else ()

    found = experience(*work, months=12, **missing)

    assert found.because.code == "experience.none_found"
    assert found.outcome is Outcome.NOT_MET
