"""Sentences for refusals: accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {
    "way.last_one": _(
        "This is the last way into your account. Add another, or choose a password, before you remove it."
    ),
    "code.wrong": _("This code is not right, or has been used. Wait for the next one and enter it."),
    "passkey.name_missing": _("Enter a name by which you will know this passkey."),
    "passkey.too_many": _("An account can have %(most)s passkeys. Remove one that you no longer use."),
    "passkey.not_made": _("The passkey could not be added. Try again."),
    "passkey.not_recognised": _("We do not know this passkey. Try another, or sign in with your password."),
    "passkey.not_asked": _("Your browser’s answer came too late or twice. Try again."),
    "sign_on.address_not_verified": _(
        "The service you signed in with has not verified your e-mail address. "
        "Verify it there, or create an account here with a password."
    ),
    "sign_on.linked_elsewhere": _("What you signed in with there already opens another account here."),
}
