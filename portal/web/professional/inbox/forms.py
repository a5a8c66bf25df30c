"""The mark of an inbox. Marking twice is marking once, so its form needs no key of its own."""

from __future__ import annotations

from uuid import UUID

from wtforms import HiddenField

from portal.web.forms.base import PortalForm


class ReadForm(PortalForm):
    """Marks everything as read, up to the newest line that the page showed."""

    newest = HiddenField()

    @property
    def newest_key(self) -> UUID:
        """The line's key; one that cannot be read marks nothing."""
        try:
            return UUID(self.newest.data or "")
        except ValueError:
            return UUID(int=0)
