"""How what is known of a document is said, to its owner and to officers alike.

Owns the words for treatments, scans, signatures, translators, codes and days. No word here says
that a signature or a code is good: that is for its issuer, and for officers, to say.
"""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _, ngettext

from portal.domain.evidence import (
    SignatureFinding,
    SignatureState,
    TranslatorKind,
    Treatment,
    WrittenLanguage,
)
from portal.domain.official_codes import CodeForm, CodeScheme, form_of
from portal.domain.ports import ScanResult
from portal.services.house import House
from portal.services.shelf import ShelvedFile, ShelvedTranslation
from portal.web.formatting import day, moment
from portal.web.languages import current_language
from portal.web.professional.words import scan_word, size_word
from portal.wording.marking import N_

TRANSLATORS: Final = {
    TranslatorKind.NOTARY: N_("Notary"),
    TranslatorKind.LAW_FIRM: N_("Law firm"),
    TranslatorKind.AWARDING_BODY: N_("Body that issued the document"),
    TranslatorKind.TRANSLATION_COMPANY: N_("Translation company"),
}
LANGUAGES: Final = {
    WrittenLanguage.ENGLISH: N_("English"),
    WrittenLanguage.TRADITIONAL_CHINESE: N_("Traditional Chinese"),
    WrittenLanguage.SIMPLIFIED_CHINESE: N_("Simplified Chinese"),
}
SCHEMES: Final = {
    CodeScheme.CHSI: N_("CHSI online verification code"),
    CodeScheme.CSCSE: N_("CSCSE certificate number"),
    CodeScheme.JUCC: N_("JUCC certificate verification platform (ACVP)"),
    CodeScheme.OTHER: N_("Another official code"),
}
_FORMS: Final = {
    CodeForm.FITS: N_("The form fits. Whether the code is good only its issuer’s own site can say."),
    CodeForm.DOES_NOT_FIT: N_(
        "Such codes usually have 12 digits, or 16 letters and digits. Check it for a typing error."
    ),
    CodeForm.NOT_CHECKED: N_("Form not checked: we know of no published description of it."),
}
_TREATMENTS: Final = {
    Treatment.AS_SENT: N_("Kept as it was handed in"),
    Treatment.REDRAWN: N_("Redrawn: position, camera and other hidden notes were removed"),
    Treatment.CLEANED: N_("Notes about who made it, when and with what were removed"),
    Treatment.SIGNED: N_("Signed, so kept untouched, with whatever notes it carries"),
}
_SIGNATURES: Final = {
    SignatureState.COVERS_WHOLE_FILE: N_("Unchanged since: it covers the whole file."),
    SignatureState.ADDED_TO_AFTERWARDS: N_(
        "What was signed is unchanged, and something was added afterwards, such as a further signature."
    ),
    SignatureState.ALTERED: N_("Altered after signing, or not covering all that the file shows."),
    SignatureState.UNREADABLE: N_("We could not read this signature, so we say nothing about it."),
}


def file_notes(house: House, file: ShelvedFile) -> tuple[str, ...]:
    """What is to be known of a file besides its name: size, pages, treatment, scan."""
    pages = (ngettext("%(num)s page", "%(num)s pages", file.pages),) if file.pages > 1 else ()
    return (size_word(file.size_bytes), *pages, _(_TREATMENTS[file.treatment]), scan_said(house, file))


def scan_said(house: House, file: ShelvedFile) -> str:
    """What the scanner said; a file from before there was one waits like a new one."""
    waits = file.scan is ScanResult.NOT_SCANNED and house.scanner.is_present
    return scan_word(ScanResult.PENDING if waits else file.scan)


def signature_said(finding: SignatureFinding) -> str:
    """One signature: whose, when, whether anything changed since, and whether we know the signer."""
    if finding.state is SignatureState.UNREADABLE:
        return _(_SIGNATURES[finding.state])
    named = {"signer": finding.signer or _("somebody without a name")}
    if finding.signed_at is None:
        signed = _("Signed by %(signer)s.", **named)
    else:
        signed = _(
            "Signed by %(signer)s, %(moment)s by the signer’s own clock.",
            moment=moment(finding.signed_at),
            **named,
        )
    known = (
        _("The signer’s certificate leads to one this portal trusts.")
        if finding.is_trusted
        else _("Signer unknown to us.")
    )
    between = "" if current_language().is_chinese else " "
    return between.join((signed, _(_SIGNATURES[finding.state]), known))


def translation_said(translation: ShelvedTranslation) -> str:
    """A translation: into what, by whom, when."""
    return _(
        "Translation into %(language)s by %(translator)s (%(kind)s), %(day)s",
        language=_(LANGUAGES[translation.language]),
        translator=translation.translator,
        kind=_(TRANSLATORS[translation.kind]),
        day=day(translation.translated_on),
    )


def code_said(scheme: CodeScheme, code: str) -> tuple[str, str]:
    """An official code with its name, and what can be said of its form."""
    named = _("%(scheme)s: %(code)s", scheme=_(SCHEMES[scheme]), code=code)
    return named, _(_FORMS[form_of(scheme, code)])
