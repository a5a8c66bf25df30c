"""A person's request that people look again at what the machine answered: its states and its limits."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from portal.domain.cases import OPEN_STAGES, Stage
from portal.domain.errors import Conflict

# A reason nobody can understand helps nobody, and one that fills a book is not read.
MOST_CHARACTERS: Final = 2000


class ReviewState(StrEnum):
    """Where a request stands. ``ENDED``: the case was withdrawn before anybody answered."""

    OPEN = "open"
    AGREED = "agreed"
    UNCHANGED = "unchanged"
    ENDED = "ended"


def may_be_asked(stage: Stage) -> bool:
    """True while the case is open: before that there is nothing to look at, after it people have decided.

    >>> may_be_asked(Stage.DRAFT), may_be_asked(Stage.DECLINED)
    (True, False)
    """
    return stage in OPEN_STAGES


def require_askable(stage: Stage) -> None:
    """Refuse with ``case.not_in_stage`` a request about a case that is decided or closed."""
    if not may_be_asked(stage):
        raise Conflict("case.not_in_stage")
