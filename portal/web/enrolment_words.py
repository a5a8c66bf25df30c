"""How enrolments are spoken of, alike to learners and to those who run the programmes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _, ngettext

from portal.domain.enrolments import EnrolmentState, ModuleOutcome
from portal.domain.texts import Text
from portal.models.programmes import Cohort, Enrolment
from portal.web.formatting import spoken

STATE_COLOURS = {
    EnrolmentState.WAITLISTED: "yellow",
    EnrolmentState.OFFERED: "blue",
    EnrolmentState.CONFIRMED: "turquoise",
    EnrolmentState.COMPLETED: "green",
    EnrolmentState.NOT_COMPLETED: "grey",
    EnrolmentState.WITHDRAWN: "grey",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: numbers for the picture, a sentence beside it."""

    completed: int
    modules: int
    sentence: str


def state_name(state: EnrolmentState) -> str:
    """An enrolment's state in a few words."""
    return {
        EnrolmentState.WAITLISTED: _("In the line"),
        EnrolmentState.OFFERED: _("Place to confirm"),
        EnrolmentState.CONFIRMED: _("Confirmed"),
        EnrolmentState.COMPLETED: _("Completed"),
        EnrolmentState.NOT_COMPLETED: _("Not completed"),
        EnrolmentState.WITHDRAWN: _("Given up"),
    }[state]


def outcome_name(outcome: ModuleOutcome | None) -> str:
    """How a module went; a module without a result is still to come."""
    if outcome is None:
        return _("No result yet")
    return _("Completed") if outcome is ModuleOutcome.COMPLETED else _("Not completed")


def words(text: Mapping[str, str]) -> str:
    """A text kept in three languages, in the reader's."""
    return spoken(Text.from_json(text))


def progress_of(enrolment: Enrolment, *, modules: int | None = None) -> Progress:
    """How many modules are completed, of how many."""
    completed = sum(each.outcome is ModuleOutcome.COMPLETED for each in enrolment.results)
    of = len(enrolment.cohort.programme.modules) if modules is None else modules
    return Progress(completed, of, _("%(done)s of %(all)s modules completed.", done=completed, all=of))


def places_sentence(cohort: Cohort, waiting: int) -> str:
    """How many places are free, or how many people wait for one."""
    free = cohort.places - cohort.places_taken
    if free > 0:
        return ngettext(
            "%(num)s place free of %(all)s.", "%(num)s places free of %(all)s.", free, all=cohort.places
        )
    return ngettext("Full. %(num)s person is in the line.", "Full. %(num)s people are in the line.", waiting)
