"""Sentences for refusals: documents on the shelf."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

_TOO_LONG = _("Use %(most)s characters or fewer. You typed %(typed)s.")
_NOT_HERE = _("We cannot find this page.")
_AHEAD = _("This day has not come yet. Enter a day that is today or in the past.")

MESSAGES: dict[str, LazyString] = {
    "evidence.not_found": _NOT_HERE,
    "evidence.fact_not_found": _NOT_HERE,
    "evidence.empty": _("This file is empty. Choose another one."),
    "evidence.too_large": _("This file is larger than %(most)s MB. Make it smaller, or upload it in parts."),
    "evidence.kind_not_accepted": _(
        "This is not a PDF, JPEG or PNG file, whatever its name says. Save the document as one of these."
    ),
    "evidence.kinds_differ": _(
        "The name ends in %(ending)s, but the file is something else. Save it again under the right ending."
    ),
    "evidence.bytes_around": _(
        "There is something before or after the document inside this file. Print or save it as a new PDF and upload that."
    ),
    "evidence.unreadable": _(
        "This file is damaged or incomplete, so nobody could read it. Save or scan the document again."
    ),
    "evidence.encrypted": _("This PDF is encrypted. Save a copy without a password and upload that."),
    "evidence.too_many_pages": _("This PDF has more than %(most)s pages. Upload the pages that matter."),
    "evidence.picture_too_large": _(
        "This picture has more than %(most)s million pixels. Save it smaller, or scan it at a lower resolution."
    ),
    "evidence.infected": _(
        "Malware was found in this file, so it was not stored. Check your device, then upload a clean copy."
    ),
    "evidence.too_long": _TOO_LONG,
    "evidence.fact_withdrawn": _("You withdrew what this would support."),
    "evidence.verified_rests_on_it": _("An officer verified this with the document, so it stays attached."),
    "evidence.case_rests_on_it": _(
        "One of your applications is being looked at, so documents stay attached until it is decided."
    ),
    "evidence.still_attached": _(
        "It supports something you declared, so it cannot be removed. Take it off there first."
    ),
    "evidence.too_heavy": _(
        "Reading this file takes more time or memory than a document should. Print or scan it again as a plain PDF, and upload that."
    ),
    "evidence.active_content": _(
        "This PDF can run something when it is opened, such as a script. Print it to a new PDF and upload that."
    ),
    "evidence.files_inside": _(
        "There are other files inside this PDF. Upload each as a document of its own, and this one without them."
    ),
    "evidence.two_in_one": _(
        "This file is a document and an archive in one. Print or save it as a new PDF and upload that."
    ),
    "evidence.on_the_shelf": _("This very file is on your shelf already."),
    "evidence.too_many_files": _(
        "A document can have %(most)s files at most. Put pages together in one PDF."
    ),
    "evidence.waits_for_scan": _(
        "This file waits for the malware scanner. Nobody can open it until the scanner has looked: try again in a few minutes."
    ),
    "evidence.destroyed": _("Malware was found in this file after it was uploaded, so it was destroyed."),
    "evidence.run_out": _(
        "This document has run out, so it supports nothing new. Change its last day if it was renewed."
    ),
    "evidence.relied_on": _(
        "An officer verified something with this document, so nothing of it can be taken away, and only its description and last day can change."
    ),
    "evidence.looked_at": _(
        "One of your applications is being looked at, so nothing can be taken from this document until it is decided."
    ),
    "evidence.last_page": _("This is the only page. Remove the whole document or translation instead."),
    "evidence.issued_ahead": _AHEAD,
    "evidence.issued_too_old": _("This day is more than 80 years ago. Check the year."),
    "evidence.ends_before_it_begins": _("The last day must be on or after the day of issue."),
    "evidence.ends_too_far_ahead": _(
        "This day is more than 30 years ahead. Check the year, or leave it empty if it does not expire."
    ),
    "evidence.scheme_missing": _("Choose whose code it is."),
    "evidence.code_missing": _("Enter the code."),
    "translation.translator_missing": _("Enter the name of the translator or firm."),
    "translation.kind_missing": _("Choose what the translator is."),
    "translation.language_missing": _("Choose the language of the translation."),
    "translation.day_missing": _("Enter the day of the translation."),
}
