"""The form of a period of work.

Owns the fields and how full time, a part of it and "not sure" become a share. What makes no sense
is judged by the use case's own checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _, lazy_gettext as _l

from portal.domain.texts import Text
from portal.services.house import House
from portal.services.work_history import LONGEST, WorkAnswers, WorkRecord
from portal.web.forms.checks import Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import (
    CheckboxesField,
    CheckboxField,
    RadioField,
    SelectChoice,
    SelectField,
    TextField,
)
from portal.web.forms.sending import EditForm
from portal.web.professional.words import said

FULL: Final = "full"
PART: Final = "part"
UNSURE: Final = "unsure"
_REST_OF_THE_MAINLAND: Final = "mainland"
_NONE_OF_THE_NAMED: Final = "other"


class WorkForm(EditForm):
    """One period of work."""

    employer = TextField(_l("Employer"), max_length=LONGEST["employer"], autocomplete="organization")
    employer_kind = SelectField(
        _l("Kind of employer"), [Required(_l("Choose the kind of employer."))], empty=_l("Choose one")
    )
    place = RadioField(_l("Where you worked"), [Required(_l("Choose where you worked."))])
    post = TextField(_l("Position"), [Optional()], max_length=LONGEST["post"], autocomplete="off")
    begun_on = DateField(_l("First day"))
    ended_on = DateField(_l("Last day"), [Optional()], hint=_l("Leave empty if you still work there."))
    functions = CheckboxesField(
        _l("What the work was about"),
        [Required(_l("Choose at least one kind of work."))],
        hint=_l("Choose all that took a real part of your time."),
    )
    share = RadioField(
        _l("Full time or part time?"), [Required(_l("Choose full time, part time or not sure."))]
    )
    share_percent = TextField(
        _l("How much of full time?"),
        hint=_l("For example, 50 for half of full time."),
        width=3,
        suffix="%",
        inputmode="numeric",
    )
    manages = CheckboxField(_l("I led or supervised other people in this work."))

    def __init__(self, house: House, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        words = house.rulebook.vocabulary
        self.employer_kind.choices = _choices(words["employer_kinds"])
        self.place.choices = [
            SelectChoice(choice.value, choice.label, render_kw={"hint": _("Outside Shenzhen.")})
            if choice.value == _REST_OF_THE_MAINLAND
            else choice
            for choice in _choices(words["places"])
        ]
        functions = _choices(words["functions"])
        self.functions.choices = sorted(functions, key=lambda choice: choice.value == _NONE_OF_THE_NAMED)
        self.share.choices = self._shares()

    def _shares(self) -> list[SelectChoice]:
        return [
            SelectChoice(FULL, _("Full time")),
            SelectChoice(PART, _("Part time")),
            SelectChoice(
                UNSURE,
                _("Not sure"),
                render_kw={"hint": _("It then counts from nothing up to full time, until it is settled.")},
            ),
        ]

    def show_percent(self) -> None:
        """Put the percentage under its choice, once everything that can be said about it is known."""
        self.share.choices = [
            SelectChoice(choice.value, choice.label, render_kw={"conditional": self.share_percent()})
            if choice.value == PART
            else choice
            for choice in self.share.choices
        ]

    def validate_share_percent(self, field: TextField) -> None:
        """Ask for a percentage only of those who worked part time."""
        typed = (field.data or "").removesuffix("%").strip()
        if self.share.data == PART and not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= 99):
            field.errors = [*field.errors, _("Enter a whole number from 1 to 99.")]

    @property
    def percent(self) -> int | None:
        """The share as the use case takes it: none for "not sure"."""
        if self.share.data == PART:
            typed = (self.share_percent.data or "").removesuffix("%").strip()
            return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else None
        return 100 if self.share.data == FULL else None


def answers_in(form: WorkForm) -> WorkAnswers:
    """What was typed, as the use case takes it."""
    return WorkAnswers(
        employer=form.employer.data or "",
        employer_kind=form.employer_kind.data or "",
        place=form.place.data or "",
        functions=tuple(form.functions.data or ()),
        begun_on=form.begun_on.data,
        ended_on=form.ended_on.data,
        post=form.post.data or "",
        share_percent=form.percent,
        manages=bool(form.manages.data),
    )


def answers_of(record: WorkRecord) -> Mapping[str, Any]:
    """A record as the form shows it."""
    said_before = record.said
    share = {None: UNSURE, 100: FULL}.get(said_before.share_percent, PART)
    return {
        "employer": said_before.employer,
        "employer_kind": said_before.employer_kind,
        "place": said_before.place,
        "post": said_before.post,
        "begun_on": said_before.begun_on,
        "ended_on": said_before.ended_on,
        "functions": list(said_before.functions),
        "share": share,
        "share_percent": str(said_before.share_percent) if share == PART else "",
        "manages": said_before.manages,
        "version": record.version,
    }


def _choices(titles: Mapping[str, Text]) -> list[SelectChoice]:
    return [SelectChoice(code, said(title)) for code, title in titles.items()]
