"""The forms of the desk: verify a fact, record a finding, recommend, decide, send back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext as _
from wtforms import HiddenField

from portal.domain.cases import Verdict
from portal.domain.credentials import VerificationMethod
from portal.domain.reasons_for_decline import DeclineReason
from portal.services.assessment import OFFICERS_METHODS
from portal.services.grounds import Condition
from portal.web.administrator.words import REASONS, VERDICTS
from portal.web.forms.checks import Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import (
    CheckboxesField,
    CheckboxField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from portal.web.forms.sending import EditForm
from portal.web.languages import current_language
from portal.web.professional.words import method_word

YES, NO = "yes", "no"


class VerifyFactForm(EditForm):
    """What was found of one fact: whether it is so, how that is known, and a note for the file."""

    finding = RadioField(_("What was found?"), [Required(_("Choose what was found."))])
    method = SelectField(
        _("How is it known?"), [Required(_("Choose how it is known."))], empty=_("Choose one")
    )
    note = TextAreaField(
        _("Note for the file"),
        [Optional(quiet=True)],
        hint=_(
            "What was looked at and where. Needed when the fact is rejected. The applicant does not see it."
        ),
        rows=4,
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding.choices = [
            SelectChoice(YES, gettext("Verified: the fact is as stated")),
            SelectChoice(NO, gettext("Rejected: the fact is not borne out")),
        ]
        self.method.choices = [SelectChoice(method.value, method_word(method)) for method in OFFICERS_METHODS]

    @property
    def chosen_method(self) -> VerificationMethod:
        """The method chosen; the choices were checked before."""
        return VerificationMethod(self.method.data)


class JudgementForm(EditForm):
    """A finding on one clause, with the reason."""

    finding = RadioField(_("Finding"), [Required(_("Choose a finding."))])
    reason = TextAreaField(
        _("Reason"),
        [Required(_("Enter the reason. A finding without one cannot be checked later."))],
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding.choices = [
            SelectChoice(YES, gettext("Yes: it is met")),
            SelectChoice(NO, gettext("No: it is not met")),
        ]


class RecommendForm(EditForm):
    """An opinion: what should be decided, on which conditions or for which reasons, and why."""

    verdict = RadioField(_("Recommendation"), [Required(_("Choose a recommendation."))])
    conditions = CheckboxesField(
        _("Conditions to finish"),
        [Optional(quiet=True)],
        hint=_("Only for a grant with conditions. Each open requirement needs a condition that closes it."),
    )
    reason_codes = CheckboxesField(
        _("Reasons for declining"),
        [Optional(quiet=True)],
        hint=_("Only for declining. The letter states every reason chosen."),
    )
    note = TextAreaField(
        _("Note for the second officer"),
        [Required(_("Enter a note for the second officer."))],
        hint=_("What the recommendation rests on. The applicant does not see it."),
        max_length=4000,
    )

    @property
    def chosen(self) -> dict[str, date | None]:
        """The conditions ticked, with their due days."""
        offered = [choice.value for choice in self.conditions.choices]
        return {key: self[due_name(offered.index(key))].data for key in self.conditions.data or []}

    def lay_out(self) -> None:
        """Put each due day under its condition; called when errors, if any, are known."""
        for place, choice in enumerate(self.conditions.choices):
            choice.render_kw["conditional"] = self[due_name(place)]()


def due_name(place: int) -> str:
    """The field that holds the due day of one condition on offer."""
    return f"due_{place}"


def recommend_form(offers: Sequence[Condition]) -> RecommendForm:
    """The form with the conditions that are on offer for a case, and a due day for each."""
    days = {
        due_name(place): DateField(gettext("Finish by"), [Optional()], called=gettext("The day to finish by"))
        for place in range(len(offers))
    }
    form: RecommendForm = type("RecommendFormWithDays", (RecommendForm,), days)()
    locale = current_language().locale
    form.verdict.choices = [
        SelectChoice(verdict.value, gettext(word))
        for verdict, word in VERDICTS.items()
        if offers or verdict is not Verdict.GRANT_WITH_CONDITIONS
    ]
    form.conditions.choices = [
        SelectChoice(offer.key, offer.title.in_language(locale), render_kw={"hint": _kind(offer)})
        for offer in offers
    ]
    form.reason_codes.choices = [
        SelectChoice(reason.value, gettext(REASONS[reason])) for reason in DeclineReason
    ]
    return form


def _kind(offer: Condition) -> str:
    if offer.covers:
        return gettext("Closes the requirement when it is finished.")
    return gettext("A programme module that prepares for it; closes nothing by itself.")


class DecideForm(EditForm):
    """The signature of a second officer under a recommendation."""

    recommendation = HiddenField()
    read = CheckboxField(
        _("The file, the recommendation and what changed since have been read"),
        [Required(_("Tick the box once the file has been read."))],
    )


class ReturnForm(EditForm):
    """Sending a case back, with what should be looked at again."""

    recommendation = HiddenField()
    note = TextAreaField(
        _("Note for the assessor"),
        [Required(_("Enter what should be looked at again."))],
        hint=_("The applicant does not see it."),
        max_length=2000,
    )
