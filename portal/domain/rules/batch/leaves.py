"""The column of one leaf: which question it asks, and the bits everybody's answer leaves.

Owns the names under which columns are kept: leaves of different targets that
ask the same thing share one column. A new predicate needs its twin here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from portal.domain.rules.batch.held import education, holds, sittings
from portal.domain.rules.batch.planes import Planes, open_planes, settled_planes
from portal.domain.rules.batch.stated import age_at_least, judgement, person_is, recognised_for
from portal.domain.rules.batch.verdicts import Question, Verdicts
from portal.domain.rules.batch.worked import employed_in, experience
from portal.domain.rules.clauses import Condition, Leaf, Parameters, identity_of

_JUDGEMENT: Final = "judgement"
_UNREAD: Final = "unread"

TWINS: Final[Mapping[str, Callable[[Parameters, Question], Verdicts]]] = MappingProxyType(
    {
        "holds": holds,
        "passed_in_consecutive_sittings": sittings,
        "education_at_least": education,
        "experience_at_least": experience,
        "employed_in": employed_in,
        "person_is": person_is,
        "age_at_least": age_at_least,
        "recognised_for": recognised_for,
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


def column_of(asked: Asked, parameters: Parameters, question: Question) -> Planes:
    """Answer one question for the whole register."""
    if asked == NEVER_DECIDES:
        return open_planes(question.register.size)
    if asked.test == _JUDGEMENT:
        found = judgement(*asked.place, question)
    else:
        found = TWINS[asked.test](parameters, question)
    return settled_planes(found.met, found.open)
