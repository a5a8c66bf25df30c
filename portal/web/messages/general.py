"""Sentences for refusals that any room may raise."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {
    "row.changed": _(
        "Someone changed this while you were reading it. Look at the new version, then try again."
    ),
    "form.already_sent": _("This form was already sent. Nothing was done twice."),
    "actor.lacks_role": _("Your account does not have the role this needs."),
    "rules.no_longer_in_force": _("This rule was no longer in force on that day."),
    "appointment.needs_jurisdiction": _(
        "Officers and programme managers belong to one jurisdiction; others to none."
    ),
    "page.not_found": _("We cannot find this page."),
    "case.not_in_stage": _(
        "The case has moved on since you opened this page, so this step is no longer possible."
    ),
}
