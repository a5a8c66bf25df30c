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
    "rules.not_yet_in_force": _("The rules asked for had not begun on that day."),
}
