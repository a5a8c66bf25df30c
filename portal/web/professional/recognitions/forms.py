"""The form that makes a certificate."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from portal.web.forms.checks import Required
from portal.web.forms.fields import RadioField, SelectChoice
from portal.web.forms.sending import OnceForm
from portal.web.professional.shares.forms import CheckTerms, factor_field, pin_field, until_field
from portal.wording.languages import LANGUAGES


class MakeCertificateForm(CheckTerms, OnceForm):
    """The language of a certificate, and the terms of the check its QR code leads to."""

    language = RadioField(
        _("Language of the certificate"), [Required(_("Choose the language of the certificate."))], choices=[]
    )
    until = until_field(
        _("Last day on which it can be checked"), _("Enter the last day on which it can be checked.")
    )
    factor = factor_field()
    pin = pin_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [
            SelectChoice(each.locale, each.own_name, render_kw={"lang": each.tag}) for each in LANGUAGES
        ]
