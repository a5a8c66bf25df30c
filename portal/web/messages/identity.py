"""Sentences for refusals: names, identity documents, possible duplicates.

A check digit tells that something is wrong and never which character, so nobody is told where.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

_HKID_FORM = _(
    "Enter one or two letters, six digits and the check digit in brackets, as on the card. For example, A123456(3)."
)

MESSAGES: dict[str, LazyString] = {
    "name.missing": _("Enter the family name, the given name, or both."),
    "name.not_chinese": _("Use Chinese characters here. Latin letters go in a name of another kind."),
    "name.not_latin": _("Use Latin letters here. Chinese characters go in a name of another kind."),
    "name.odd_character": _("Remove the digits and signs that do not belong to a name."),
    "name.day_ahead": _("This day has not come yet. Enter a day that is today or in the past."),
    "name.day_before_birth": _("This day is before your date of birth. Check both."),
    "name.ends_before_it_begins": _("The end must be on or after the first day."),
    "name.ended_and_current": _(
        "A name you still use has no last day. Leave this empty, or say that you used it before."
    ),
    "name.other_script_traditional": _(
        "%(characters)s is written in simplified Chinese. If that is how your document prints it, tick this."
    ),
    "name.other_script_simplified": _(
        "%(characters)s is written in traditional Chinese. If that is how your document prints it, tick this."
    ),
    "name.stated_already": _("You have stated this name already."),
    "name.too_many": _("You have stated %(most)s names. Remove one before you add another."),
    "document.number_missing": _("Enter the number of the document."),
    "document.hkid_form": _HKID_FORM,
    "document.hkid_check": _(
        "This number and its check digit, the character in brackets at its end, do not fit together. "
        "Compare each character with the card."
    ),
    "document.mainland_form": _("Enter 18 characters: 17 digits, then a digit or X."),
    "document.mainland_check": _(
        "The last character does not fit the others. Check the number against the card."
    ),
    "document.mainland_inside": _(
        "The number does not begin with a region and a date of birth. Check it against the card."
    ),
    "document.mainland_birth": _(
        "The date of birth inside this number is not the one you gave us. Check the card and your date of birth."
    ),
    "document.permit_form": _(
        "Enter H or M and 8 digits; older permits have 10. Check it against the permit."
    ),
    "document.passport_form": _("Enter 6 to 9 letters and digits, as on the page with your photograph."),
    "document.issuer_malformed": _(
        "Enter the code of the issuing state: up to three letters on the page with your photograph."
    ),
    "document.expires_too_far_ahead": _("This day is more than 50 years ahead. Check the year."),
    "document.stated_already": _("You have recorded this document already."),
    "document.too_many": _("You have recorded %(most)s documents. Remove one before you add another."),
    "duplicate.reason_missing": _("Enter what the ruling rests on."),
}
