"""The forms about ways to sign in: passkeys, one-time codes, and a new person's home."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from portal.services.passkeys import LONGEST_NAME
from portal.web.account.forms import home_field
from portal.web.forms.checks import Required
from portal.web.forms.fields import PasswordField, TextField
from portal.web.forms.sending import OnceForm


class PasskeyForm(OnceForm):
    """Carries what the browser's passkey answered; a script fills it in."""

    passkey_answer = HiddenField()


class NewPasskeyForm(PasskeyForm):
    """A new passkey and the name its owner gives it."""

    name = TextField(
        _("Name of this passkey"),
        [Required(_("Enter a name by which you will know this passkey."))],
        hint=_("So that you know later which device or security key it is on."),
        max_length=LONGEST_NAME,
        width=20,
        autocomplete="off",
    )


class AppCodeForm(OnceForm):
    """The first code of an authenticator app."""

    one_time_code = TextField(
        _("Code that the app shows"),
        [Required(_("Enter the six figures that the app shows."))],
        width=10,
        max_length=20,
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck=False,
    )


class SecondStepForm(OnceForm):
    """A code of the app, or one from the list on paper."""

    one_time_code = TextField(
        _("Code from your app, or a recovery code"),
        [Required(_("Enter the code."))],
        hint=_(
            "Six figures from the authenticator app, or one unused recovery code such as abcd-efgh-2345-6789."
        ),
        width=20,
        max_length=60,
        autocomplete="one-time-code",
        spellcheck=False,
    )


class PasswordAgainForm(OnceForm):
    """The password once more."""

    password = PasswordField(_("Password"), [Required(_("Enter your password."))])


class HomeForm(OnceForm):
    """Where somebody new lives, who came by single sign-on."""

    home = home_field()


class ConfirmForm(OnceForm):
    """Nothing to fill in: the page asks whether it is meant."""
