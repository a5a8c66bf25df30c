"""The next day that matters to each open case, where the facts know one; a day is never promised.

Owns the four kinds of days: a condition is due, a fact the case rests on lapses, an offered place must
be answered, a course begins. It must not know pages, and it must not guess how long officers take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from portal.domain.cases import Stage
from portal.domain.enrolments import EnrolmentState
from portal.domain.people import Actor, own_person
from portal.domain.rules.explanation import PlankState, read_pair
from portal.domain.texts import Text
from portal.models.programmes import Cohort, Enrolment, Programme
from portal.services.house import House
from portal.services.mapping import Verdicts
from portal.services.own_cases import OwnCase

_MET = (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)


class NextKind(StrEnum):
    """What comes on a day."""

    CONDITION_DUE = "condition_due"
    FACT_LAPSES = "fact_lapses"
    REPLY_BY = "reply_by"
    COURSE_STARTS = "course_starts"


@dataclass(frozen=True, slots=True)
class NextDay:
    """A day to come, and what it is about: a condition, a requirement, or a programme."""

    kind: NextKind
    on: date
    about: Text


def has_days_ahead(case: OwnCase) -> bool:
    """True while something may still come: the case is open, or its conditions run."""
    return case.is_open or (case.stage is Stage.GRANTED_WITH_CONDITIONS and not case.is_revoked)


def next_days(
    house: House, actor: Actor, cases: Iterable[tuple[str, OwnCase]], verdicts: Mapping[str, Verdicts]
) -> dict[UUID, tuple[NextDay, ...]]:
    """The days to come of each case, the nearest first; none where no fact knows one.

    ``cases`` come with the track they were applied for in, ``verdicts`` by target as they are
    today. One statement, and none without a case that has something ahead.
    """
    asked = [(track, case) for track, case in cases if has_days_ahead(case)]
    if not asked:
        return {}
    today = house.clock.today()
    courses = _courses(house, own_person(actor))
    return {
        case.id: nearest_first(
            (
                *(NextDay(NextKind.CONDITION_DUE, one.due_on, one.title) for one in case.due if one.due_on),
                *_lapses(verdicts.get(case.target)),
                *(day for tracks, day in courses if track in tracks),
            ),
            on=today,
        )
        for track, case in asked
    }


def nearest_first(days: Iterable[NextDay], *, on: date) -> tuple[NextDay, ...]:
    """The days that are not past, in their order."""
    return tuple(sorted((day for day in days if day.on >= on), key=lambda day: (day.on, day.kind)))


def _lapses(verdicts: Verdicts | None) -> Iterable[NextDay]:
    """When a requirement that is met today ceases to be, if nothing changes."""
    if verdicts is None:
        return
    clauses = verdicts.target.in_force(verdicts.declared.on).clauses
    for plank in read_pair(verdicts.declared, verdicts.verified):
        if plank.state in _MET and plank.lapses_on:
            yield NextDay(NextKind.FACT_LAPSES, plank.lapses_on, clauses[plank.clause_id].title)


def _courses(house: House, person_id: UUID) -> Sequence[tuple[Sequence[str], NextDay]]:
    """What the person's enrolments bring, each with the tracks its programme serves."""
    rows = house.session.execute(
        select(Enrolment.state, Enrolment.reply_by, Cohort.starts_on, Programme.title, Programme.tracks)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.state.in_((EnrolmentState.OFFERED, EnrolmentState.CONFIRMED)),
        )
    )
    return [
        (tracks, NextDay(NextKind.REPLY_BY, reply_by, Text.from_json(title)))
        if state is EnrolmentState.OFFERED and reply_by
        else (tracks, NextDay(NextKind.COURSE_STARTS, starts_on, Text.from_json(title)))
        for state, reply_by, starts_on, title, tracks in rows
    ]
