"""The next day of a case is one that facts know, and never a promise."""

from __future__ import annotations

from datetime import date

import pytest

from portal.adapters.clock import SettableClock
from portal.domain.rules.explanation import PlankState, read_pair
from portal.domain.texts import Text
from portal.services.house import House
from portal.services.mapping import read_mapping
from portal.services.next_days import NextDay, NextKind, nearest_first, next_days
from portal.services.own_cases import read_applications
from portal.services.recognitions import revoke_recognition
from tests.builders.decisions import a_case, a_recognition, an_actor
from tests.builders.programmes import an_enrolment


def days_of(house: House) -> tuple[NextDay, ...]:
    """The days ahead of Chen Wei's only case."""
    chen = an_actor(house, "chen_wei")
    ((track, case),) = [(one.track, case) for one in read_applications(house, chen) for case in one.cases]
    mapping = read_mapping(house, chen, on=house.clock.today(), targets=[case.target], with_cases=False)
    return next_days(house, chen, [(track, case)], mapping.verdicts).get(case.id, ())


def test_a_condition_is_due_on_its_last_day(house: House) -> None:
    a_case(house, stage="granted_with_conditions")
    due = [day.on for day in days_of(house) if day.kind is NextKind.CONDITION_DUE]
    assert due == [date(2027, 6, 30)]


def test_what_was_revoked_asks_for_nothing_any_more(house: House) -> None:
    recognition = a_recognition(house, status="conditional")
    ada = an_actor(house, "ada_ko")
    revoke_recognition(house, ada, reference=recognition.reference, version=1, reason="It was withdrawn.")
    assert [day for day in days_of(house) if day.kind is NextKind.CONDITION_DUE] == []


def test_what_lapses_is_what_is_met_today(house: House) -> None:
    a_case(house, stage="submitted")
    chen = an_actor(house, "chen_wei")
    mapping = read_mapping(house, chen, on=house.clock.today(), with_cases=False)
    both = mapping.verdicts["hk.sfc.representative.type-9"]
    met = (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)
    expected = sorted(
        plank.lapses_on
        for plank in read_pair(both.declared, both.verified)
        if plank.state in met and plank.lapses_on
    )
    lapses = [day.on for day in days_of(house) if day.kind is NextKind.FACT_LAPSES]
    assert lapses == expected
    assert lapses, "Paper 1 of 8 November 2025 does not count for ever"


@pytest.mark.parametrize("stage", ["granted", "declined"])
def test_a_closed_case_has_nothing_ahead(house: House, stage: str) -> None:
    a_case(house, stage=stage)
    assert days_of(house) == ()


def test_past_days_are_left_out_and_the_nearest_comes_first() -> None:
    about = Text("Paper", "試卷", "试卷")
    days = [
        NextDay(NextKind.FACT_LAPSES, date(2027, 3, 1), about),
        NextDay(NextKind.REPLY_BY, date(2026, 11, 21), about),
        NextDay(NextKind.COURSE_STARTS, date(2026, 11, 22), about),
    ]
    assert [day.on for day in nearest_first(days, on=date(2026, 11, 22))] == [
        date(2026, 11, 22),
        date(2027, 3, 1),
    ]


@pytest.mark.parametrize(
    ("state", "kind"),
    [("offered", NextKind.REPLY_BY), ("confirmed", NextKind.COURSE_STARTS), ("waitlisted", None)],
)
def test_a_course_for_the_track_brings_its_own_day(
    house: House, clock: SettableClock, state: str, kind: NextKind | None
) -> None:
    a_case(house)
    enrolment = an_enrolment(house, clock, state=state, person="chen_wei")
    courses = {NextKind.REPLY_BY: enrolment.reply_by, NextKind.COURSE_STARTS: enrolment.cohort.starts_on}
    found = {day.kind: day.on for day in days_of(house) if day.kind in courses}
    assert found == ({kind: courses[kind]} if kind else {})


def test_a_course_for_another_track_says_nothing(house: House, clock: SettableClock) -> None:
    a_case(house)
    enrolment = an_enrolment(house, clock, person="chen_wei")
    enrolment.cohort.programme.tracks = ["cybersecurity"]
    house.session.commit()
    assert not {day.kind for day in days_of(house)} & {NextKind.REPLY_BY, NextKind.COURSE_STARTS}
