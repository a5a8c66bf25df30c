"""How every form of the officers is answered: one act, or the page again with what was typed.

Owns the way from a refusal to the form: at its field with 422, or, when somebody changed the row
meanwhile, with 409 on a page that shows the new state beside what was typed. Whatever else went
wrong has its own page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.domain.errors import Conflict, Refused
from portal.web.forms.sending import EditForm
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once


@dataclass(frozen=True, slots=True)
class Answer:
    """How sending a form ended: ``result`` when it was done, else the status of the page shown again."""

    result: str | None
    status: int


def answered(form: EditForm, act: Callable[[], str]) -> Answer:
    """Run the act of a form that was sent; a form with faults runs nothing."""
    if not form.is_submitted():
        return Answer(None, 200)
    if not form.validate():
        return Answer(None, 422)
    try:
        return Answer(sent_once(act), 303)
    except Refused as refusal:
        form.refuse(message_for(refusal), field=refusal.field)
        return Answer(None, 422)
    except Conflict as conflict:
        if conflict.code != "row.changed":
            raise
        form.refuse(message_for(conflict))
        return Answer(None, 409)


def carry(form: EditForm, version: int, answer: Answer) -> None:
    """Give a form the version its page shows: a new form always, a stale one once it was told so."""
    if answer.status in (200, 409):
        form.version.data = version
        form.version.raw_data = None
