"""Days, times and lengths of time in the form each language writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from portal.wording import dates
from portal.wording.languages import ENGLISH, HONG_KONG, LANGUAGES, MAINLAND, Language

DAY = date(2026, 11, 2)


def in_all(write: object, *facts: object) -> list[str]:
    return [write(*facts, language) for language in LANGUAGES]  # type: ignore[operator]


def test_the_day_of_the_week_and_the_hour_both_banks_keep() -> None:
    assert in_all(dates.weekday, DAY) == ["Monday", "星期一", "星期一"]
    assert in_all(dates.weekday, date(2026, 11, 8)) == ["Sunday", "星期日", "星期日"]
    assert [dates.zone_name(language) for language in LANGUAGES] == ["Hong Kong time", "香港時間", "北京时间"]


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (0, 0, ["12 am", "上午12時", "00:00"]),
        (9, 5, ["9.05 am", "上午9時5分", "09:05"]),
        (12, 0, ["12 pm", "下午12時", "12:00"]),
        (23, 59, ["11.59 pm", "下午11時59分", "23:59"]),
    ],
)
def test_the_time_of_day(hour: int, minute: int, expected: list[str]) -> None:
    at = datetime(2026, 11, 2, hour, minute, tzinfo=dates.BOTH_BANKS)
    assert in_all(dates.clock_time, at) == expected
    assert in_all(dates.clock_time, at.astimezone(UTC)) == expected


def test_an_instant_is_told_by_the_day_on_the_banks_and_not_in_greenwich() -> None:
    late = datetime(2026, 11, 1, 18, 0, tzinfo=UTC)
    assert dates.moment(late, ENGLISH) == "2 November 2026 at 2 am"
    eight = timezone(timedelta(hours=8))
    assert dates.moment(datetime(2026, 11, 2, 2, 0, tzinfo=eight), MAINLAND) == "2026年11月2日02:00"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.moment(datetime(2026, 11, 2, 2, 0), HONG_KONG)


def test_periods() -> None:
    assert in_all(dates.period, DAY, None)[1:] == ["2026年11月2日至今", "2026年11月2日至今"]
    assert in_all(dates.period_in_months, DAY, date(2027, 1, 1)) == [
        "November 2026 to January 2027",
        "2026年11月至2027年1月",
        "2026年11月至2027年1月",
    ]
    assert in_all(dates.period_in_months, DAY, None)[0] == "November 2026 to now"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, ["0 months", "0個月", "0个月"]),
        (1, ["1 month", "1個月", "1个月"]),
        (12, ["1 year", "1年", "1年"]),
        (18, ["18 months", "18個月", "18个月"]),
        (36, ["3 years", "3年", "3年"]),
    ],
)
def test_lengths_of_time(count: int, expected: list[str]) -> None:
    assert in_all(dates.months, count) == expected


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_money_always_names_its_currency(language: Language) -> None:
    assert dates.money(10, "HKD", language) != dates.money(10, "CNY", language)
    with pytest.raises(KeyError):
        dates.money(10, "XYZ", language)


def test_lists_of_nothing_and_of_one() -> None:
    assert dates.listed([], ENGLISH) == ""
    assert dates.listed(["a"], HONG_KONG) == "a"
    assert dates.listed(["甲", "乙"], MAINLAND, last="or") == "甲或乙"
