"""Sentences for refusals: several papers at once, and qualifications that are not listed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

_NOT_HERE = _("We cannot find this page.")

MESSAGES: dict[str, LazyString] = {
    "credential.none_chosen": _("Choose at least one paper."),
    "credential.duplicates": _("Some of these are registered already. Look at the boxes to tick."),
    "request.not_found": _NOT_HERE,
    "request.too_long": _("Use %(most)s characters or fewer. You typed %(typed)s."),
    "request.title_missing": _("Enter what it is called."),
    "request.awarding_body_missing": _("Enter who awards it."),
    "request.side_missing": _("Choose where the body is."),
    "request.link_malformed": _("Enter a whole web address that begins with https:// or leave it empty."),
    "request.too_many": _("%(most)s of your questions wait for an answer already. Take one away first."),
    "request.already_answered": _("Another officer has answered this already."),
    "request.answer_missing": _("Choose an answer."),
    "request.entry_missing": _("Choose the entry it is listed as."),
    "request.reason_missing": _("Choose why it does not count."),
}
