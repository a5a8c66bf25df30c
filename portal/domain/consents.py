"""The kinds of consent a person gives here, and whether one can still be taken back."""

from __future__ import annotations

from enum import StrEnum


class ConsentKind(StrEnum):
    """What was agreed to."""

    DECLARATION = "declaration"
    SHARE = "share"
    REFEREE = "referee"
    ELIGIBILITY = "eligibility"


class ConsentState(StrEnum):
    """Where a consent stands. ``DONE``: what it allowed has happened and stands; ``STATEMENT``: nothing to take back."""

    STANDS = "stands"
    ENDED = "ended"
    DONE = "done"
    STATEMENT = "statement"
