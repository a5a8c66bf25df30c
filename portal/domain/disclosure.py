"""A holder's consent to be checked: when a share is open, and what a look may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Purpose(StrEnum):
    """Why a holder shares."""

    HIRING = "hiring"
    ONBOARDING = "onboarding"
    YEARLY_REVIEW = "yearly_review"
    CLIENT_ASSURANCE = "client_assurance"
    OTHER = "other"
    CERTIFICATE = "certificate"


class Factor(StrEnum):
    """The second thing a checker must know."""

    PIN = "pin"
    BIRTH_DATE = "birth_date"


class ShareState(StrEnum):
    """What a holder sees of a share; a checker sees only open or nothing."""

    OPEN = "open"
    ENDED = "ended"
    EXPIRED = "expired"
    LOCKED = "locked"


TRIES_BEFORE_LOCK = 10


@dataclass(frozen=True, slots=True)
class ShareTerms:
    """The dated facts a share's state follows from; ``until`` is its last day."""

    until: date
    ended_at: datetime | None
    wrong_tries: int


def share_state(terms: ShareTerms, *, on: date) -> ShareState:
    """Derive the state on a day: ended by the holder, past its last day, locked, or open."""
    if terms.ended_at is not None:
        return ShareState.ENDED
    if on > terms.until:
        return ShareState.EXPIRED
    if terms.wrong_tries >= TRIES_BEFORE_LOCK:
        return ShareState.LOCKED
    return ShareState.OPEN
