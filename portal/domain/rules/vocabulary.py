"""The closed words of the rules: outcomes, owners, confidence, kinds of recognition, bases.

Owns the enumerations and nothing else. Open lists (functions, employer kinds,
fields of study, facts about a person) are data in the rulebook's vocabulary.
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What is known of a clause. Unknown never becomes no."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_settled(self) -> bool:
        """Nothing that is still unknown can change it."""
        return self is not Outcome.UNDETERMINED

    @property
    def is_open(self) -> bool:
        """Somebody still has something to do."""
        return self in (Outcome.NOT_MET, Outcome.UNDETERMINED)


class Owner(StrEnum):
    """Whose turn a clause is: the person alone, an employer, or the authority."""

    PERSON = "person"
    EMPLOYER = "employer"
    AUTHORITY = "authority"


class Confidence(StrEnum):
    """How sure the reading of a source is. Low never decides."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """A larger rank is a surer reading."""
        return {"high": 2, "medium": 1, "low": 0}[self.value]


class RecognitionKind(StrEnum):
    """The six kinds of recognition, kept apart and named."""

    PAPER_EXEMPTION = "paper-exemption"
    PRACTICE_BY_FILING = "practice-by-filing"
    TITLE_COMPARISON = "title-comparison"
    FRAMEWORK_MATCH = "framework-match"
    APPOINTMENT_ELIGIBILITY = "appointment-eligibility"
    SUBSIDY_ELIGIBILITY = "subsidy-eligibility"


class Basis(StrEnum):
    """The two verdicts: on everything declared, and on verified facts only."""

    DECLARED = "declared"
    VERIFIED = "verified"


class ClauseKind(StrEnum):
    """A leaf asks one thing; a group combines the clauses below it."""

    LEAF = "leaf"
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    AT_LEAST = "at_least"
