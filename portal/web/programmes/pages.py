"""What the manager's pages show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _, ngettext

from portal.domain.enrolments import EnrolmentState
from portal.domain.intakes import offer_has_lapsed
from portal.models.people import Person
from portal.models.programmes import Cohort, Enrolment, Programme
from portal.services.house import House
from portal.services.intake_lists import Learner, Offering
from portal.services.programmes import AWARDED_BY_PROGRAMMES
from portal.web.bridge import city_name
from portal.web.enrolment_words import (
    STATE_COLOURS,
    Progress,
    outcome_name,
    places_sentence,
    progress_of,
    state_name,
    words,
)
from portal.web.formatting import by_day, day, moment, period, spoken

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One intake of the manager's list."""

    id: UUID
    code: str
    dates: str
    places: str


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """One programme of the manager's list."""

    code: str
    title: str
    city: str
    illustrative: bool
    modules: str
    cohorts: tuple[CohortRow, ...]


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One person in a cohort or in its line."""

    enrolment_id: UUID
    name: str
    state: str
    colour: str
    note: str
    progress: Progress
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class CohortPage:
    """One intake with everybody in it and everybody in its line."""

    id: UUID
    version: int
    programme: str
    code: str
    illustrative: bool
    rows: tuple[Row, ...]
    learners: tuple[LearnerRow, ...]
    line: tuple[LearnerRow, ...]
    has_lapsed_offers: bool


@dataclass(frozen=True, slots=True)
class LearnerPage:
    """One learner, as the pages for results and completion show them."""

    enrolment_id: UUID
    version: int
    cohort_id: UUID
    cohort: str
    programme: str
    illustrative: bool
    name: str
    results: tuple[tuple[str, str, str], ...]
    progress: Progress
    gives: tuple[str, ...]
    is_complete: bool


def programme_card(offering: Offering) -> ProgrammeCard:
    """One programme of the manager's list."""
    programme = offering.programme
    return ProgrammeCard(
        code=programme.code,
        title=words(programme.title),
        city=city_name(programme.jurisdiction),
        illustrative=programme.illustrative,
        modules=ngettext("%(num)s module", "%(num)s modules", len(programme.modules)),
        cohorts=tuple(
            CohortRow(
                each.cohort.id,
                each.cohort.code,
                period(each.cohort.starts_on, each.cohort.ends_on),
                places_sentence(each.cohort, each.waiting),
            )
            for each in offering.intakes
        ),
    )


def cohort_page(cohort: Cohort, learners: list[Learner], *, today: date) -> CohortPage:
    """One intake with its learners and its line."""
    rows = [_learner_row(cohort, each, today) for each in learners]
    waiting = {each.enrolment.id for each in learners if each.enrolment.state is EnrolmentState.WAITLISTED}
    return CohortPage(
        id=cohort.id,
        version=cohort.version,
        programme=words(cohort.programme.title),
        code=cohort.code,
        illustrative=cohort.programme.illustrative,
        rows=cohort_rows(cohort, len(waiting)),
        learners=tuple(row for row in rows if row.enrolment_id not in waiting),
        line=tuple(row for row in rows if row.enrolment_id in waiting),
        has_lapsed_offers=any(_has_lapsed(each.enrolment, today) for each in learners),
    )


def cohort_rows(cohort: Cohort, waiting: int) -> tuple[Row, ...]:
    """An intake as it stands now."""
    return (
        {"key": _("Course"), "value": period(cohort.starts_on, cohort.ends_on)},
        {"key": _("Enrol"), "value": by_day(cohort.enrol_by)},
        {"key": _("Where"), "value": words(cohort.venue)},
        {"key": _("Places"), "value": places_sentence(cohort, waiting)},
    )


def programme_rows(programme: Programme) -> tuple[Row, ...]:
    """A programme as it stands now."""
    return (
        {"key": _("Programme"), "value": words(programme.title)},
        {"key": _("Summary"), "value": words(programme.summary)},
        {"key": _("Provider"), "value": words(programme.provider)},
    )


def learner_page(house: House, enrolment: Enrolment, person: Person) -> LearnerPage:
    """One learner with every module's result."""
    programme = enrolment.cohort.programme
    results = {each.module_id: each for each in enrolment.results}
    progress = progress_of(enrolment)
    return LearnerPage(
        enrolment_id=enrolment.id,
        version=enrolment.version,
        cohort_id=enrolment.cohort_id,
        cohort=enrolment.cohort.code,
        programme=words(programme.title),
        illustrative=programme.illustrative,
        name=name_of(person),
        results=tuple(
            (
                words(module.title),
                outcome_name(found.outcome) if (found := results.get(module.id)) else outcome_name(None),
                day(found.on) if found else "–",
            )
            for module in programme.modules
        ),
        progress=progress,
        gives=tuple(award_name(house, each.gives) for each in programme.modules if each.gives),
        is_complete=bool(progress.modules) and progress.completed == progress.modules,
    )


def name_of(person: Person) -> str:
    """A learner's name in the scripts they gave, or that they gave none."""
    return " · ".join(filter(None, (person.name_latin, person.name_chinese))) or _("No name given yet")


def award_name(house: House, code: str) -> str:
    """A completion record's title in the catalogue."""
    found = house.rulebook.qualifications.get(code)
    return spoken(found.title) if found else code


def award_choices(house: House) -> list[tuple[str, str]]:
    """What a module can give: the completion records of the catalogue."""
    return [
        (code, spoken(entry.title))
        for code, entry in house.rulebook.qualifications.items()
        if code.startswith(AWARDED_BY_PROGRAMMES)
    ]


def _learner_row(cohort: Cohort, learner: Learner, today: date) -> LearnerRow:
    enrolment = learner.enrolment
    return LearnerRow(
        enrolment_id=enrolment.id,
        name=name_of(learner.person),
        state=state_name(enrolment.state),
        colour=STATE_COLOURS[enrolment.state],
        note=_note(enrolment, today),
        progress=_progress(cohort, enrolment),
        is_confirmed=enrolment.state is EnrolmentState.CONFIRMED,
    )


def _progress(cohort: Cohort, enrolment: Enrolment) -> Progress:
    # The cohort's own object, so that no row asks for its cohort again.
    return progress_of(enrolment, modules=len(cohort.programme.modules))


def _note(enrolment: Enrolment, today: date) -> str:
    if _has_lapsed(enrolment, today):
        return _("Not confirmed in time")
    if enrolment.state is EnrolmentState.OFFERED and enrolment.reply_by is not None:
        return _("To confirm %(by_day)s", by_day=by_day(enrolment.reply_by))
    return _("Asked on %(moment)s", moment=moment(enrolment.requested_at))


def _has_lapsed(enrolment: Enrolment, today: date) -> bool:
    return offer_has_lapsed(enrolment.state, enrolment.reply_by, on=today)
