"""The forms of an account: Flask-Security's checks behind our fields and our words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_security.forms import (
    ChangePasswordForm,
    EmailValidation,
    EqualToLocalize,
    ForgotPasswordForm,
    LoginForm,
    RegisterFormV2,
    ResetPasswordForm,
    SendConfirmationForm,
    email_required,
    password_required,
    unique_user_email,
    valid_user_email,
)
from wtforms import HiddenField

from portal.domain.places import Jurisdiction
from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Required
from portal.web.forms.fields import EmailField, PasswordField, RadioField, SelectChoice

_LONG = _("Use 12 characters or more. A sentence you can remember is better than a short puzzle.")


def home_field() -> RadioField:
    """The one question whose answer decides under which law somebody's data is kept."""
    return RadioField(
        _("Where do you live?"),
        [Required(_("Choose the city where you live."))],
        hint=_("Your data is kept under the law of that place. You can be recognised on both sides."),
        choices=[
            SelectChoice(Jurisdiction.HONG_KONG.value, _("Hong Kong")),
            SelectChoice(Jurisdiction.SHENZHEN.value, _("Shenzhen, or elsewhere in the Mainland")),
        ],
    )


class SignIn(PortalForm, LoginForm):
    """Sign in. Unknown address and wrong password get one answer, in one place."""

    email = EmailField(
        _("E-mail address"), [email_required, EmailValidation(verify=False)], autocomplete="username"
    )
    password = PasswordField(_("Password"), [password_required])
    remember = HiddenField(default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""

    def validate(self, **kwargs: Any) -> bool:
        """Check the two together.

        The library's view replaces what stands at the fields by the one answer for unknown and
        wrong. What gives nothing away is said as it is, in the summary: an empty field, and, to
        somebody whose password was right, that the address is not confirmed yet.
        """
        valid = bool(super().validate(**kwargs))
        if not valid and (self.ifield is None or self.user_authenticated):
            self.form_errors.extend([*self.email.errors, *self.password.errors])
            self.email.errors = self.password.errors = []
        return valid


class Register(PortalForm, RegisterFormV2):
    """Open an account as a professional."""

    home = home_field()
    email = EmailField(
        _("E-mail address"),
        [email_required, EmailValidation(verify=True), unique_user_email],
        hint=_("We send a link to it that you need before you can sign in."),
    )
    password = PasswordField(_("Password"), [password_required], hint=_LONG, autocomplete="new-password")
    password_confirm = PasswordField(
        _("The same password again"),
        [EqualToLocalize("password", message="RETYPE_PASSWORD_MISMATCH"), password_required],
        autocomplete="new-password",
    )

    def to_dict(self, only_user: bool) -> dict[str, Any]:
        """What the account is made from."""
        return {"email": self.email.data, "password": self.password.data, "home": self.home.data}


class ConfirmAgain(PortalForm, SendConfirmationForm):
    """Ask for a new confirmation link."""

    email = EmailField(_("E-mail address"), [email_required, EmailValidation(verify=False), valid_user_email])


class ForgotPassword(PortalForm, ForgotPasswordForm):
    """Ask for a link to choose a new password."""

    email = EmailField(_("E-mail address"), [email_required, EmailValidation(verify=False), valid_user_email])


class ResetPassword(PortalForm, ResetPasswordForm):
    """Choose a new password by the link in an e-mail."""

    password = PasswordField(_("New password"), [password_required], hint=_LONG, autocomplete="new-password")
    password_confirm = PasswordField(
        _("The same password again"),
        [EqualToLocalize("password", message="RETYPE_PASSWORD_MISMATCH"), password_required],
        autocomplete="new-password",
    )


class ChangePassword(PortalForm, ChangePasswordForm):
    """Change the password while signed in; an account without one chooses its first."""

    password = PasswordField(_("Present password"), [password_required])
    new_password = PasswordField(
        _("New password"), [password_required], hint=_LONG, autocomplete="new-password"
    )
    new_password_confirm = PasswordField(
        _("The new password again"),
        [EqualToLocalize("new_password", message="RETYPE_PASSWORD_MISMATCH"), password_required],
        autocomplete="new-password",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not current_user.password:
            self.password.validators = []
