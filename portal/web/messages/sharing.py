"""Sentences for refusals: sharing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {
    "share.code_malformed": _(
        "This is not a share code. A share code looks like SH-7K4M-2QR9: check it for a typing error."
    ),
    "share.nothing_to_show": _(
        "We cannot show a result for this code. The code may be wrong or have ended, "
        "or the holder may not have agreed."
    ),
    "share.pin_not_six_digits": _("Enter a PIN of %(length)s digits."),
    "share.pin_too_simple": _(
        "Choose a PIN that is harder to guess: not one digit repeated, and not digits in a row."
    ),
    "share.birth_date_unknown": _(
        "We do not know your date of birth. Add it to your details first, or choose a PIN."
    ),
    "share.nothing_chosen": _("Choose at least one recognition to share."),
    "share.not_your_recognition": _("Choose from your own recognitions."),
    "share.until_is_past": _("The last day of a share must be today or later."),
    "share.until_is_too_far": _("A share can last one year at most. Choose an earlier day."),
    "share.purpose_not_said": _("Say what the share is for."),
    "certificate.not_standing": _(
        "A certificate can be made only while the recognition counts. It is suspended, revoked or over."
    ),
    "signing.unavailable": _(
        "The key that signs documents cannot be reached just now, so no document was made. Try again later."
    ),
    "share.already_ended": _("This share has already ended."),
}
