"""The answer to a request for a human review."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext as _

from portal.web.forms.checks import Required
from portal.web.forms.fields import RadioField, SelectChoice, TextAreaField
from portal.web.forms.sending import EditForm

AGREES, UNCHANGED = "agrees", "unchanged"


class AnswerReviewForm(EditForm):
    """Whether the officer agrees with the applicant, and the reasons the applicant reads."""

    finding = RadioField(
        _("Is the program’s answer wrong?"), [Required(_("Choose whether the program’s answer is wrong."))]
    )
    answer = TextAreaField(
        _("Reasons"),
        [Required(_("Enter the reasons. The applicant reads them."))],
        hint=_("The applicant reads this as you write it."),
        rows=6,
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding.choices = [
            SelectChoice(
                AGREES,
                gettext("I agree with the applicant"),
                render_kw={
                    "hint": gettext("Then put it right at the desk: verify the fact, or record a finding.")
                },
            ),
            SelectChoice(UNCHANGED, gettext("The answer does not change")),
        ]

    @property
    def agrees(self) -> bool:
        return bool(self.finding.data == AGREES)
