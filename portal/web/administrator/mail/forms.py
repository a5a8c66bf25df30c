"""Trying failed e-mails again: which kind of which day."""

from __future__ import annotations

from datetime import date

from wtforms import HiddenField

from portal.web.forms.sending import OnceForm


class TryAgainForm(OnceForm):
    """Nothing to fill in: the row it stands in is named by its kind and day."""

    kind = HiddenField()
    on = HiddenField()

    @property
    def day(self) -> date:
        """The day of the row; one that cannot be read is a day on which nothing failed."""
        try:
            return date.fromisoformat(self.on.data or "")
        except ValueError:
            return date(1970, 1, 1)
