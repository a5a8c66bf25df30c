"""What one person holds: standings, kinds of qualification, and which dates each kind asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How far a declared fact can be relied on."""

    DECLARED = "declared"
    EVIDENCED = "evidenced"
    VERIFIED = "verified"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


COUNTS_AS_DECLARED = frozenset({Standing.DECLARED, Standing.EVIDENCED, Standing.VERIFIED})


class Kind(StrEnum):
    """Kinds of qualification in the catalogue."""

    LICENCE = "licence"
    REGISTRATION = "registration"
    EXAM_PAPER = "exam-paper"
    CERTIFICATE = "certificate"
    MEMBERSHIP = "membership"
    EDUCATION = "education"
    COURSE = "course"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class DatesAsked:
    """Which days a kind has: the day of award or sitting, or a beginning and an end."""

    awarded: bool
    period: bool
    expiry: bool


_DATES = {
    Kind.LICENCE: DatesAsked(awarded=False, period=True, expiry=False),
    Kind.REGISTRATION: DatesAsked(awarded=False, period=True, expiry=False),
    Kind.MEMBERSHIP: DatesAsked(awarded=False, period=True, expiry=False),
    Kind.EXAM_PAPER: DatesAsked(awarded=True, period=False, expiry=False),
    Kind.CERTIFICATE: DatesAsked(awarded=True, period=False, expiry=True),
    Kind.EDUCATION: DatesAsked(awarded=True, period=False, expiry=False),
    Kind.COURSE: DatesAsked(awarded=True, period=False, expiry=False),
    Kind.TITLE: DatesAsked(awarded=True, period=False, expiry=True),
}


def dates_asked(kind: Kind) -> DatesAsked:
    """The days a form asks for."""
    return _DATES[kind]


class FactKind(StrEnum):
    """The kinds of fact that evidence supports and officers verify."""

    CREDENTIAL = "credential"
    WORK = "work"
    PERSONAL = "personal"


class VerificationMethod(StrEnum):
    """How an officer came to know."""

    ORIGINAL_SEEN = "original_seen"
    SOURCE_ASKED = "source_asked"
    OFFICIAL_REGISTER = "official_register"
    OFFICIAL_CODE = "official_code"
    EMPLOYER_CONFIRMED = "employer_confirmed"
    COMPLETION = "completion"
