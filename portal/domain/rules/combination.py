"""How a group's answer follows from its children's: outcomes, days, reason and whose turn.

Outcomes travel as sets of what is still possible, one bit for each settled
outcome. Children are taken as independent, which can only make a set larger,
never smaller: the group then says "cannot tell" where it might have known,
and never the reverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from portal.domain.rules.clauses import Group
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult
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


class GroupDays(NamedTuple):
    """The days a group turns, if nothing else happens.

    ``breaks_on`` is the day from which it would stand against an all-of above
    it. That is not always the day it lapses: a group whose members all cease to
    apply is no longer met, and asks nothing any more.
    """

    lapses_on: date | None = None
    met_on: date | None = None
    breaks_on: date | None = None


_NO_DAYS: Final = GroupDays()


def group_days(
    group: Group,
    outcome: Outcome,
    children: Sequence[ClauseResult],
    breaks: Sequence[date | None],
) -> GroupDays:
    """When a met group falls, and when an open one will stand; ``breaks`` are its children's."""
    if not _is_dated(children, breaks):
        return _NO_DAYS
    if outcome is Outcome.MET:
        known = [day for day in breaks if day is not None]
        if group.kind is ClauseKind.ALL_OF:
            return _all_of_falls(children, known)
        return _some_fall(group, children, known)
    if outcome is Outcome.NOT_APPLICABLE:
        return GroupDays(breaks_on=min((day for day in breaks if day is not None), default=None))
    return GroupDays(met_on=_stands(group, children))


def _is_dated(children: Sequence[ClauseResult], breaks: Sequence[date | None]) -> bool:
    """Some child turns by itself. A plain loop: most groups have no days, and this is asked often."""
    if any(breaks):
        return True
    for child in children:  # noqa: SIM110  # a generator costs more than the question
        if child.lapses_on is not None or child.met_on is not None:
            return True
    return False


def _needed(group: Group, children: Sequence[ClauseResult]) -> int:
    if group.kind is ClauseKind.ANY_OF:
        return 1
    if group.kind is ClauseKind.AT_LEAST:
        return group.needed
    return sum(1 for child in children if child.outcome is not Outcome.NOT_APPLICABLE)


def _all_of_falls(children: Sequence[ClauseResult], breaks: Sequence[date]) -> GroupDays:
    """It falls with the first child that turns against it, or when none of them applies."""
    breaks_on = min(breaks, default=None)
    lasting = [child.lapses_on or date.max for child in children if child.outcome is Outcome.MET]
    falls = min(max(lasting), breaks_on or date.max)
    return GroupDays(None if falls == date.max else falls, None, breaks_on)


def _some_fall(group: Group, children: Sequence[ClauseResult], breaks: Sequence[date]) -> GroupDays:
    """It falls on the day on which too few of its met children are left.

    A branch that comes to stand because a gap in it ceases to apply is not foreseen: the day is
    then the day to look again.
    """
    lasting = sorted((c.lapses_on or date.max for c in children if c.outcome is Outcome.MET), reverse=True)
    falls = lasting[_needed(group, children) - 1]
    if falls == date.max:
        return GroupDays()
    stays_asked = (
        group.needed > 1
        or any(child.outcome.is_open for child in children)
        or any(day <= falls for day in breaks)
    )
    return GroupDays(falls, None, falls if stays_asked else min(breaks, default=None))


def _stands(group: Group, children: Sequence[ClauseResult]) -> date | None:
    """The day on which enough children will be met, when time alone brings them there."""
    if all(child.met_on is None for child in children):
        return None
    needed = _needed(group, children)
    days = sorted(
        date.min if child.outcome is Outcome.MET else child.met_on or date.max
        for child in children
        if child.outcome is not Outcome.NOT_APPLICABLE
    )
    if not 0 < needed <= len(days) or days[needed - 1] in (date.min, date.max):
        return None
    stands = days[needed - 1]
    lapses = [c.lapses_on for c in children if c.outcome is Outcome.MET and c.lapses_on is not None]
    # A child that lapses meanwhile would take the day away again: promise nothing then.
    return None if any(day <= stands for day in lapses) else stands


def is_pending(children: Sequence[ClauseResult]) -> bool:
    """A fact that awaits verification could settle one of them."""
    return any(child.pending for child in children)


def group_owner(outcome: Outcome, children: Sequence[ClauseResult]) -> Owner:
    """Whose turn a group is: the owner of its open clauses, the person before all others."""
    is_settled = outcome is Outcome.MET or outcome is Outcome.NOT_APPLICABLE
    first = None
    for child in children:
        state = child.outcome
        if is_settled or state is Outcome.NOT_MET or state is Outcome.UNDETERMINED:
            owner = child.owner
            if owner is Owner.PERSON:
                return owner
            if first is None or owner is Owner.EMPLOYER:
                first = owner
    return first or Owner.PERSON


def group_reason(group: Group, outcome: Outcome, children: Sequence[ClauseResult]) -> Because:
    """Which children made the group come out as it did."""
    if outcome is Outcome.NOT_APPLICABLE:
        return Because("group.not_applicable")
    if group.kind is ClauseKind.AT_LEAST:
        found = sum(1 for child in children if child.outcome is Outcome.MET)
        return Because(_CODES[group.kind][outcome], {"needed": group.needed, "found": found})
    named = tuple([child.clause_id for child in children if child.outcome is outcome])
    return Because(_CODES[group.kind][outcome], {"clauses": named})
