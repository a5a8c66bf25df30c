"""The one form of the employer's door: a code, its second factor, and who is asking."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import StopValidation

from portal.domain.disclosure import Factor
from portal.web.forms.checks import NotInTheFuture, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import RadioField, SelectChoice, TextField
from portal.web.forms.sending import OnceForm


class WhenChosen:
    """Asks for an answer only when the choice it belongs to was made; else forgets what stood there."""

    def __init__(self, choice: Factor, sentence: Any) -> None:
        self.choice, self.sentence = choice, sentence

    def __call__(self, form: Any, field: Any) -> None:
        if form.factor.data != self.choice.value:
            field.errors = []
            raise StopValidation
        Required(self.sentence)(form, field)


class CheckForm(OnceForm):
    """What a checker types."""

    code = TextField(
        _("Share code"),
        [Required(_("Enter the share code."))],
        hint=_("It looks like SH-7K4M-2QR9. Spaces, hyphens and small letters do not matter."),
        width=20,
        max_length=60,
        autocomplete="off",
        spellcheck=False,
    )
    factor = RadioField(
        _("What did the holder give you with the code?"),
        [Required(_("Choose what the holder gave you."))],
        choices=[],
    )
    pin = TextField(
        _("PIN of six digits"),
        [WhenChosen(Factor.PIN, _("Enter the PIN."))],
        width=10,
        max_length=40,
        autocomplete="off",
        inputmode="numeric",
        spellcheck=False,
    )
    born_on = DateField(
        _("The holder’s date of birth"),
        [WhenChosen(Factor.BIRTH_DATE, _("Enter the date of birth.")), NotInTheFuture()],
    )
    looked_as = TextField(
        _("Your name and organisation"),
        [Required(_("Enter your name and organisation."))],
        hint=_("The holder sees this, and when you looked."),
        max_length=160,
        autocomplete="organization",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factor.choices = [
            SelectChoice(Factor.PIN.value, _("A PIN")),
            SelectChoice(Factor.BIRTH_DATE.value, _("Their date of birth")),
        ]

    def lay_out(self) -> None:
        """Put each factor's control under its choice; called when errors, if any, are known."""
        self.factor.choices = [
            SelectChoice(Factor.PIN.value, _("A PIN"), render_kw={"conditional": self.pin()}),
            SelectChoice(
                Factor.BIRTH_DATE.value,
                _("Their date of birth"),
                render_kw={"conditional": self.born_on()},
            ),
        ]

    def renew(self) -> None:
        """Give the form a new key: mended and sent again it is another try, not the same one."""
        self.once.data = secrets.token_urlsafe(18)

    @property
    def factor_given(self) -> str | date:
        """The second factor as the use case compares it."""
        if self.factor.data == Factor.BIRTH_DATE.value and self.born_on.data is not None:
            given: date = self.born_on.data
            return given
        return self.pin.data or ""
