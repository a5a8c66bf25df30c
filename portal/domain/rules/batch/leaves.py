"""The columns of leaves: which question each asks, and the bits everybody's answer leaves.

Owns the names under which columns are kept: leaves of different targets that
ask the same thing share one column. A new predicate needs its twin here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from portal.domain.rules.batch.held import education, holds, sittings
from portal.domain.rules.batch.planes import Planes
from portal.domain.rules.batch.stated import age_at_least, judgement, person_is, recognised_for
from portal.domain.rules.batch.verdicts import Question, undecided
from portal.domain.rules.batch.worked import employed_in, experience
from portal.domain.rules.clauses import Condition, Leaf, Parameters, identity_of

_JUDGEMENT: Final = "judgement"
_UNREAD: Final = "unread"

Twin = Callable[[Sequence[Parameters], Question], list[Planes]]


def _each(twin: Callable[[Parameters, Question], Planes]) -> Twin:
    """Questions that gain nothing from being answered together."""
    return lambda asked, question: [twin(parameters, question) for parameters in asked]


TWINS: Final[Mapping[str, Twin]] = MappingProxyType(
    {
        "holds": _each(holds),
        "passed_in_consecutive_sittings": _each(sittings),
        "education_at_least": education,
        "experience_at_least": experience,
        "employed_in": _each(employed_in),
        "person_is": _each(person_is),
        "age_at_least": _each(age_at_least),
        "recognised_for": _each(recognised_for),
    }
)


class Asked(NamedTuple):
    """One question as it is kept: equal names mean equal columns.

    ``place`` tells judgements apart, which are recorded against a clause of a target.
    """

    test: str
    spelt: Hashable = ()
    place: tuple[str, str] = ("", "")


NEVER_DECIDES: Final = Asked(_UNREAD)


def asked_by(leaf: Leaf, target_id: str) -> Asked:
    """The question of a leaf; one that never decides is the same for all."""
    if leaf.test == _UNREAD or not leaf.can_decide:
        return NEVER_DECIDES
    return _asked(leaf.test, leaf.parameters, (target_id, leaf.id))


def asked_before(condition: Condition, target_id: str, clause_id: str) -> Asked:
    """The question that settles whether a clause applies."""
    return _asked(condition.test, condition.parameters, (target_id, clause_id))


def _asked(test: str, parameters: Parameters, place: tuple[str, str]) -> Asked:
    if test == _UNREAD:
        return NEVER_DECIDES
    if test == _JUDGEMENT:
        return Asked(test, (), place)
    return Asked(test, identity_of(parameters))


def columns_of(wanted: Mapping[Asked, Parameters], question: Question) -> dict[Asked, Planes]:
    """Answer questions for the whole register, those of one predicate together."""
    found = dict.fromkeys((NEVER_DECIDES,) if NEVER_DECIDES in wanted else (), undecided(question))
    found |= {asked: judgement(*asked.place, question) for asked in wanted if asked.test == _JUDGEMENT}
    for test, twin in TWINS.items():
        asked = [one for one in wanted if one.test == test]
        found |= zip(asked, twin([wanted[one] for one in asked], question), strict=True)
    return found
