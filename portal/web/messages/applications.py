"""Sentences for refusals: applications."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {
    "application.unknown_track": _("Choose a track from the list."),
    "application.unknown_target": _("Choose what to apply for from the list."),
    "application.one_target_a_side": _("Choose one target for each side."),
    "application.no_side": _("Choose what to apply for on at least one side."),
    "application.already_open": _(
        "You already have an open application for this, %(reference)s. Go on with that one, or withdraw it first."
    ),
    "application.already_granted": _(
        "You already hold this recognition, from your application %(reference)s."
    ),
    "application.no_name": _("Enter your name under “About me” before you submit."),
    "application.nothing_declared": _(
        "Register a credential or a period of work before you submit. Without one there is nothing to assess."
    ),
    "application.declarations_missing": _("Give the declarations and consents before you submit."),
    "declarations.wording_changed": _(
        "The wording has changed since you opened this page. Read it again, then tick each statement."
    ),
    "declarations.truth_missing": _("Tick the statement that what you declared is true."),
    "declarations.machine_mapping_missing": _("Tick the statement about the comparison by a program."),
    "declarations.sharing_missing": _("Tick the statement about the officers who read your file."),
    "declarations.crossing_missing": _("Tick the statement about your file crossing the boundary."),
    "review.clauses_missing": _("Choose at least one requirement."),
    "review.reason_missing": _("Say in your own words what the program got wrong."),
    "review.reason_too_long": _("Use at most %(most)s characters."),
    "review.already_open": _("You have asked for a review of this case already. Wait for the answer."),
    "review.unanswered": _(
        "The applicant asked for a human review. Answer it before you recommend or decide."
    ),
    "review.answer_missing": _("Enter the reasons. The applicant reads them."),
    "review.already_answered": _(
        "This request is closed: it was answered, or the application was withdrawn."
    ),
    "mail.nothing_failed": _("None of these e-mails has failed any more. Somebody else tried them again."),
    "rules.not_yet_in_force": _("The rules asked for had not begun on that day."),
}
