"""What a form asks of an answer beyond its type, said as an instruction.

Owns the checks several forms share. A check's sentence is the form's, because
only the form knows what was asked; where none is given the check has a plain
one. Present time comes from the application's clock, never from the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import current_app
from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import Optional as WTFOptional, StopValidation, ValidationError

if TYPE_CHECKING:
    from portal.services.house import House

CLOCK = "portal_clock"


def today() -> date:
    """Ask the application's clock for the present day: the one handed in, else the house's."""
    ask: Callable[[], date] | None = current_app.extensions.get(CLOCK)
    if ask is not None:
        return ask()
    house: House = current_app.extensions["house"]
    return house.clock.today()


class Required:
    """Refuses an empty answer with the form's own instruction, such as "Enter your date of birth."."""

    field_flags = {"required": False}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Field) -> None:
        if getattr(field, "process_errors", None):
            return
        data = field.data
        if data is None or data is False or data == [] or (isinstance(data, str) and not data.strip()):
            field.errors = []
            raise StopValidation(str(self.sentence))


class Optional(WTFOptional):
    """Lets an answer be left out; the label then says so. ``quiet`` keeps the label as it is."""

    def __init__(self, *, quiet: bool = False) -> None:
        super().__init__(strip_whitespace=True)
        if quiet:
            self.field_flags = {"optional": True, "hide_optional": True}


class NotInTheFuture:
    """Refuses a day after today."""

    def __init__(self, sentence: Any = None) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and field.data > today():
            default = _("%(date)s must be today or in the past.", date=called(field))
            raise ValidationError(str(self.sentence or default))


class NotInThePast:
    """Refuses a day before today."""

    def __init__(self, sentence: Any = None) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and field.data < today():
            default = _("%(date)s must be today or in the future.", date=called(field))
            raise ValidationError(str(self.sentence or default))


class NotBefore:
    """Refuses a day earlier than the one in another field; silent while either is unknown."""

    def __init__(self, other: str, sentence: Any = None) -> None:
        self.other, self.sentence = other, sentence

    def __call__(self, form: Any, field: Any) -> None:
        other = form[self.other]
        if field.data is not None and other.data is not None and field.data < other.data:
            default = _(
                "%(date)s must be the same as or after %(other)s.",
                date=called(field),
                other=called(other),
            )
            raise ValidationError(str(self.sentence or default))


def called(field: Any) -> str:
    """What messages call a field: its short name when it has one, else its label."""
    return str(getattr(field, "called", None) or field.label.text)
