"""When two records may be one person, why, and what an officer may rule. Nothing is ever merged here.

Owns the reasons and what they weigh. A romanisation alone is never a reason: 张小萍 and 章晓平 are
both Zhang Xiaoping.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final
from uuid import UUID

LONGEST_RULING: Final = 1000


class MatchReason(StrEnum):
    """What two records have in common; names count, former ones too, only with the date of birth."""

    SAME_DOCUMENT = "same_document"
    SAME_CHARACTERS = "same_characters"
    SAME_LATIN = "same_latin"


class SamenessVerdict(StrEnum):
    """What an officer finds about two records."""

    SAME_PERSON = "same_person"
    DIFFERENT_PEOPLE = "different_people"


def in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """The two of a pair, always the same one first."""
    return (one, other) if one < other else (other, one)


def is_proposed(known: Collection[str], covered: Collection[str] | None) -> bool:
    """True when a pair has to be looked at: never ruled on, or a document came up since the ruling.

    A name that matches anew tells an officer nothing they did not weigh; a document number that
    two records share does, and must not pass in silence.
    """
    if covered is None:
        return bool(known)
    document = MatchReason.SAME_DOCUMENT.value
    return document in known and document not in covered
