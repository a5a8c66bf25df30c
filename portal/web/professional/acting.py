"""How every form of the professional's records is answered: all faults at once, then one act.

Owns the order: what the browser sent is read, what makes no sense is put at its field, and only a
form without faults reaches the use case. It must not know any one form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from portal.domain.errors import Refused
from portal.web.forms.base import PortalForm
from portal.web.forms.sending import EditForm
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once


def acted(
    form: PortalForm, act: Callable[[], str], *, problems: Callable[[], Iterable[Refused]] = tuple
) -> str | None:
    """Run the act of a form; gives its result, or none when something has to be mended first.

    A field that already has a fault gets no second one: the first has to be mended anyway.
    """
    form.validate()
    if isinstance(form, EditForm):
        # No version, or nonsense in its place, is no slip of the reader's: the form counts as stale.
        form.version.errors = []
    for problem in problems():
        _put(form, problem)
    if form.has_errors:
        return None
    try:
        return sent_once(act)
    except Refused as refusal:
        _put(form, refusal)
        return None


def renew(form: EditForm, version: int) -> None:
    """Let a stale form, once its reader has seen both sides, be sent again as it is."""
    form.version.data = version
    form.version.raw_data = None


def _put(form: PortalForm, refusal: Refused) -> None:
    field = form._fields.get(refusal.field) if refusal.field else None
    if field is None or not field.errors:
        form.refuse(message_for(refusal), field=refusal.field)
