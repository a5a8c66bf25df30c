"""What a learner's pages show, as frozen values and sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _, ngettext

from portal.domain.enrolments import EnrolmentState, ModuleOutcome
from portal.domain.intakes import is_open_for_enrolment, next_day, offer_has_lapsed
from portal.domain.places import Jurisdiction
from portal.models.programmes import Enrolment, Module, Programme
from portal.services.intake_lists import Intake, Offering, PlaceInLine
from portal.services.preparation import OpenRequirement
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
from portal.web.formatting import by_day, day, period, spoken


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One intake: when, where, how full, and what the reader can do about it."""

    id: UUID
    code: str
    dates: str
    venue: str
    places: str
    enrol_by: str
    is_open: bool
    is_full: bool
    enrolment_id: UUID | None
    state: str
    colour: str


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module: its title, length, what it prepares for, and how it went."""

    title: str
    hours: str
    prepares: tuple[str, ...]
    outcome: str
    is_completed: bool


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """One programme as a professional reads it."""

    code: str
    title: str
    summary: str
    provider: str
    place: Jurisdiction
    city: str
    illustrative: bool
    prepares: tuple[str, ...]
    modules: tuple[ModuleRow, ...]
    intakes: tuple[IntakeRow, ...]


@dataclass(frozen=True, slots=True)
class EnrolmentPage:
    """One's own enrolment."""

    id: UUID
    version: int
    programme: str
    programme_code: str
    illustrative: bool
    intake: IntakeRow
    state: str
    colour: str
    says: str
    rows: tuple[dict[str, str], ...]
    modules: tuple[ModuleRow, ...]
    progress: Progress
    may_confirm: bool
    may_withdraw: bool


def programme_page(
    offering: Offering, open_requirements: Mapping[str, tuple[OpenRequirement, ...]], *, today: date
) -> ProgrammePage:
    """One programme with its modules and intakes, and which open requirements it prepares for."""
    programme = offering.programme
    modules = tuple(
        _module_row(module, None, open_requirements.get(module.gives, ())) for module in programme.modules
    )
    return ProgrammePage(
        code=programme.code,
        title=words(programme.title),
        summary=words(programme.summary),
        provider=words(programme.provider),
        place=programme.jurisdiction,
        city=city_name(programme.jurisdiction),
        illustrative=programme.illustrative,
        prepares=tuple(dict.fromkeys(line for row in modules for line in row.prepares)),
        modules=modules,
        intakes=tuple(intake_row(each, today=today) for each in offering.intakes),
    )


def intake_row(intake: Intake, *, today: date) -> IntakeRow:
    """One intake, with the reader's own state in it."""
    cohort, mine = intake.cohort, intake.mine
    is_full = cohort.places_taken >= cohort.places
    return IntakeRow(
        id=cohort.id,
        code=cohort.code,
        dates=period(cohort.starts_on, cohort.ends_on),
        venue=words(cohort.venue),
        places=places_sentence(cohort, intake.waiting),
        enrol_by=by_day(cohort.enrol_by),
        is_open=is_open_for_enrolment(enrol_by=cohort.enrol_by, on=today),
        is_full=is_full,
        enrolment_id=mine.id if mine else None,
        state=state_name(mine.state) if mine else "",
        colour=STATE_COLOURS[mine.state] if mine else "",
    )


def enrolment_page(enrolment: Enrolment, line: PlaceInLine | None, *, today: date) -> EnrolmentPage:
    """One's own enrolment: where it stands, what is next, how far one is."""
    cohort, programme = enrolment.cohort, enrolment.cohort.programme
    lapsed = offer_has_lapsed(enrolment.state, enrolment.reply_by, on=today)
    return EnrolmentPage(
        id=enrolment.id,
        version=enrolment.version,
        programme=words(programme.title),
        programme_code=programme.code,
        illustrative=programme.illustrative,
        intake=intake_row(Intake(cohort, line.waiting if line else 0, enrolment), today=today),
        state=state_name(enrolment.state),
        colour=STATE_COLOURS[enrolment.state],
        says=_says(enrolment, line, lapsed=lapsed),
        rows=_rows(enrolment, line, today),
        modules=_modules_with_results(programme, enrolment),
        progress=progress_of(enrolment),
        may_confirm=enrolment.state is EnrolmentState.OFFERED and not lapsed,
        may_withdraw=enrolment.state
        in (EnrolmentState.WAITLISTED, EnrolmentState.OFFERED, EnrolmentState.CONFIRMED),
    )


def _says(enrolment: Enrolment, line: PlaceInLine | None, *, lapsed: bool) -> str:
    if line is not None:
        return _(
            "You are number %(position)s in a line of %(waiting)s. We offer you a place when one becomes free.",
            position=line.position,
            waiting=line.waiting,
        )
    if lapsed:
        return _("You did not confirm this place in time, so it goes to the next in the line.")
    if enrolment.state is EnrolmentState.OFFERED and enrolment.reply_by is not None:
        return _(
            "A place is kept for you. Confirm it %(by_day)s, or it goes to the next in the line.",
            by_day=by_day(enrolment.reply_by),
        )
    return {
        EnrolmentState.CONFIRMED: _("Your place is confirmed."),
        EnrolmentState.COMPLETED: _(
            "You completed every module. The completion stands among your credentials, verified."
        ),
        EnrolmentState.NOT_COMPLETED: _("The course ended without completion. Your results stand below."),
        EnrolmentState.WITHDRAWN: _("You gave up this place. You may enrol again while enrolment is open."),
    }.get(enrolment.state, "")


def _rows(enrolment: Enrolment, line: PlaceInLine | None, today: date) -> tuple[dict[str, str], ...]:
    cohort = enrolment.cohort
    rows = [
        {"key": _("Cohort"), "value": cohort.code},
        {"key": _("Course"), "value": period(cohort.starts_on, cohort.ends_on)},
        {"key": _("Where"), "value": words(cohort.venue)},
    ]
    coming = next_day(enrolment.state, starts_on=cohort.starts_on, ends_on=cohort.ends_on, on=today)
    if line is not None:
        rows.insert(
            0, {"key": _("Your place in the line"), "value": _("Number %(position)s", position=line.position)}
        )
    if enrolment.state is EnrolmentState.OFFERED and enrolment.reply_by is not None:
        rows.insert(0, {"key": _("Confirm"), "value": by_day(enrolment.reply_by)})
    if coming is not None:
        rows.insert(0, {"key": _("Next date"), "value": day(coming)})
    return tuple(rows)


def _modules_with_results(programme: Programme, enrolment: Enrolment) -> tuple[ModuleRow, ...]:
    outcomes = {each.module_id: each.outcome for each in enrolment.results}
    return tuple(_module_row(module, outcomes.get(module.id), ()) for module in programme.modules)


def _module_row(
    module: Module, outcome: ModuleOutcome | None, requirements: tuple[OpenRequirement, ...]
) -> ModuleRow:
    return ModuleRow(
        title=words(module.title),
        hours=ngettext("%(num)s hour", "%(num)s hours", module.hours),
        prepares=tuple(
            _(
                "%(city)s, %(target)s: %(clause)s",
                city=city_name(each.jurisdiction),
                target=spoken(each.target),
                clause=spoken(each.clause),
            )
            for each in requirements
        ),
        outcome=outcome_name(outcome),
        is_completed=outcome is ModuleOutcome.COMPLETED,
    )
