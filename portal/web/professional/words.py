"""Words several of the professional's topics share: standings, vocabulary, sizes, days.

Owns how a value reads to its owner. It must not know routes or forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from portal.domain.credentials import Standing, VerificationMethod
from portal.domain.places import Jurisdiction
from portal.domain.ports import ScanResult
from portal.domain.texts import Text
from portal.services.house import House
from portal.web.formatting import in_its_language
from portal.web.languages import current_language
from portal.wording.languages import ENGLISH
from portal.wording.marking import N_

_STANDINGS: Final = {
    Standing.DECLARED: (N_("Declared"), "grey"),
    Standing.EVIDENCED: (N_("Evidence attached"), "blue"),
    Standing.VERIFIED: (N_("Verified"), "green"),
    Standing.REJECTED: (N_("Not accepted"), "red"),
    Standing.WITHDRAWN: (N_("Withdrawn"), "grey"),
}
_STANDING_MEANINGS: Final = {
    Standing.DECLARED: N_(
        "It counts as you declared it. Attach a document so that an officer can verify it."
    ),
    Standing.EVIDENCED: N_("Evidence supports it. An officer looks at it once you have applied."),
    Standing.VERIFIED: N_("An officer has verified it as it stands here."),
    Standing.REJECTED: N_(
        "An officer did not accept it as it stands here, so it does not count. Correct it, or attach a better document."
    ),
    Standing.WITHDRAWN: N_("You withdrew it, so it does not count."),
}
_METHODS: Final = {
    VerificationMethod.ORIGINAL_SEEN: N_("The original was seen"),
    VerificationMethod.SOURCE_ASKED: N_("The body that issued it was asked"),
    VerificationMethod.OFFICIAL_REGISTER: N_("Looked up in an official register"),
    VerificationMethod.OFFICIAL_CODE: N_("Checked by an official verification code"),
    VerificationMethod.EMPLOYER_CONFIRMED: N_("The employer confirmed it"),
    VerificationMethod.COMPLETION: N_("Completed in a programme of this portal"),
}
_SCANS: Final = {
    ScanResult.CLEAN: N_("Scanned for malware: nothing found"),
    ScanResult.NOT_SCANNED: N_("Not scanned for malware: this copy of the portal has no scanner"),
    ScanResult.INFECTED: N_("Malware was found in it, so it was destroyed"),
    ScanResult.PENDING: N_("Waiting for the malware scanner: nobody can open it until it has looked"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A standing as a word and a colour; the colour alone says nothing."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer as it is recorded now and as it was typed, for the page of a stale form."""

    label: str
    recorded: str
    typed: str


def standing_tag(standing: Standing) -> Tag:
    """A standing in the reader's language."""
    word, colour = _STANDINGS[standing]
    return Tag(_(word), colour)


def standing_meaning(standing: Standing) -> str:
    """What a standing means for its owner, and what to do about it."""
    return _(_STANDING_MEANINGS[standing])


def change_warning(standing: Standing) -> str | None:
    """What a change does to a standing, to be read before saving; none when it does nothing."""
    if standing is Standing.VERIFIED:
        return _(
            "It is verified as it stands. If you change it, the verification ends and an officer has to look at it again."
        )
    if standing is Standing.EVIDENCED:
        return _(
            "Documents are attached to it. They stay attached: check that they still fit what you change."
        )
    if standing is Standing.REJECTED:
        return _("It was not accepted as it stands. Once changed, it counts again as you declare it.")
    return None


def method_word(method: VerificationMethod) -> str:
    """How an officer came to know."""
    return _(_METHODS[method])


def scan_word(scan: ScanResult) -> str:
    """What a scanner said, or that nobody asked one."""
    return _(_SCANS[scan])


def office_word(jurisdiction: Jurisdiction) -> str:
    """Whose officer it was; officers are named to each other, not to applicants."""
    if jurisdiction is Jurisdiction.HONG_KONG:
        return _("An officer for Hong Kong")
    return _("An officer for Shenzhen")


def said(text: Text) -> str:
    """A rulebook text in the reader's language."""
    return text.in_language(current_language().locale)


def said_or_marked(text: Text) -> str:
    """A rulebook text in the reader's language; a name that stays English is marked as English."""
    words = said(text)
    stays_english = current_language().is_chinese and not any("㐀" <= sign <= "鿿" for sign in words)
    return in_its_language(words, ENGLISH.locale) if stays_english else words


def vocabulary_word(house: House, section: str, code: str) -> str:
    """The title of a word of the vocabulary; the code itself for one a later rulebook dropped."""
    title = house.rulebook.vocabulary[section].get(code)
    return said(title) if title is not None else code


def authority_word(house: House, authority_id: str) -> str:
    """An authority by its short name where it has one."""
    authority = house.rulebook.authorities[authority_id]
    return said(authority.short or authority.title)


def qualification_word(house: House, code: str) -> str:
    """A qualification's title; the code itself for one a later rulebook dropped."""
    entry = house.rulebook.qualifications.get(code)
    return said(entry.title) if entry is not None else code


def size_word(size_bytes: int) -> str:
    """The size of a file, as devices show it."""
    if size_bytes >= 1024 * 1024:
        return f"{size_bytes / (1024 * 1024):.1f} MB"
    return f"{max(1, round(size_bytes / 1024))} KB"
