"""How a group's answer follows from its children's: outcome, reason and whose turn.

Outcomes travel as sets of what is still possible, one bit for each settled
outcome. Children are taken as independent, which can only make a set larger,
never smaller: the group then says "cannot tell" where it might have known,
and never the reverse.

All that a group looks at in a child, its days aside, is one small number, the
child's mark. People differ, and yet most of them make the children of a group
come out in one of a few ways: what it says of each way is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from portal.domain.rules.clauses import Group
from portal.domain.rules.reasons import Because
from portal.domain.rules.vocabulary import ClauseKind, Outcome, Owner

MET: Final = 1
NOT_MET: Final = 2
NOT_APPLICABLE: Final = 4
EITHER: Final = MET | NOT_MET

# What a set of possible outcomes is called: only a set of one is settled.
OUTCOMES: Final = (
    Outcome.UNDETERMINED,
    Outcome.MET,
    Outcome.NOT_MET,
    Outcome.UNDETERMINED,
    Outcome.NOT_APPLICABLE,
    Outcome.UNDETERMINED,
    Outcome.UNDETERMINED,
    Outcome.UNDETERMINED,
)

# A mark: the outcomes possible, whose turn it is, and two flags.
POSSIBLE: Final = MET | NOT_MET | NOT_APPLICABLE
PENDING: Final = 8
DATED: Final = 16
_OWNER_SHIFT: Final = 5
_OWNERS: Final = tuple(Owner)

_WAYS_KEPT: Final = 128
_CODES: Final = {kind: {outcome: f"{kind}.{outcome}" for outcome in Outcome} for kind in ClauseKind}


def combine(kind: ClauseKind, needed: int, children: Sequence[int]) -> int:
    """The outcomes possible for a group whose children may come out as given."""
    if kind is ClauseKind.ALL_OF:
        return _all_or_any(children, bad=NOT_MET, good=MET)
    if kind is ClauseKind.ANY_OF:
        return _all_or_any(children, bad=MET, good=NOT_MET)
    return _at_least(needed, children)


def _all_or_any(children: Sequence[int], *, bad: int, good: int) -> int:
    """All-of, and its mirror any-of: one ``bad`` child decides, else a ``good`` one does."""
    anywhere, everywhere = 0, NOT_APPLICABLE
    for child in children:
        anywhere |= child
        everywhere &= child
    possible = anywhere & bad | everywhere
    # A child that is surely bad leaves no way for the good.
    return possible | anywhere & good if bad not in children else possible


def _at_least(needed: int, children: Sequence[int]) -> int:
    surely = sum(1 for child in children if child == MET)
    perhaps = sum(1 for child in children if child & MET)
    possible = MET if perhaps >= needed else 0
    if all(child & NOT_APPLICABLE for child in children):
        possible |= NOT_APPLICABLE
    if surely < needed and _may_fall_short(needed, surely, children):
        possible |= NOT_MET
    return possible


def _may_fall_short(needed: int, surely: int, children: Sequence[int]) -> bool:
    """Too few met, and at least one child that applies, so that it is not merely absent."""
    if surely or any(child & NOT_MET for child in children):
        return True
    return needed > 1 and any(child & MET for child in children)


class Said(NamedTuple):
    """What a group says besides its days; ``is_dated`` tells that it may have some."""

    mark: int
    outcome: Outcome
    because: Because
    pending: bool
    owner: Owner
    is_dated: bool


def possible_of(outcome: Outcome) -> int:
    """The outcomes possible for a clause known to come out so."""
    # Comparing is quicker than a table: an enumeration is slow to look up.
    if outcome is Outcome.MET:
        return MET
    if outcome is Outcome.NOT_MET:
        return NOT_MET
    return EITHER if outcome is Outcome.UNDETERMINED else NOT_APPLICABLE


def mark_of(possible: int, owner: Owner, *, pending: bool, is_dated: bool) -> int:
    """The mark of a clause that may come out so, is that owner's business, and turns by itself or not."""
    mark = possible
    if owner is not Owner.PERSON:
        mark |= _OWNERS.index(owner) << _OWNER_SHIFT
    if pending:
        mark |= PENDING
    return mark | DATED if is_dated else mark


def sayings(group: Group) -> Callable[[tuple[int, ...]], Said]:
    """What a group says of its children's marks; the ways met most lately are kept."""

    @lru_cache(maxsize=_WAYS_KEPT)
    def say(marks: tuple[int, ...]) -> Said:
        return said_of(group, marks)

    return say


def said_of(group: Group, marks: Sequence[int]) -> Said:
    """What a group says of its children's marks, worked out."""
    possible = combine(group.kind, group.needed, [mark & POSSIBLE for mark in marks])
    outcome = OUTCOMES[possible]
    pending = outcome is Outcome.UNDETERMINED and any(mark & PENDING for mark in marks)
    owner = group.owner or _whose_turn(outcome, marks)
    return Said(
        mark_of(possible, owner, pending=pending, is_dated=False),
        outcome,
        _reason(group, outcome, [OUTCOMES[mark & POSSIBLE] for mark in marks]),
        pending,
        owner,
        any(mark & DATED for mark in marks),
    )


def _whose_turn(outcome: Outcome, marks: Sequence[int]) -> Owner:
    """The owner of its open clauses, the person before all others."""
    is_settled = outcome is Outcome.MET or outcome is Outcome.NOT_APPLICABLE
    asked = [mark for mark in marks if is_settled or OUTCOMES[mark & POSSIBLE].is_open]
    owners = [_OWNERS[mark >> _OWNER_SHIFT] for mark in asked]
    return min(owners, key=_OWNERS.index, default=Owner.PERSON)


def _reason(group: Group, outcome: Outcome, children: Sequence[Outcome]) -> Because:
    """Which children made the group come out as it did."""
    if outcome is Outcome.NOT_APPLICABLE:
        return Because("group.not_applicable")
    code = _CODES[group.kind][outcome]
    if group.kind is ClauseKind.AT_LEAST:
        return Because(code, {"needed": group.needed, "found": children.count(Outcome.MET)})
    named = [name for name, state in zip(group.children, children, strict=True) if state is outcome]
    return Because(code, {"clauses": tuple(named)})
