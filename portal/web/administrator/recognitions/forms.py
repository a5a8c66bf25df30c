"""The forms of a recognition: a search, a day to ask about, and an act with its reason."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import TextAreaField, TextField
from portal.web.forms.sending import EditForm


class SearchForm(PortalForm):
    """A reference or a name, asked with a GET."""

    words = TextField(_("Reference or name"), [Optional(quiet=True)], max_length=100, width=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)


class DayForm(PortalForm):
    """The day a status is asked for."""

    on = DateField(_("Status on the day"), [Optional(quiet=True)], called=_("The day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)


class ActForm(EditForm):
    """An act on a recognition; the holder reads the reason."""

    reason = TextAreaField(
        _("Reason"),
        [Required(_("Enter the reason. The holder reads it in the letter."))],
        hint=_(
            "Goes into the letter word for word. Write it in the holder’s language, without other people’s data."
        ),
        max_length=2000,
    )
