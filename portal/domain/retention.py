"""How long each kind of data is kept: one table, set by the operator, shown wherever data is shown.

Owns the kinds, what each counts from, and the operator's periods. They are the operator's own
settings, not figures of a law; until the operator sets them they are illustrative, and every page
that shows one says so. It must not know sentences or pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.domain.calendar import add_months

# An export holds everything in one file: it should not lie about for long.
EXPORT_DAYS: Final = 7
# What somebody typed when their sign-in had ended waits so long for them to be back.
FORM_KEPT_FOR: Final = timedelta(hours=1)
# That a form was acted on is remembered longer than any page with that form can still be sent: a sign-in
# ends after half a day, and with it every form drawn for it.
SENT_FORMS_FOR: Final = timedelta(days=30)


class DataKind(StrEnum):
    """The kinds of data whose pages say how long they are kept."""

    ACCOUNT = "account"
    NAMES = "names"
    IDENTITY_DOCUMENTS = "identity_documents"
    PERSONAL_FACTS = "personal_facts"
    CREDENTIALS = "credentials"
    WORK = "work"
    EVIDENCE = "evidence"
    REFEREES = "referees"
    MAPPING = "mapping"
    APPLICATIONS = "applications"
    RECOGNITIONS = "recognitions"
    SHARES = "shares"
    ENROLMENTS = "enrolments"
    MESSAGES = "messages"
    EXPORTS = "exports"
    JOURNAL = "journal"


class Rule(StrEnum):
    """Until when something is kept. Each is one sentence; those with a period name it there."""

    REMOVED = "removed"
    ERASED = "erased"
    DECIDED = "decided"
    RECOGNISED = "recognised"
    LOOKED_AT = "looked_at"
    SENT = "sent"
    JOURNALED = "journaled"
    A_FEW_DAYS = "a_few_days"


RULES: Final[dict[DataKind, Rule]] = {
    DataKind.ACCOUNT: Rule.ERASED,
    DataKind.NAMES: Rule.DECIDED,
    DataKind.IDENTITY_DOCUMENTS: Rule.REMOVED,
    DataKind.PERSONAL_FACTS: Rule.DECIDED,
    DataKind.CREDENTIALS: Rule.DECIDED,
    DataKind.WORK: Rule.DECIDED,
    DataKind.EVIDENCE: Rule.DECIDED,
    DataKind.REFEREES: Rule.DECIDED,
    DataKind.MAPPING: Rule.ERASED,
    DataKind.APPLICATIONS: Rule.DECIDED,
    DataKind.RECOGNITIONS: Rule.RECOGNISED,
    DataKind.SHARES: Rule.LOOKED_AT,
    DataKind.ENROLMENTS: Rule.DECIDED,
    DataKind.MESSAGES: Rule.SENT,
    DataKind.EXPORTS: Rule.A_FEW_DAYS,
    DataKind.JOURNAL: Rule.JOURNALED,
}


@dataclass(frozen=True, slots=True)
class RetentionPeriods:
    """The operator's periods in months; ``are_set`` is false while they are only illustrative."""

    decisions: int = 84
    messages: int = 12
    journal: int = 120
    are_set: bool = False

    @staticmethod
    def set_by_operator(months: Mapping[str, int]) -> RetentionPeriods:
        """The periods as configured; they count as set when every one of them is.

        >>> RetentionPeriods.set_by_operator({"decisions": 60}).are_set
        False
        """
        usual = RetentionPeriods()
        return RetentionPeriods(
            decisions=months.get("decisions", usual.decisions),
            messages=months.get("messages", usual.messages),
            journal=months.get("journal", usual.journal),
            are_set={"decisions", "messages", "journal"} <= set(months),
        )

    def decision_until(self, day: date) -> date:
        """The last day on which a decision, or a recognition that ended on that day, is kept."""
        return add_months(day, self.decisions)
