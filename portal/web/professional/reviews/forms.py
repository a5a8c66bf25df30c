"""The request for a human review: which answers, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _

from portal.domain.reviews import MOST_CHARACTERS
from portal.web.forms.checks import Required
from portal.web.forms.fields import CheckboxesField, SelectChoice, TextAreaField
from portal.web.forms.sending import OnceForm


class AskReviewForm(OnceForm):
    """Which requirements the program answered wrongly, and why the person thinks so."""

    clauses = CheckboxesField(
        _("Which answers should people look at?"),
        [Required(_("Choose at least one requirement."))],
    )
    why = TextAreaField(
        _("Why do you think the program is wrong?"),
        [Required(_("Say in your own words what the program got wrong."))],
        hint=_("Your own words, in any of the three languages. The officers read them with your file."),
        rows=6,
        max_length=MOST_CHARACTERS,
    )

    def __init__(self, choices: Iterable[SelectChoice], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.clauses.choices = list(choices)
