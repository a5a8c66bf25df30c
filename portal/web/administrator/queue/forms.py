"""The filters of the queue, asked with a GET so that a view of it has an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext as _

from portal.domain.cases import Stage
from portal.domain.rules.catalogue import Track
from portal.services.queue import LISTED
from portal.services.queue_order import QueueFilter
from portal.web.administrator.words import STAGES
from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Optional
from portal.web.forms.fields import CheckboxField, SelectChoice, SelectField, TextField
from portal.web.languages import current_language


class QueueForm(PortalForm):
    """What to show: a stage, a track, mine or nobody's, a reference or a name."""

    words = TextField(_("Reference or name"), [Optional(quiet=True)], max_length=100, width=20)
    stage = SelectField(_("Stage"), [Optional(quiet=True)], empty=_("Everything on the desk"))
    track = SelectField(_("Track"), [Optional(quiet=True)], empty=_("All tracks"))
    mine = CheckboxField(_("Assigned to me"))
    unassigned = CheckboxField(_("Assigned to nobody"))

    def __init__(self, tracks: Iterable[Track], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)
        locale = current_language().locale
        self.stage.choices = [SelectChoice(stage.value, gettext(STAGES[stage][0])) for stage in LISTED]
        self.track.choices = [SelectChoice(one.id, one.title.in_language(locale)) for one in tracks]

    def wanted(self, after: str) -> QueueFilter:
        """The filter as asked."""
        return QueueFilter(
            stage=Stage(self.stage.data) if self.stage.data else None,
            track=self.track.data or None,
            mine=bool(self.mine.data),
            unassigned=bool(self.unassigned.data),
            words=self.words.data or "",
            after=after,
        )
