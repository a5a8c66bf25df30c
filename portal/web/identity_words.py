"""Words about names and identity documents, for their bearer and for officers alike."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.domain.identity_documents import DocumentKind
from portal.domain.names import NameKind, NameProof, StatedName
from portal.services.identity_documents import HeldDocument
from portal.web.formatting import day, in_its_language
from portal.wording.marking import N_

NAME_KINDS: Final = {
    NameKind.TRADITIONAL: N_("Traditional Chinese"),
    NameKind.SIMPLIFIED: N_("Simplified Chinese"),
    NameKind.PINYIN: N_("Pinyin"),
    NameKind.CANTONESE: N_("Cantonese spelling"),
    NameKind.ENGLISH: N_("English name or alias"),
}
PROOFS: Final = {
    NameProof.DEED_POLL: N_("Deed poll"),
    NameProof.STATUTORY_DECLARATION: N_("Statutory declaration"),
    NameProof.MARRIAGE_CERTIFICATE: N_("Marriage certificate"),
    NameProof.HOUSEHOLD_REGISTER: N_("Household register of the Mainland"),
    NameProof.IDENTITY_DOCUMENT: N_("An identity document in that name"),
    NameProof.OTHER: N_("Another document"),
}
DOCUMENT_KINDS: Final = {
    DocumentKind.HKID: N_("Hong Kong identity card"),
    DocumentKind.MAINLAND_ID: N_("Mainland resident identity card"),
    DocumentKind.HOME_RETURN_PERMIT: N_("Home Return Permit"),
    DocumentKind.PASSPORT: N_("Passport"),
}
_LOCALES: Final = {NameKind.TRADITIONAL: "zh_Hant_HK", NameKind.SIMPLIFIED: "zh_Hans_CN"}


def name_words(name: StatedName) -> Markup:
    """A name in its own script, marked as such."""
    locale = _LOCALES.get(name.kind)
    return in_its_language(name.full, locale) if locale else escape(name.full)


def name_lines(name: StatedName) -> tuple[str, ...]:
    """What is said about a name beside it: kind, time, and what proves it."""
    lines = [_(NAME_KINDS[name.kind]), _time_of(name)]
    if name.proof is not None:
        lines.append(_("shown by: %(document)s", document=_(PROOFS[name.proof])))
    return tuple(line for line in lines if line)


def document_title(document: HeldDocument) -> str:
    """A kind of document; a passport with the code of its issuing state."""
    title = _(DOCUMENT_KINDS[document.kind])
    if document.issuer:
        return _("%(document)s (%(state)s)", document=title, state=document.issuer)
    return title


def document_lines(document: HeldDocument) -> tuple[str, ...]:
    """What may be shown of a document: its last characters, and when it expires."""
    lines = [_("ends in %(characters)s", characters=document.last_four)]
    if document.expires_on is not None:
        expires = day(document.expires_on)
        lines.append(
            _("expired on %(day)s", day=expires)
            if document.has_expired
            else _("valid until %(day)s", day=expires)
        )
    return tuple(lines)


def _time_of(name: StatedName) -> str:
    if not name.is_former:
        return _("since %(day)s", day=day(name.since)) if name.since else ""
    if name.since and name.until:
        return _("former name, %(first)s to %(last)s", first=day(name.since), last=day(name.until))
    return _("former name, until %(day)s", day=day(name.until)) if name.until else _("former name")
