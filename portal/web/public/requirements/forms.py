"""The forms with which a reader looks for a target or a source; sent by GET, so that an answer can be bookmarked."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l

from portal.domain.search import LONGEST_QUERY
from portal.web.forms.base import PortalForm
from portal.web.forms.fields import SelectChoice, SelectField, TextField
from portal.web.public.requirements.sources import KINDS


class TargetSearchForm(PortalForm):
    """What somebody calls a licence, a title, an authority or a paper."""

    class Meta(PortalForm.Meta):
        csrf = False

    q = TextField(
        _l("Find a requirement"),
        hint=_l("An authority, a title, a paper or an abbreviation, in any of the three languages."),
        max_length=LONGEST_QUERY,
        autocomplete="off",
        spellcheck=False,
    )


class SourceFilterForm(PortalForm):
    """What somebody remembers of a source, and how near it stands to its publisher."""

    class Meta(PortalForm.Meta):
        csrf = False

    q = TextField(
        _l("Publisher, title, or a requirement that rests on it"),
        max_length=LONGEST_QUERY,
        autocomplete="off",
        spellcheck=False,
    )
    kind = SelectField(_l("What was read"), empty=_l("Any of these"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [SelectChoice(kind, _(word)) for kind, word in KINDS.items()]
