"""The form with which a reader looks for a target; sent by GET, so that an answer can be bookmarked."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.domain.search import LONGEST_QUERY
from portal.web.forms.base import PortalForm
from portal.web.forms.fields import TextField


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
