"""How long things are kept: every kind has a rule, and unset periods are illustrative."""

from __future__ import annotations

from datetime import date

import pytest

from config import SettingsError, read_settings
from portal.domain.retention import RULES, DataKind, RetentionPeriods

ALL = {"decisions": 60, "messages": 6, "journal": 84}


def test_every_kind_of_data_has_a_rule() -> None:
    assert set(RULES) == set(DataKind)


def test_periods_count_as_set_only_when_all_are() -> None:
    assert RetentionPeriods.set_by_operator(ALL) == RetentionPeriods(60, 6, 84, are_set=True)
    for name in ALL:
        some = {key: months for key, months in ALL.items() if key != name}
        assert not RetentionPeriods.set_by_operator(some).are_set
    assert not RetentionPeriods.set_by_operator({}).are_set


def test_a_decision_is_kept_to_the_day() -> None:
    assert RetentionPeriods(decisions=84).decision_until(date(2024, 2, 29)) == date(2031, 2, 28)


def test_the_operator_sets_them_in_the_environment() -> None:
    environ = {f"RETENTION_{name.upper()}_MONTHS": str(months) for name, months in ALL.items()}
    assert read_settings({"PORTAL_ENV": "test", **environ}).retention_months == ALL
    assert read_settings({"PORTAL_ENV": "test"}).retention_months == {}


@pytest.mark.parametrize("value", ["0", "-1", "seven", "601"])
def test_nonsense_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="RETENTION_JOURNAL_MONTHS must be a number of months"):
        read_settings({"PORTAL_ENV": "test", "RETENTION_JOURNAL_MONTHS": value})
