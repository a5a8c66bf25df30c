"""The question the mapping page answers, and the mark that its answer was seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from portal.domain.rules.catalogue import Track
from portal.web.asked_day import AskedDayForm
from portal.web.forms.checks import Optional
from portal.web.forms.fields import SelectChoice, SelectField
from portal.web.forms.sending import OnceForm


class MappingForm(AskedDayForm):
    """Asked with a GET, so that every answer has an address that can be kept."""

    track = SelectField(_("Track"), [Optional(quiet=True)])

    def __init__(self, tracks: Iterable[Track], language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.track.choices = [SelectChoice(track.id, track.title.in_language(language)) for track in tracks]


class SeenForm(OnceForm):
    """Nothing to fill in: ``seen`` names what the page showed, ``back_to`` the track to return to."""

    back_to = HiddenField()
    seen = HiddenField()
