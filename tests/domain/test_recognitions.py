"""The status of a recognition follows from its dated acts, on any day, in any order of asking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from portal.domain.errors import Conflict
from portal.domain.recognitions import Act, DatedAct, Status, may, require_possible, status_on

GRANT = DatedAct(Act.GRANTED, date(2026, 3, 1), 0)
SUSPENSION = DatedAct(Act.SUSPENDED, date(2026, 5, 1), 1)
LIFT = DatedAct(Act.LIFTED, date(2026, 6, 1), 2)
REVOCATION = DatedAct(Act.REVOKED, date(2026, 7, 1), 3)
LIFE = [GRANT, SUSPENSION, LIFT, REVOCATION]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 2, 28), Status.NOT_YET),
        (date(2026, 3, 1), Status.FULL),
        (date(2026, 4, 30), Status.FULL),
        (date(2026, 5, 1), Status.SUSPENDED),
        (date(2026, 5, 31), Status.SUSPENDED),
        (date(2026, 6, 1), Status.FULL),
        (date(2026, 7, 1), Status.REVOKED),
        (date(2036, 1, 1), Status.REVOKED),
    ],
)
def test_each_act_counts_from_its_day(day: date, status: Status) -> None:
    assert status_on(day, LIFE, conditional=False) is status


def test_a_conditional_recognition_becomes_full_when_its_conditions_are_met() -> None:
    met = DatedAct(Act.CONDITIONS_MET, date(2026, 4, 1), 1)
    assert status_on(date(2026, 3, 31), [GRANT, met], conditional=True) is Status.CONDITIONAL
    assert status_on(date(2026, 4, 1), [GRANT, met], conditional=True) is Status.FULL


def test_a_suspension_and_its_lift_on_one_day_are_read_in_the_order_they_were_signed() -> None:
    day = date(2026, 5, 1)
    lifted = [GRANT, DatedAct(Act.SUSPENDED, day, 1), DatedAct(Act.LIFTED, day, 2)]
    again = [*lifted, DatedAct(Act.SUSPENDED, day, 3)]
    assert status_on(day, lifted, conditional=False) is Status.FULL
    assert status_on(day, again, conditional=False) is Status.SUSPENDED


def test_the_last_day_still_counts_and_revocation_outlives_expiry() -> None:
    last = date(2026, 12, 31)
    assert status_on(last, [GRANT], conditional=False, expires_on=last) is Status.FULL
    assert status_on(last + timedelta(days=1), [GRANT], conditional=False, expires_on=last) is Status.EXPIRED
    assert status_on(date(2027, 6, 1), LIFE, conditional=False, expires_on=last) is Status.REVOKED


@given(st.permutations(LIFE), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_the_order_in_which_acts_are_read_does_not_matter(acts: list[DatedAct], day: date) -> None:
    assert status_on(day, acts, conditional=False) is status_on(day, LIFE, conditional=False)


@pytest.mark.parametrize("act", [Act.SUSPENDED, Act.LIFTED, Act.REVOKED, Act.CONDITIONS_MET])
def test_nothing_more_happens_to_a_revoked_recognition(act: Act) -> None:
    assert not may(act, Status.REVOKED)
    with pytest.raises(Conflict):
        require_possible(act, Status.REVOKED)
