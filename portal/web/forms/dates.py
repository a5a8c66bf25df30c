"""Dates as people type them: in three boxes, in the order their language expects.

Owns the reading of typed days and months and the messages when they make no
sense. It never raises on what a browser sends, and gives back exactly what was
typed. What a date means to a form (past, after another) is in ``checks.py``.
"""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from portal.web.forms.widgets import Validators, draw, drawn_by_itself, explained, title_of
from portal.web.languages import current_language
from portal.wording.languages import DateOrder

_EARLIEST: Final = 1900
_LATEST: Final = 2199


class Part(StrEnum):
    """One box of a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateField(Field):
    """A day in three boxes. Its value is a date, or nothing when none can be read.

    ``called`` is what messages call the date when the label is a question.
    """

    widget = drawn_by_itself
    parts: Sequence[Part] = (Part.DAY, Part.MONTH, Part.YEAR)

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str | None = None,
        called: str | None = None,
        birthday: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.hint_text, self.called, self.birthday = hint, called, birthday
        self.typed: dict[Part, str] = {}
        self.wrong: tuple[Part, ...] = ()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the boxes when the form was sent, the value kept before when it was not."""
        self.process_errors: list[str] = []
        if data is unset_value:
            data = self.default() if callable(self.default) else self.default
        self.object_data = self.data = data if isinstance(data, date) else None
        if formdata is not None:
            self._read(formdata)
        elif self.data is not None:
            self.typed = {part: str(getattr(self.data, part.value)) for part in self.parts}
        for apply in self.filters:
            self.data = apply(self.data)

    def _read(self, formdata: Any) -> None:
        self.typed = {part: str(formdata.get(self._box_name(part), "")).strip() for part in self.parts}
        self.raw_data = ["".join(self.typed.values())]
        self.data = None
        if not self.raw_data[0]:
            return
        try:
            self.data = self._date_typed()
        except ValueError as problem:
            self.process_errors.append(str(problem))

    def _date_typed(self) -> date:
        """Make sense of the boxes; refuses with ``ValueError`` carrying the message to show."""
        missing = tuple(part for part in self.parts if not self.typed[part])
        if missing:
            self.wrong = missing
            raise ValueError(self._missing(missing[0]))
        numbers = {part: _number(self.typed[part], part) for part in self.parts}
        year = numbers[Part.YEAR]
        if year is not None and not _EARLIEST <= year <= _LATEST:
            self.wrong = (Part.YEAR,)
            raise ValueError(
                _("%(date)s must have a year of four digits, such as 2026.", date=self._called())
            )
        try:
            return date(year or 0, numbers[Part.MONTH] or 0, numbers.get(Part.DAY, 1) or 0)
        except ValueError:
            self.wrong = tuple(self.parts)
            raise ValueError(_("%(date)s must be a real date.", date=self._called())) from None

    def _missing(self, part: Part) -> str:
        sentences = {
            Part.DAY: _("%(date)s must include a day.", date=self._called()),
            Part.MONTH: _("%(date)s must include a month.", date=self._called()),
            Part.YEAR: _("%(date)s must include a year.", date=self._called()),
        }
        return sentences[part]

    def pre_validate(self, form: Any) -> None:
        """Stop at a date that cannot be read: nothing else can be said about it."""
        if self.process_errors:
            raise ValidationError

    @property
    def first_control(self) -> str:
        """The first box that has to be mended, in the reader's order."""
        order = self.boxes
        box = next((part for part in order if part in self.wrong), order[0])
        return f"{self.id}-{box}"

    @property
    def boxes(self) -> list[Part]:
        """The boxes in the order the reader's language writes a date."""
        boxes = list(self.parts)
        return boxes[::-1] if current_language().date_order is DateOrder.YEAR_FIRST else boxes

    def drawn(self, **wishes: Any) -> Markup:
        if "label_classes" in wishes:
            wishes["legend_classes"] = wishes.pop("label_classes")
        options = explained(self, **wishes)
        options["hint"] = self._hint() or None
        return draw(
            "date_input",
            title_of(self),
            parts=[self._box(part) for part in self.boxes],
            name_prefix=self.name,
            **options,
        )

    def _box(self, part: Part) -> dict[str, Any]:
        at_fault = bool(self.errors) and (not self.wrong or part in self.wrong)
        width = 4 if part is Part.YEAR else 2
        return {
            "name": part.value,
            "label": _box_label(part),
            "value": self.typed.get(part, ""),
            "classes": f"govuk-input--width-{width}",
            "error": at_fault,
            "autocomplete": f"bday-{part}" if self.birthday else None,
        }

    def _hint(self) -> str:
        if self.hint_text is not None:
            return str(self.hint_text)
        return self._example()

    def _example(self) -> str:
        return _("For example, 27 3 2019.")

    def _called(self) -> str:
        return str(self.called or self.label.text)

    def _box_name(self, part: Part) -> str:
        return f"{self.name}-{part}"


class MonthField(DateField):
    """A month in two boxes; its value is the first day of that month."""

    parts = (Part.MONTH, Part.YEAR)

    def _example(self) -> str:
        return _("For example, 3 2019.")


def _box_label(part: Part) -> str:
    return {Part.DAY: _("Day"), Part.MONTH: _("Month"), Part.YEAR: _("Year")}[part]


def _number(typed: str, part: Part) -> int | None:
    """Read a number, full-width digits included, or the English name of a month."""
    if typed.isdecimal() and len(typed) <= 4:
        return int(typed)
    if part is Part.MONTH and len(typed) >= 3:
        names = [name.lower() for name in month_abbr]
        beginning = typed[:3].lower()
        return names.index(beginning) if beginning in names else None
    return None
