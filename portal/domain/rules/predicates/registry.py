"""All predicates by name: the one place that knows every family.

A new predicate touches, in this order: its family's module (``build`` and the
parameters it takes), this list, its reasons in ``portal/domain/rules/reasons.py``,
their sentences in three languages, and a test beside the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from portal.domain.rules.predicates.education import EDUCATION_AT_LEAST
from portal.domain.rules.predicates.employment import EMPLOYED_IN
from portal.domain.rules.predicates.experience import EXPERIENCE_AT_LEAST
from portal.domain.rules.predicates.holdings import HOLDS
from portal.domain.rules.predicates.judgement import JUDGEMENT, RECOGNISED_FOR, UNREAD
from portal.domain.rules.predicates.person import AGE_AT_LEAST, PERSON_IS
from portal.domain.rules.predicates.schema import Predicate
from portal.domain.rules.predicates.sittings import PASSED_IN_CONSECUTIVE_SITTINGS

PREDICATES: Final[Mapping[str, Predicate]] = MappingProxyType(
    {
        predicate.name: predicate
        for predicate in (
            HOLDS,
            PASSED_IN_CONSECUTIVE_SITTINGS,
            EDUCATION_AT_LEAST,
            EXPERIENCE_AT_LEAST,
            EMPLOYED_IN,
            PERSON_IS,
            AGE_AT_LEAST,
            JUDGEMENT,
            RECOGNISED_FOR,
            UNREAD,
        )
    }
)
