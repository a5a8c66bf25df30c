"""Identity documents: the form of their numbers, check digits, and what may be kept of one.

Owns what is wrong with a number as typed. A check digit tells that something is wrong, never which
character. Nothing here keeps a number: callers keep a keyed digest and the last four characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portal.domain.errors import Refused

LONGEST_NUMBER: Final = 40
NUMBER: Final = "identity_number"
ISSUER: Final = "issuer"
_HKID: Final = re.compile(r"[A-Z]{1,2}[0-9]{6}[0-9A]")
_MAINLAND_ID: Final = re.compile(r"[0-9]{17}[0-9X]")
# Issued to residents of Hong Kong (H) and Macao (M). Eight figures stay for life; the two that older
# permits add count renewals.
_HOME_RETURN_PERMIT: Final = re.compile(r"[HM][0-9]{8}([0-9]{2})?")
_LIFELONG: Final = 9
_PASSPORT: Final = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,9}")
_ISSUER: Final = re.compile(r"[A-Z]{1,3}")
_SIGNS: Final = re.compile(r"[\s()\-‐‑./]")
_MOD_11_2: Final = "10X98765432"
# The first two figures of a Mainland number: provinces, and 81 to 83 for residents from Hong Kong,
# Macao and Taiwan who hold a residence permit.
_REGION: Final = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


class DocumentKind(StrEnum):
    """The documents that can be stated."""

    HKID = "hkid"
    MAINLAND_ID = "mainland_id"
    HOME_RETURN_PERMIT = "home_return_permit"
    PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class StatedDocument:
    """A document as typed. ``issuer`` is the issuing state of a passport, as its data page codes it."""

    kind: DocumentKind
    number: str
    issuer: str = ""
    expires_on: date | None = None

    def __repr__(self) -> str:
        """Never the number: this may end in a log."""
        return f"StatedDocument({self.kind.value})"

    @property
    def plain(self) -> str:
        """The number without the signs people type between its characters.

        >>> StatedDocument(DocumentKind.HKID, " a123456(3) ").plain
        'A1234563'
        """
        return _SIGNS.sub("", unicodedata.normalize("NFKC", self.number)).upper()

    @property
    def issued_by(self) -> str:
        """The issuing state of a passport; other documents have none."""
        return self.issuer.strip().upper() if self.kind is DocumentKind.PASSPORT else ""

    @property
    def compared(self) -> str:
        """What two documents are compared by: the lifelong part of the number, with kind and issuer."""
        number = self.plain[:_LIFELONG] if self.kind is DocumentKind.HOME_RETURN_PERMIT else self.plain
        return f"{self.kind.value}:{self.issued_by}:{number}"

    @property
    def last_four(self) -> str:
        """What is shown of the number from now on."""
        number = self.plain[:_LIFELONG] if self.kind is DocumentKind.HOME_RETURN_PERMIT else self.plain
        return number[-4:]


def document_faults(document: StatedDocument, today: date, born_on: date | None = None) -> list[Refused]:
    """Everything wrong with a document as typed, each at its field."""
    if not document.plain:
        faults = [Refused("document.number_missing", field=NUMBER)]
    elif len(document.number) > LONGEST_NUMBER:
        faults = [Refused(_FORM_CODES[document.kind], field=NUMBER)]
    else:
        code = _CHECKS[document.kind](document.plain, today, born_on)
        faults = [Refused(code, field=NUMBER)] if code else []
    if document.kind is DocumentKind.PASSPORT and not _ISSUER.fullmatch(document.issued_by):
        faults.append(Refused("document.issuer_malformed", field=ISSUER))
    if document.expires_on is not None and document.expires_on.year > today.year + 50:
        faults.append(Refused("document.expires_too_far_ahead", field="expires_on"))
    return faults


def hkid_check_character(body: str) -> str:
    """The check character of one or two letters and six figures.

    >>> hkid_check_character("A123456")
    '3'
    """
    values = [36, *map(_value, body)] if len(body) == 7 else list(map(_value, body))
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return "0123456789A"[-total % 11]


def mainland_check_character(body: str) -> str:
    """The check character of seventeen figures, by ISO 7064 MOD 11-2.

    >>> mainland_check_character("11010519491231002")
    'X'
    """
    total = sum(int(figure) * pow(2, 17 - place, 11) for place, figure in enumerate(body))
    return _MOD_11_2[total % 11]


def _value(character: str) -> int:
    """A figure is itself; A is 10 and Z 35, and the blank before a single letter is 36."""
    return int(character, 36)


def _hkid(number: str, today: date, born_on: date | None) -> str | None:
    if not _HKID.fullmatch(number):
        return "document.hkid_form"
    return None if hkid_check_character(number[:-1]) == number[-1] else "document.hkid_check"


def _mainland_id(number: str, today: date, born_on: date | None) -> str | None:
    if not _MAINLAND_ID.fullmatch(number):
        return "document.mainland_form"
    if mainland_check_character(number[:-1]) != number[-1]:
        return "document.mainland_check"
    embedded = _day(number[6:14])
    if not _REGION.match(number) or embedded is None or embedded > today:
        return "document.mainland_inside"
    return "document.mainland_birth" if born_on is not None and embedded != born_on else None


def _home_return_permit(number: str, today: date, born_on: date | None) -> str | None:
    return None if _HOME_RETURN_PERMIT.fullmatch(number) else "document.permit_form"


def _passport(number: str, today: date, born_on: date | None) -> str | None:
    return None if _PASSPORT.fullmatch(number) else "document.passport_form"


def _day(figures: str) -> date | None:
    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return None


_CHECKS: Final[dict[DocumentKind, Callable[[str, date, date | None], str | None]]] = {
    DocumentKind.HKID: _hkid,
    DocumentKind.MAINLAND_ID: _mainland_id,
    DocumentKind.HOME_RETURN_PERMIT: _home_return_permit,
    DocumentKind.PASSPORT: _passport,
}
_FORM_CODES: Final = {
    DocumentKind.HKID: "document.hkid_form",
    DocumentKind.MAINLAND_ID: "document.mainland_form",
    DocumentKind.HOME_RETURN_PERMIT: "document.permit_form",
    DocumentKind.PASSPORT: "document.passport_form",
}
