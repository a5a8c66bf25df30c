"""What an evaluation means for the people concerned: planks, turns, and what would change it.

Owns the reading of two verdicts side by side. It must not know any wording:
reasons stay codes, and titles are looked up by whoever shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.rules.alternatives import settling_sets
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import Outcome, Owner
from portal.domain.texts import Text


class PlankState(StrEnum):
    """What is known of one top-level clause on both verdicts."""

    MET_VERIFIED = "met_verified"
    MET_DECLARED = "met_declared"
    UNDETERMINED = "undetermined"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class Turn(StrEnum):
    """Who has something to do next."""

    PERSON = "person"
    VERIFY = "verify"
    EMPLOYER = "employer"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Plank:
    """One top-level clause: a plank of the bridge. ``turn`` is none when nothing is left to do."""

    clause_id: str
    state: PlankState
    turn: Turn | None
    owner: Owner
    declared: ClauseResult
    verified: ClauseResult

    @property
    def lapses_on(self) -> date | None:
        """The day it falls, as verified where it is verified."""
        if self.state is PlankState.MET_VERIFIED:
            return self.verified.lapses_on
        return self.declared.lapses_on

    @property
    def met_on(self) -> date | None:
        """The day it will be met by time alone, on what is declared."""
        return self.declared.met_on


@dataclass(frozen=True, slots=True)
class Standing:
    """How many planks lie, and how many are open at whose turn."""

    complete: int
    open_person: int
    open_verify: int
    open_employer: int
    open_authority: int
    not_applicable: int = 0

    @property
    def total(self) -> int:
        """Planks that count: those that do not apply are left out."""
        return self.complete + self.still_open

    @property
    def still_open(self) -> int:
        return self.open_person + self.open_verify + self.open_employer + self.open_authority

    @property
    def is_complete(self) -> bool:
        """Nothing is left for anybody."""
        return self.still_open == 0

    @property
    def waits_for_others(self) -> bool:
        """The person has done their part: what is left is an employer's or the authority's."""
        return not self.is_complete and self.open_person == 0 and self.open_verify == 0


@dataclass(frozen=True, slots=True)
class OpenLeaf:
    """One leaf that is not met or cannot be told, and what would change it.

    ``matters`` is false where the target can be met without it, because
    another branch already stands.
    """

    clause_id: str
    title: Text
    owner: Owner
    outcome: Outcome
    because: Because
    measures: tuple[str, ...]
    met_on: date | None
    pending: bool
    matters: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a page says about one target, in the order it is said."""

    target_id: str
    outcome: Outcome
    planks: tuple[Plank, ...]
    by_turn: Mapping[Turn, tuple[Plank, ...]]
    settled: tuple[Plank, ...]
    standing: Standing
    open_leaves: tuple[OpenLeaf, ...]
    alternatives: tuple[tuple[str, ...], ...]

    def leaf(self, clause_id: str) -> OpenLeaf:
        """The open leaf of one id; refuses with ``KeyError`` when that leaf is settled."""
        for leaf in self.open_leaves:
            if leaf.clause_id == clause_id:
                return leaf
        raise KeyError(clause_id)


_FIRST = (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)


def read_pair(declared: Evaluation, verified: Evaluation) -> tuple[Plank, ...]:
    """Lay the planks: met and verified first, then as declared, then the rest in rule order.

    Both evaluations must be of one target, one version and one day.
    """
    planks = [
        _plank(on_declared, on_verified)
        for on_declared, on_verified in zip(declared.top_level(), verified.top_level(), strict=True)
    ]
    return tuple(sorted(planks, key=_laying_order))


def standing_of(planks: tuple[Plank, ...]) -> Standing:
    """Count whose turn the open planks are."""
    turns = [plank.turn for plank in planks]
    return Standing(
        complete=sum(1 for plank in planks if plank.state is PlankState.MET_VERIFIED),
        open_person=turns.count(Turn.PERSON),
        open_verify=turns.count(Turn.VERIFY),
        open_employer=turns.count(Turn.EMPLOYER),
        open_authority=turns.count(Turn.AUTHORITY),
        not_applicable=sum(
            1 for plank in planks if plank.state is PlankState.NOT_APPLICABLE and plank.turn is None
        ),
    )


def explain(version: RuleVersion, declared: Evaluation, verified: Evaluation | None = None) -> Explanation:
    """Read an evaluation, or the pair of them, against the text of its version.

    What would change it is read from the first: from what the person declares.
    """
    planks = read_pair(declared, verified or declared)
    return Explanation(
        target_id=declared.target_id,
        outcome=declared.outcome,
        planks=planks,
        by_turn={turn: tuple(p for p in planks if p.turn is turn) for turn in Turn},
        settled=tuple(plank for plank in planks if plank.turn is None),
        standing=standing_of(planks),
        open_leaves=_open_leaves(version, declared),
        alternatives=settling_sets(version, declared.root),
    )


def _laying_order(plank: Plank) -> int:
    return _FIRST.index(plank.state) if plank.state in _FIRST else len(_FIRST)


def _plank(declared: ClauseResult, verified: ClauseResult) -> Plank:
    state = _state(declared.outcome, verified.outcome)
    return Plank(
        declared.clause_id, state, _turn(state, declared, verified), declared.owner, declared, verified
    )


def _state(declared: Outcome, verified: Outcome) -> PlankState:
    if declared is Outcome.MET:
        return PlankState.MET_VERIFIED if verified is Outcome.MET else PlankState.MET_DECLARED
    return PlankState(declared.value)


def _turn(state: PlankState, declared: ClauseResult, verified: ClauseResult) -> Turn | None:
    if state is PlankState.MET_VERIFIED:
        return None
    if state is PlankState.NOT_APPLICABLE:
        # That it does not apply may itself rest on a fact nobody has verified.
        return Turn.VERIFY if verified.outcome.is_open else None
    return Turn.VERIFY if state is PlankState.MET_DECLARED else Turn(declared.owner.value)


def _open_leaves(version: RuleVersion, evaluation: Evaluation) -> tuple[OpenLeaf, ...]:
    """Every open leaf exactly once, in rule order, also where two groups share it."""
    mattering: dict[str, bool] = {}
    found: dict[str, ClauseResult] = {}
    waiting = [(evaluation.root, True)]
    while waiting:
        result, matters = waiting.pop()
        matters = matters and result.outcome.is_open
        if result.is_leaf and result.outcome.is_open:
            found[result.clause_id] = result
            mattering[result.clause_id] = mattering.get(result.clause_id, False) or matters
        waiting.extend((child, matters) for child in reversed(result.children))
    measures = _measures(version)
    return tuple(
        _open_leaf(version, result, measures, matters=mattering[name]) for name, result in found.items()
    )


def _open_leaf(
    version: RuleVersion,
    result: ClauseResult,
    measures: Mapping[str, tuple[str, ...]],
    *,
    matters: bool,
) -> OpenLeaf:
    clause = version.clauses[result.clause_id]
    return OpenLeaf(
        clause_id=result.clause_id,
        title=clause.title,
        owner=result.owner,
        outcome=result.outcome,
        because=result.because,
        measures=measures[result.clause_id],
        met_on=result.met_on,
        pending=result.pending,
        matters=matters,
    )


def _measures(version: RuleVersion) -> dict[str, tuple[str, ...]]:
    return {name: clause.closed_by for name, clause in version.clauses.items()}
