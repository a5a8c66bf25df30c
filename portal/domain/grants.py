"""Whether an evaluation carries a grant: what still needs the person, and what is left to others.

A full grant says that everything the person alone can close is met on verified facts and that no
officer found against a clause the rule needs. A clause that an employer or the authority owns and
that is still open does not stand in the way: it is named in the letter as what remains with them.

Owns that rule. It must not know how an evaluation was made, cases or letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass

from portal.domain.errors import Refused
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.vocabulary import ClauseKind, Outcome, Owner

_NOT_READ = frozenset({"unread.document", "confidence.low", "confidence.none"})
_FOUND_AGAINST = "judgement.found_against"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an evaluation amounts to for a decision.

    ``missing`` are the needed clauses only the person can close; ``against`` those an officer
    found against; ``with_employer`` and ``with_authority`` the open ones of theirs; ``settled``
    those that stand on an officer's finding alone because their source could not decide.
    """

    carries: bool
    missing: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    with_employer: tuple[str, ...] = ()
    with_authority: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


def awaits_finding(because: Because) -> bool:
    """True when an officer can settle the clause: a judgement, or a source that decides nothing.

    The engine leaves a clause open whose source was not read or is of low confidence. An officer
    who has read it may say so, with a reason, for one case.
    """
    return because.code.startswith("judgement.") or because.code in _NOT_READ


def standing_of(
    evaluation: Evaluation,
    *,
    findings: Mapping[str, bool] | None = None,
    covered: AbstractSet[str] = frozenset(),
) -> Standing:
    """Weigh an evaluation made on verified facts.

    ``findings`` are the officers' newest findings by clause; ``covered`` are clauses taken as met
    because a condition will close them.
    """
    weighed = _weigh(evaluation.root, findings or {}, covered)
    return weighed or Standing(carries=True)


def require_grantable(standing: Standing) -> None:
    """Refuse a full grant with ``decision.found_against`` or ``decision.clauses_open``."""
    if standing.carries:
        return
    if standing.against:
        raise Refused("decision.found_against", count=len(standing.against))
    raise Refused("decision.clauses_open", count=len(standing.missing))


def require_conditions_suffice(
    evaluation: Evaluation, *, findings: Mapping[str, bool], covered: AbstractSet[str]
) -> Standing:
    """Refuse a conditional grant whose conditions are not exactly what is missing.

    ``decision.conditions_missing`` without any, ``decision.conditions_not_needed`` when one closes
    nothing that is open, ``decision.conditions_do_not_suffice`` when something stays open.
    """
    if not covered:
        raise Refused("decision.conditions_missing", field="conditions")
    bare = standing_of(evaluation, findings=findings)
    if bare.carries or not covered <= set(bare.missing):
        raise Refused("decision.conditions_not_needed", field="conditions")
    with_conditions = standing_of(evaluation, findings=findings, covered=covered)
    if with_conditions.against:
        raise Refused("decision.found_against", count=len(with_conditions.against))
    if not with_conditions.carries:
        raise Refused(
            "decision.conditions_do_not_suffice",
            field="conditions",
            count=len(with_conditions.missing),
        )
    return with_conditions


def _weigh(result: ClauseResult, findings: Mapping[str, bool], covered: AbstractSet[str]) -> Standing | None:
    """Weigh a clause and what is below it; nothing for a clause that does not apply."""
    if result.outcome is Outcome.NOT_APPLICABLE:
        return None
    if result.is_leaf:
        return _weigh_leaf(result, findings, covered)
    if result.outcome is Outcome.MET:
        return Standing(carries=True)
    below = [
        weighed for child in result.children if (weighed := _weigh(child, findings, covered)) is not None
    ]
    if not below:
        return None
    return _all(below) if result.kind is ClauseKind.ALL_OF else _some(below, _needed(result))


def _weigh_leaf(leaf: ClauseResult, findings: Mapping[str, bool], covered: AbstractSet[str]) -> Standing:
    this = (leaf.clause_id,)
    if leaf.outcome is Outcome.MET or leaf.clause_id in covered:
        return Standing(carries=True)
    found = findings.get(leaf.clause_id) if awaits_finding(leaf.because) else None
    if leaf.because.code == _FOUND_AGAINST or found is False:
        return Standing(carries=False, against=this)
    if found:
        return Standing(carries=True, settled=this)
    if leaf.owner is Owner.PERSON:
        return Standing(carries=False, missing=this)
    if leaf.owner is Owner.EMPLOYER:
        return Standing(carries=True, with_employer=this)
    return Standing(carries=True, with_authority=this)


def _needed(group: ClauseResult) -> int:
    if group.kind is ClauseKind.ANY_OF:
        return 1
    needed = group.because.params.get("needed", len(group.children))
    return int(str(needed))


def _all(below: Sequence[Standing]) -> Standing:
    return _joined(all(one.carries for one in below), below)


def _some(below: Sequence[Standing], needed: int) -> Standing:
    """Alternatives: the ways that leave least to others count.

    A way that rests on what the authority has not yet found is no ground while another way is the
    person's to close: else an open question beside a missing paper would stand in for the paper.
    """
    ways = sorted((one for one in below if one.carries), key=_left)
    firm = [one for one in ways if not one.with_authority]
    if len(firm) >= needed:
        return _joined(True, firm[:needed])
    if len(ways) >= needed and not any(one.missing for one in below):
        return _joined(True, ways[:needed])
    return _joined(False, [one for one in below if not one.carries] or below)


def _left(standing: Standing) -> int:
    return len(standing.with_employer) + len(standing.with_authority)


def _joined(carries: bool, parts: Sequence[Standing]) -> Standing:
    open_parts = [] if carries else parts
    return Standing(
        carries=carries,
        missing=_each_once(one.missing for one in open_parts),
        against=_each_once(one.against for one in open_parts),
        with_employer=_each_once(one.with_employer for one in parts),
        with_authority=_each_once(one.with_authority for one in parts),
        settled=_each_once(one.settled for one in parts),
    )


def _each_once(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in parts:
        found.update(dict.fromkeys(part))
    return tuple(found)
