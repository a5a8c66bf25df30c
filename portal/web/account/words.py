"""What Flask-Security says, in our words: its messages and the subjects of its e-mails.

English here; the catalogue has the other two languages. A message the library may show and that
is missing here would appear in its own words, so a test walks them all.
"""

from __future__ import annotations

from typing import Any

# Marked here; the library looks the translations up when it speaks.
from portal.wording import marking

_ = marking.N_

_WRONG = _("That e-mail address or password is not right.")
_SENT = _("If this address can have an account here, we have sent an e-mail to it.")

MESSAGES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (_WRONG, "error"),
    "USER_DOES_NOT_EXIST": (_WRONG, "error"),
    "INVALID_PASSWORD": (_("That password is not right."), "error"),
    "INVALID_EMAIL_ADDRESS": (_("Enter an e-mail address like name@example.com."), "error"),
    "EMAIL_NOT_PROVIDED": (_("Enter your e-mail address."), "error"),
    "EMAIL_ALREADY_ASSOCIATED": (_SENT, "error"),
    "PASSWORD_NOT_PROVIDED": (_("Enter your password."), "error"),
    "PASSWORD_INVALID_LENGTH": (_("Use a password of %(length)s characters or more."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (_("The two passwords are not the same. Enter the same one twice."), "error"),
    "PASSWORD_IS_THE_SAME": (_("Choose a password that differs from the present one."), "error"),
    "CONFIRMATION_REQUIRED": (
        _("Confirm your e-mail address first. Use the link we sent you, or ask for a new one."),
        "error",
    ),
    "CONFIRM_REGISTRATION": (_SENT, "info"),
    "CONFIRMATION_REQUEST": (_SENT, "info"),
    "GENERIC_RECOVERY": (_("If this address has an account, we have sent an e-mail to it."), "info"),
    "PASSWORD_RESET_REQUEST": (_("If this address has an account, we have sent an e-mail to it."), "info"),
    "EMAIL_CONFIRMED": (_("Your e-mail address is confirmed. You can sign in now."), "success"),
    "ALREADY_CONFIRMED": (_("Your e-mail address was already confirmed. You can sign in."), "info"),
    "INVALID_CONFIRMATION_TOKEN": (_("This link is not right. Ask for a new one."), "error"),
    "CONFIRMATION_EXPIRED": (_("This link has expired. Ask for a new one."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (_("This link is not right. Ask for a new one."), "error"),
    "PASSWORD_RESET_EXPIRED": (_("This link has expired. Ask for a new one."), "error"),
    "PASSWORD_RESET_NO_LOGIN": (_("Your password is changed. Sign in with the new one."), "success"),
    "PASSWORD_RESET": (_("Your password is changed."), "success"),
    "PASSWORD_CHANGE": (_("Your password is changed."), "success"),
    "DISABLED_ACCOUNT": (_("This account has been closed. Contact us if that is not right."), "error"),
    "INVALID_REDIRECT": (_("We cannot lead you to that address."), "error"),
    "ANONYMOUS_USER_REQUIRED": (_("You are signed in already."), "info"),
    "REAUTHENTICATION_REQUIRED": (_("Enter your password again to go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you. You can go on."), "info"),
    "LOGIN": (_("Sign in to see this page."), "info"),
    "UNAUTHENTICATED": (_("Sign in to see this page."), "error"),
    "UNAUTHORIZED": (_("You do not have permission to see this page."), "error"),
}

SUBJECTS: dict[str, Any] = {
    "REGISTER": _("Confirm your e-mail address"),
    "CONFIRM": _("Confirm your e-mail address"),
    "PASSWORD_RESET": _("Choose a new password"),
    "PASSWORD_NOTICE": _("Your password was changed"),
    "PASSWORD_CHANGE_NOTICE": _("Your password was changed"),
}
