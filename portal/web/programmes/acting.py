"""How the manager's forms are answered: done once, or shown again with everything typed.

Owns the statuses: 422 for what has to be mended, 409 when somebody changed the row meanwhile. In
both the form comes back as it was typed, in the second beside the row as it stands now.
"""

from __future__ import annotations

from collections.abc import Callable

from portal.domain.errors import Conflict, Refused
from portal.web.forms.base import PortalForm
from portal.web.forms.sending import EditForm
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once

MEND = 422
CHANGED = 409


def acted(form: PortalForm, act: Callable[[], str]) -> tuple[str, int]:
    """Run the act of a form that was sent; gives its result, or an empty one and the status to show."""
    form.validate()
    if form.has_errors:
        return "", MEND
    try:
        return sent_once(act), 303
    except Refused as refusal:
        form.refuse(message_for(refusal), field=refusal.field)
        return "", MEND
    except Conflict as conflict:
        if conflict.code != "row.changed":
            raise
        form.refuse(message_for(conflict))
        return "", CHANGED


def see_version(form: EditForm, version: int) -> None:
    """Let a form that was overtaken go on from the row it now stands beside."""
    form.version.data = version
    form.version.raw_data = None  # else the field draws what the browser sent
