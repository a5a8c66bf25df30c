"""A day asked for in an address: typed in three boxes, or kept as ``on=2026-12-01``.

Owns the form with which a page asks on which day the rules are read. Asked with a GET, so that
every answer has an address. It must not know what is read on that day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Optional
from portal.web.forms.dates import DateField
from portal.web.languages import current_language
from portal.wording.dates import long_day

_PARTS = ("day", "month", "year")


class AskedDayForm(PortalForm):
    """The day on which the rules are read. ``earliest`` is the first day there is an answer for."""

    on = DateField(_("On the day"), [Optional(quiet=True)], hint="", called=_("The day"))

    def __init__(self, earliest: date | None = None, **kwargs: Any) -> None:
        super().__init__(meta={"csrf": False}, **kwargs)
        self.earliest = earliest

    def validate_on(self, field: DateField) -> None:
        """Refuse a day before the first version: an older law is not guessed."""
        if self.earliest and field.data and field.data < self.earliest:
            began = long_day(self.earliest, current_language())
            raise ValidationError(
                gettext("These rules began on %(day)s. Choose that day or a later one.", day=began)
            )

    def show(self, day: date) -> None:
        """Put the day that was answered into the boxes."""
        self.on.data = day
        self.on.typed = {part: str(getattr(day, part.value)) for part in self.on.parts}


def spread_day(asked: MultiDict[str, str]) -> MultiDict[str, str]:
    """Let an address say ``on=2026-12-01`` where the form's boxes say it in three parts.

    What cannot be read as a day goes into the boxes as it came, where the form refuses it.
    """
    written = asked.get("on", "").strip()
    if not written or any(f"on-{part}" in asked for part in _PARTS):
        return asked
    spread = MultiDict(asked)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        spread["on-day"] = written[:20]
        return spread
    for part in _PARTS:
        spread[f"on-{part}"] = str(getattr(day, part))
    return spread
