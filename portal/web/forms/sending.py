"""Forms that act: one act however often they are sent, and none on a page that has grown stale.

Owns the two hidden fields that travel with a form: ``once``, the key under which the act is done,
and ``version``, the state of the row the reader saw. It must not know what the act is.
"""

from __future__ import annotations

import secrets
from typing import Any

from wtforms import HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from portal.web.forms.base import PortalForm


class OnceForm(PortalForm):
    """A form that creates or acts. Give ``form.once.data`` to the use case as ``once``."""

    once = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.once.data:
            self.once.data = secrets.token_urlsafe(18)


class EditForm(OnceForm):
    """A form that changes a row. ``version`` is the row's version when the page was drawn."""

    version = IntegerField(widget=HiddenInput())

    @property
    def seen_version(self) -> int:
        """The version the reader saw; -1, which no row has, when the browser sent none."""
        return self.version.data if self.version.data is not None else -1
