"""What a document on the shelf is: pages, translations, days between which it holds, signatures found.

Owns the words for all of these and when a document has run out. It must not know bytes, decoders,
rows or pages of the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from portal.domain.errors import Refused
from portal.domain.official_codes import CodeScheme

LONGEST_DESCRIPTION: Final = 200
LONGEST_TRANSLATOR: Final = 160
LONGEST_CODE: Final = 60
MOST_FILES: Final = 40
# Papers older than a working life are not what anybody hands in; a slip of the year is.
_EARLIEST_YEARS_BACK: Final = 80
_LATEST_YEARS_AHEAD: Final = 30


class Treatment(StrEnum):
    """What was done to a file between its arrival and the shelf."""

    AS_SENT = "as_sent"
    REDRAWN = "redrawn"
    CLEANED = "cleaned"
    SIGNED = "signed"


class TranslatorKind(StrEnum):
    """What a translator is; who may certify a translation differs by body, so all are kept apart."""

    NOTARY = "notary"
    LAW_FIRM = "law_firm"
    AWARDING_BODY = "awarding_body"
    TRANSLATION_COMPANY = "translation_company"


class WrittenLanguage(StrEnum):
    """The language a translation is written in."""

    ENGLISH = "en"
    TRADITIONAL_CHINESE = "zh-Hant"
    SIMPLIFIED_CHINESE = "zh-Hans"


class SignatureState(StrEnum):
    """What the bytes say of one signature. Whether its signer is known to us is a second question."""

    COVERS_WHOLE_FILE = "covers_whole_file"
    ADDED_TO_AFTERWARDS = "added_to_afterwards"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SignatureFinding:
    """One signature inside a PDF: whose certificate, when by the signer's clock, and what holds."""

    signer: str
    signed_at: datetime | None
    state: SignatureState
    is_trusted: bool

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the file."""
        return {
            "signer": self.signer,
            "signed_at": self.signed_at.isoformat() if self.signed_at else None,
            "state": self.state.value,
            "is_trusted": self.is_trusted,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> SignatureFinding:
        """Read back what was kept.

        >>> kept = {"signer": "", "signed_at": None, "state": "altered", "is_trusted": False}
        >>> SignatureFinding.from_json(kept).to_json() == kept
        True
        """
        signed_at = datetime.fromisoformat(kept["signed_at"]) if kept["signed_at"] else None
        return cls(kept["signer"], signed_at, SignatureState(kept["state"]), bool(kept["is_trusted"]))


@dataclass(frozen=True, slots=True)
class Validity:
    """The days between which a document holds; an absent day is a day nobody stated."""

    issued_on: date | None = None
    valid_until: date | None = None

    def has_run_out(self, *, on: date) -> bool:
        """True from the day after the last one.

        >>> Validity(None, date(2026, 3, 1)).has_run_out(on=date(2026, 3, 1))
        False
        >>> Validity(None, date(2026, 3, 1)).has_run_out(on=date(2026, 3, 2))
        True
        """
        return self.valid_until is not None and self.valid_until < on

    def problems(self, *, today: date) -> Iterable[Refused]:
        """Days that cannot be right, each at its field."""
        issued, until = self.issued_on, self.valid_until
        if issued is not None and issued > today:
            yield Refused("evidence.issued_ahead", field="issued_on")
        if issued is not None and issued.year < today.year - _EARLIEST_YEARS_BACK:
            yield Refused("evidence.issued_too_old", field="issued_on")
        if issued is not None and until is not None and until < issued:
            yield Refused("evidence.ends_before_it_begins", field="valid_until")
        elif until is not None and until.year > today.year + _LATEST_YEARS_AHEAD:
            yield Refused("evidence.ends_too_far_ahead", field="valid_until")


@dataclass(frozen=True, slots=True)
class DocumentAnswers:
    """What a person says of a document: what it shows, when it holds, and the official code on it."""

    description: str = ""
    validity: Validity = Validity()
    scheme: CodeScheme | None = None
    code: str = ""

    def problems(self, *, today: date) -> Iterable[Refused]:
        """What cannot be right, each at its field."""
        for field, typed, most in (
            ("description", self.description, LONGEST_DESCRIPTION),
            ("code", self.code, LONGEST_CODE),
        ):
            if len(typed) > most:
                yield Refused("evidence.too_long", field=field, most=most, typed=len(typed))
        if self.code and self.scheme is None:
            yield Refused("evidence.scheme_missing", field="scheme")
        if self.scheme is not None and not self.code:
            yield Refused("evidence.code_missing", field="code")
        yield from self.validity.problems(today=today)


@dataclass(frozen=True, slots=True)
class TranslationAnswers:
    """Who translated a document, what they are, into which language, and on which day."""

    translator: str
    kind: TranslatorKind | None
    language: WrittenLanguage | None
    translated_on: date | None

    def problems(self, *, today: date) -> Iterable[Refused]:
        """What is missing or cannot be right, each at its field."""
        name = self.translator.strip()
        if not name:
            yield Refused("translation.translator_missing", field="translator")
        elif len(name) > LONGEST_TRANSLATOR:
            yield Refused("evidence.too_long", field="translator", most=LONGEST_TRANSLATOR, typed=len(name))
        if self.kind is None:
            yield Refused("translation.kind_missing", field="kind")
        if self.language is None:
            yield Refused("translation.language_missing", field="language")
        if self.translated_on is None:
            yield Refused("translation.day_missing", field="translated_on")
        elif self.translated_on > today:
            yield Refused("evidence.issued_ahead", field="translated_on")
        elif self.translated_on.year < today.year - _EARLIEST_YEARS_BACK:
            yield Refused("evidence.issued_too_old", field="translated_on")
