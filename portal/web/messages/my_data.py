"""Sentences for refusals: export, consents, erasure."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {
    "export.under_way": _("Your export is being made already. Wait until it is ready."),
    "consent.not_standing": _("This consent is not in force any more, so there is nothing left to stop."),
    "erasure.open_cases": _(
        "Officers are still working on an application of yours. Agree to withdraw it, or wait for the decision."
    ),
    "erasure.staff_account": _(
        "This account also acts for others, and what it signed needs its author. Write to the operator to erase it."
    ),
}
