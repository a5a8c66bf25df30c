"""The manager's forms: what a programme says in three languages, its modules, intakes, results."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Regexp, ValidationError

from portal.domain.enrolments import ModuleOutcome
from portal.domain.places import Jurisdiction
from portal.domain.texts import LANGUAGE_KEYS, Text
from portal.services.programmes import MOST_HOURS, MOST_PLACES, CohortPlan, ModulePlan, ProgrammeTexts
from portal.web.forms.checks import NotBefore, NotInTheFuture, Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import (
    CheckboxesField,
    CheckboxField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
    TextField,
)
from portal.web.forms.sending import EditForm

_CODE = Regexp(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    message=_("Use small letters a to z, digits and hyphens, such as 2027-spring."),
)
_EMPTY = _("Fill this in: every language has readers of its own.")


class WholeNumberField(TextField):
    """A whole number within bounds; what cannot be read stays on the page as typed."""

    def __init__(self, label: Any, *, most: int, sentence: Any, **kwargs: Any) -> None:
        super().__init__(label, [Required(sentence)], width=4, inputmode="numeric", **kwargs)
        self.most, self.sentence = most, sentence

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no number from 1 to the most."""
        if self.data and self.number is None:
            raise ValidationError(str(self.sentence))

    @property
    def number(self) -> int | None:
        """The number typed, or none when it is not one within bounds."""
        typed = self.data or ""
        if not typed.isdecimal() or len(typed) > 6 or not 1 <= int(typed) <= self.most:
            return None
        return int(typed)


def _line(label: Any, *, max_length: int = 160) -> TextField:
    return TextField(label, [Required(_EMPTY)], max_length=max_length)


def _paragraph(label: Any) -> TextAreaField:
    return TextAreaField(label, [Required(_EMPTY)], rows=3, max_length=800)


class ProgrammeForm(EditForm):
    """What a programme says of itself."""

    title_en = _line(_("Title in English"))
    title_zh_hant = _line(_("Title in Traditional Chinese"))
    title_zh_hans = _line(_("Title in Simplified Chinese"))
    summary_en = _paragraph(_("Summary in English"))
    summary_zh_hant = _paragraph(_("Summary in Traditional Chinese"))
    summary_zh_hans = _paragraph(_("Summary in Simplified Chinese"))
    provider_en = _line(_("Provider in English"))
    provider_zh_hant = _line(_("Provider in Traditional Chinese"))
    provider_zh_hans = _line(_("Provider in Simplified Chinese"))
    tracks = CheckboxesField(
        _("Tracks it prepares for"),
        [Required(_("Choose at least one of the tracks listed."))],
        choices=[],
    )
    illustrative = CheckboxField(
        _("These details are illustrative"),
        hint=_("Every page of the programme says so, until its details are official."),
    )

    @property
    def texts(self) -> ProgrammeTexts:
        """The form as the use case reads it."""
        return ProgrammeTexts(
            title=text_of(self, "title"),
            summary=text_of(self, "summary"),
            provider=text_of(self, "provider"),
            tracks=tuple(self.tracks.data or []),
            illustrative=bool(self.illustrative.data),
        )


class NewProgrammeForm(ProgrammeForm):
    """A programme that does not exist yet needs a code, and a side."""

    code = TextField(
        _("Code"),
        [Required(_("Enter a code.")), _CODE],
        hint=_("Stands in addresses and cannot be changed later."),
        width=20,
        max_length=60,
        spellcheck=False,
    )
    jurisdiction = RadioField(
        _("Which side runs it?"),
        [Required(_("Choose the side that runs it."))],
        choices=[
            SelectChoice(Jurisdiction.HONG_KONG.value, _("Hong Kong")),
            SelectChoice(Jurisdiction.SHENZHEN.value, _("Shenzhen")),
        ],
    )


