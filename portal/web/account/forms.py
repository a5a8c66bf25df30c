"""The forms of an account: Flask-Security's checks behind our fields and our words."""

from __future__ import annotations

from typing import Any, Final

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
from flask_security.utils import get_message
from wtforms import Field, HiddenField

from portal.domain.places import Jurisdiction
from portal.web.forms.base import PortalForm, first_error
from portal.web.forms.checks import Required
from portal.web.forms.fields import EmailField, PasswordField, RadioField, SelectChoice

# The library's names of what says nothing about an account.
_SLIPS: Final = ("EMAIL_NOT_PROVIDED", "INVALID_EMAIL_ADDRESS", "PASSWORD_NOT_PROVIDED")
_LONG = _("Use 12 characters or more. A sentence you can remember is better than a short puzzle.")


def home_field() -> RadioField:
    """The one question whose answer decides under which law somebody's data is kept."""
    return RadioField(
        _("Where do you live?"),
        [Required(_("Choose the city where you live."))],
        hint=_("Your data is kept under the law of that place. You can be recognised on both sides."),
        choices=[
            SelectChoice(Jurisdiction.HONG_KONG.value, _("Hong Kong")),
            SelectChoice(Jurisdiction.SHENZHEN.value, _("Shenzhen, or elsewhere on the Mainland")),
        ],
    )


class AtTheField(PortalForm):
    """Says a slip at its field, where the library would say nothing there.

    So that nobody learns who has an account, the library's views empty the errors at the fields before
    they draw a form. An empty field and an address that is none give nothing away: they are set aside,
    and brought back when the page is drawn (``_render`` in ``security.py``).
    """

    def set_slips_aside(self) -> None:
        """Take the slips out of the library's sight; the form stays refused."""
        sayable = {str(get_message(name)[0]) for name in _SLIPS}
        self.slips = {
            field.name: slip
            for field in self
            if (slip := first_error(field)) and (slip in sayable or _is_overlong(field))
        }
        if self.slips:
            for field in self:
                field.errors = []
            self.form_errors = list(self.slips.values())

    def bring_slips_back(self) -> None:
        """Put each slip at its field, in place of the summary alone."""
        slips: dict[str, str] = getattr(self, "slips", {})
        if slips:
            self.form_errors = []
            for name, slip in slips.items():
                self[name].errors = [slip]


def _is_overlong(field: Field) -> bool:
    return len(field.data or "") > getattr(field, "max_length", len(field.data or ""))


class SignIn(AtTheField, LoginForm):
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
        wrong. What gives nothing away is said as it is: an empty field, and in the summary, to
        somebody whose password was right, that the address is not confirmed yet.
        """
        valid = bool(super().validate(**kwargs))
        if not valid:
            self.set_slips_aside()
        if not valid and not self.slips and (self.ifield is None or self.user_authenticated):
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


class ConfirmAgain(AtTheField, SendConfirmationForm):
    """Ask for a new confirmation link."""

    email = EmailField(_("E-mail address"), [email_required, EmailValidation(verify=False), valid_user_email])

    def validate(self, **kwargs: Any) -> bool:
        valid = bool(super().validate(**kwargs))
        if not valid:
            self.set_slips_aside()
        return valid


class ConfirmAddress(PortalForm):
    """The password chosen at registration: whoever opened the account and whoever reads its mail are one."""

    password = PasswordField(_("Password"), [Required(_("Enter your password."))])


class ForgotPassword(AtTheField, ForgotPasswordForm):
    """Ask for a link to choose a new password."""

    email = EmailField(_("E-mail address"), [email_required, EmailValidation(verify=False), valid_user_email])

    def validate(self, **kwargs: Any) -> bool:
        """Let an address that is not confirmed have the link too: opening it proves the mailbox as well."""
        if super().validate(**kwargs):
            return True
        if not self.requires_confirmation:
            self.set_slips_aside()
            return False
        self.email.errors, self.requires_confirmation = [], False
        return True


class ResetPassword(PortalForm, ResetPasswordForm):
    """Choose a new password by the link in an e-mail.

    Where the address was never confirmed, somebody else may have opened the account: what they said
    is asked anew.
    """

    home = home_field()

    password = PasswordField(_("New password"), [password_required], hint=_LONG, autocomplete="new-password")
    password_confirm = PasswordField(
        _("The same password again"),
        [EqualToLocalize("password", message="RETYPE_PASSWORD_MISMATCH"), password_required],
        autocomplete="new-password",
    )

    def validate(self, **kwargs: Any) -> bool:
        """Ask where an account's owner lives only while nobody has shown to be the owner."""
        if self.user is not None and self.user.confirmed_at is not None:
            del self.home
        return bool(super().validate(**kwargs))


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
