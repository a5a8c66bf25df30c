"""Coming back after every way is lost: never before the wait, never after the door has closed again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from portal.domain.lost_ways import LINK_FOR, OPEN_FOR, WAIT, Stage, may_come_back, stage_of
from portal.domain.people import Role

ORDER = list(Stage)
THE_DAY = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30))


@given(after=spans)
def test_a_link_nobody_pressed_opens_nothing_ever(after: timedelta) -> None:
    assert stage_of(THE_DAY, None, THE_DAY + after) in (Stage.ASKED, Stage.OVER)


@given(until_pressed=spans, after=spans)
def test_the_password_alone_opens_only_within_its_days(until_pressed: timedelta, after: timedelta) -> None:
    begun = THE_DAY + until_pressed
    is_open = stage_of(THE_DAY, begun, begun + after) is Stage.OPEN
    assert is_open is (timedelta(hours=72) <= after < timedelta(days=10))


@given(pressed=st.none() | spans, first=spans, second=spans)
def test_time_only_leads_on(pressed: timedelta | None, first: timedelta, second: timedelta) -> None:
    begun = None if pressed is None else THE_DAY + pressed
    earlier, later = sorted((first, second))
    stages = [stage_of(THE_DAY, begun, (begun or THE_DAY) + each) for each in (earlier, later)]
    assert ORDER.index(stages[0]) <= ORDER.index(stages[1])


@pytest.mark.parametrize(
    ("begun", "after", "stage"),
    [
        (None, LINK_FOR - timedelta(seconds=1), Stage.ASKED),
        (None, LINK_FOR, Stage.OVER),
        (THE_DAY, WAIT - timedelta(seconds=1), Stage.WAITING),
        (THE_DAY, WAIT, Stage.OPEN),
        (THE_DAY, WAIT + OPEN_FOR - timedelta(seconds=1), Stage.OPEN),
        (THE_DAY, WAIT + OPEN_FOR, Stage.OVER),
    ],
)
def test_the_edges(begun: datetime | None, after: timedelta, stage: Stage) -> None:
    assert stage_of(THE_DAY, begun, THE_DAY + after) is stage


@given(roles=st.sets(st.sampled_from(Role)))
def test_whoever_decides_about_others_never_comes_back_alone(roles: set[Role]) -> None:
    decides = roles & {Role.OFFICER, Role.PROGRAMME_MANAGER, Role.SYSTEM_ADMINISTRATOR}
    assert may_come_back(roles) is not bool(decides)
