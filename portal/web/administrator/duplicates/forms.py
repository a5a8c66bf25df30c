"""The form of a ruling."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.domain.duplicates import LONGEST_RULING
from portal.web.administrator.duplicates.words import VERDICTS
from portal.web.forms.checks import Required
from portal.web.forms.fields import RadioField, SelectChoice, TextAreaField
from portal.web.forms.sending import EditForm


class RulingForm(EditForm):
    """Whether two records are one person, and what that rests on."""

    verdict = RadioField(
        _l("What was found?"),
        [Required(_l("Choose what was found."))],
        choices=[SelectChoice(verdict.value, _l(word)) for verdict, (word, _) in VERDICTS.items()],
    )
    reason = TextAreaField(
        _l("What the ruling rests on"),
        [Required(_l("Enter what the ruling rests on."))],
        hint=_l("For example, the deed poll seen and the old identity document. Officers alone read it."),
        max_length=LONGEST_RULING,
    )
