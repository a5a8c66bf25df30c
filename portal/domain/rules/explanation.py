"""What an evaluation means for the people concerned: planks, and whose turn each is.

Owns the reading of two verdicts side by side. It must not know any wording:
reasons stay codes, and titles are looked up by whoever shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.vocabulary import Outcome, Owner


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
