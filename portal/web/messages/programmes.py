"""Sentences for refusals: programmes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {
    "programme.code_taken": _("Another programme has this code. Choose another one."),
    "programme.unknown_track": _("Choose at least one of the tracks listed."),
    "programme.already_running": _(
        "People are enrolled in this programme, so its modules and what they give can no longer be changed."
    ),
    "module.code_taken": _("Another module of this programme has this code. Choose another one."),
    "module.cannot_give": _(
        "A module can only give a completion record of the programme. Choose one from the list."
    ),
    "module.hours_out_of_range": _("Enter the hours as a number from 1 to %(most)s."),
    "cohort.code_taken": _("Another cohort of this programme has this code. Choose another one."),
    "cohort.starts_in_the_past": _("The course must start today or later."),
    "cohort.ends_before_it_starts": _("The last day of the course must not be before its first day."),
    "cohort.enrolment_after_start": _(
        "The last day for enrolling must not be after the first day of the course."
    ),
    "cohort.places_out_of_range": _("Enter the places as a number from 1 to %(most)s."),
    "cohort.places_are_taken": _("Places cannot go below those taken: %(taken)s."),
    "cohort.nothing_to_pass_on": _("Every place that was offered is confirmed, or can still be confirmed."),
    "cohort.closed": _("Enrolment in this cohort has closed. Look for a later one."),
    "enrolment.already_there": _("You are in this cohort already. Look at your enrolment."),
    "enrolment.reply_too_late": _(
        "The day to confirm this place has passed, and the place goes to the next in the line."
    ),
    "enrolment.not_in_state": _(
        "This enrolment has moved on since you opened the page, so this step is no longer possible."
    ),
    "enrolment.not_confirmed": _("Results can be recorded for confirmed learners only."),
    "enrolment.modules_missing": _(
        "Not every module is completed yet. Record the results that are missing: %(missing)s."
    ),
    "result.in_the_future": _("The day of the result must be today or in the past."),
    "result.before_the_course": _("The day of the result must not be before the first day of the course."),
}