class ModuleForm(EditForm):
    """One part of a programme."""

    title_en = _line(_("Title in English"))
    title_zh_hant = _line(_("Title in Traditional Chinese"))
    title_zh_hans = _line(_("Title in Simplified Chinese"))
    hours = WholeNumberField(
        _("Hours"), most=MOST_HOURS, sentence=_("Enter the hours as a whole number from 1.")
    )
    gives = SelectField(
        _("What completing it gives"),
        [Optional()],
        empty=_("Nothing of its own"),
        hint=_("A completion record of the catalogue. It never stands in for an authority’s examination."),
    )

    def plan(self, code: str) -> ModulePlan:
        """The form as the use case reads it."""
        return ModulePlan(
            code=code,
            title=text_of(self, "title"),
            hours=self.hours.number or 0,
            gives=self.gives.data or "",
        )


class NewModuleForm(ModuleForm):
    """A module that does not exist yet needs a code."""

    code = TextField(
        _("Code"),
        [Required(_("Enter a code.")), _CODE],
        width=20,
        max_length=60,
        spellcheck=False,
    )


class CohortForm(EditForm):
    """An intake: its days, its venue, its places."""

    enrol_by = DateField(_("Last day for enrolling"), [Required(_("Enter the last day for enrolling."))])
    starts_on = DateField(
        _("First day of the course"),
        [
            Required(_("Enter the first day of the course.")),
            NotBefore(
                "enrol_by",
                _("The last day for enrolling must not be after the first day of the course."),
            ),
        ],
    )
    ends_on = DateField(
        _("Last day of the course"),
        [
            Required(_("Enter the last day of the course.")),
            NotBefore("starts_on", _("The last day of the course must not be before its first day.")),
        ],
    )
    venue_en = _line(_("Venue in English"), max_length=200)
    venue_zh_hant = _line(_("Venue in Traditional Chinese"), max_length=200)
    venue_zh_hans = _line(_("Venue in Simplified Chinese"), max_length=200)
    places = WholeNumberField(
        _("Places"),
        most=MOST_PLACES,
        sentence=_("Enter the places as a whole number from 1 to %(most)s.", most=MOST_PLACES),
    )

    @property
    def plan(self) -> CohortPlan | None:
        """The form as the use case reads it; none while a day or a number is missing."""
        enrol_by, starts_on, ends_on = self.enrol_by.data, self.starts_on.data, self.ends_on.data
        places = self.places.number
        if enrol_by is None or starts_on is None or ends_on is None or places is None:
            return None
        return CohortPlan(enrol_by, starts_on, ends_on, text_of(self, "venue"), places)


class NewCohortForm(CohortForm):
    """An intake that does not exist yet needs a code."""

    code = TextField(
        _("Code"),
        [Required(_("Enter a code.")), _CODE],
        hint=_("Learners see it. For example, 2027-spring."),
        width=20,
        max_length=40,
        spellcheck=False,
    )


class ResultForm(EditForm):
    """How one module ended for one learner."""

    module = SelectField(_("Module"), [Required(_("Choose a module."))], empty=_("Choose one"))
    outcome = RadioField(
        _("Result"),
        [Required(_("Choose a result."))],
        choices=[
            SelectChoice(ModuleOutcome.COMPLETED.value, _("Completed")),
            SelectChoice(ModuleOutcome.NOT_COMPLETED.value, _("Not completed")),
        ],
    )
    on = DateField(
        _("Day of the result"),
        [
            Required(_("Enter the day of the result.")),
            NotInTheFuture(_("The day of the result must be today or in the past.")),
        ],
    )


class ActForm(EditForm):
    """Nothing to fill in: an act on a row as it stood when the page was drawn."""


def text_of(form: Any, name: str) -> Text:
    """Three fields as one text."""
    return Text(*(form[f"{name}_{key}"].data or "" for key in LANGUAGE_KEYS))


def spread(name: str, words: dict[str, Any]) -> dict[str, str]:
    """One text as the data of three fields."""
    return {f"{name}_{key}": str(words.get(key, "")) for key in LANGUAGE_KEYS}
