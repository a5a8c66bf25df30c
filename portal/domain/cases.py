"""The life of a case: its stages, the moves between them, and whose turn it is.

A stage is stored and moves only by the table below. Everything else (whose turn, what is awaited)
is derived, so no nightly job can be late.
"""

from __future__ import annotations

from enum import StrEnum

from portal.domain.errors import Conflict


class Stage(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_ASSESSMENT = "under_assessment"
    INFORMATION_REQUESTED = "information_requested"
    RECOMMENDED = "recommended"
    GRANTED = "granted"
    GRANTED_WITH_CONDITIONS = "granted_with_conditions"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    APPEALED = "appealed"


class Move(StrEnum):
    """What can be done to a case."""

    SUBMIT = "submit"
    BEGIN_ASSESSMENT = "begin_assessment"
    REQUEST_INFORMATION = "request_information"
    RECEIVE_INFORMATION = "receive_information"
    RECOMMEND = "recommend"
    RETURN_TO_ASSESSMENT = "return_to_assessment"
    GRANT = "grant"
    GRANT_WITH_CONDITIONS = "grant_with_conditions"
    FULFIL_CONDITIONS = "fulfil_conditions"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    APPEAL = "appeal"


class Turn(StrEnum):
    """Who must act next."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    SECOND_OFFICER = "second_officer"
    NOBODY = "nobody"


TRANSITIONS: dict[tuple[Stage, Move], Stage] = {
    (Stage.DRAFT, Move.SUBMIT): Stage.SUBMITTED,
    (Stage.SUBMITTED, Move.BEGIN_ASSESSMENT): Stage.UNDER_ASSESSMENT,
    (Stage.UNDER_ASSESSMENT, Move.REQUEST_INFORMATION): Stage.INFORMATION_REQUESTED,
    (Stage.INFORMATION_REQUESTED, Move.RECEIVE_INFORMATION): Stage.UNDER_ASSESSMENT,
    (Stage.UNDER_ASSESSMENT, Move.RECOMMEND): Stage.RECOMMENDED,
    (Stage.RECOMMENDED, Move.RETURN_TO_ASSESSMENT): Stage.UNDER_ASSESSMENT,
    (Stage.RECOMMENDED, Move.GRANT): Stage.GRANTED,
    (Stage.RECOMMENDED, Move.GRANT_WITH_CONDITIONS): Stage.GRANTED_WITH_CONDITIONS,
    (Stage.RECOMMENDED, Move.DECLINE): Stage.DECLINED,
    # The conditions are finished: the case goes back to the desk, where people decide again.
    (Stage.GRANTED_WITH_CONDITIONS, Move.FULFIL_CONDITIONS): Stage.UNDER_ASSESSMENT,
    (Stage.DRAFT, Move.WITHDRAW): Stage.WITHDRAWN,
    (Stage.SUBMITTED, Move.WITHDRAW): Stage.WITHDRAWN,
    (Stage.UNDER_ASSESSMENT, Move.WITHDRAW): Stage.WITHDRAWN,
    (Stage.INFORMATION_REQUESTED, Move.WITHDRAW): Stage.WITHDRAWN,
    (Stage.RECOMMENDED, Move.WITHDRAW): Stage.WITHDRAWN,
    (Stage.INFORMATION_REQUESTED, Move.LAPSE): Stage.LAPSED,
    (Stage.DECLINED, Move.APPEAL): Stage.APPEALED,
}

_TURNS = {
    Stage.DRAFT: Turn.APPLICANT,
    Stage.INFORMATION_REQUESTED: Turn.APPLICANT,
    Stage.GRANTED_WITH_CONDITIONS: Turn.APPLICANT,
    Stage.SUBMITTED: Turn.OFFICER,
    Stage.UNDER_ASSESSMENT: Turn.OFFICER,
    Stage.RECOMMENDED: Turn.SECOND_OFFICER,
    Stage.APPEALED: Turn.OFFICER,
}

OPEN_STAGES = frozenset(
    {
        Stage.DRAFT,
        Stage.SUBMITTED,
        Stage.UNDER_ASSESSMENT,
        Stage.INFORMATION_REQUESTED,
        Stage.RECOMMENDED,
    }
)
ON_THE_DESK = OPEN_STAGES - {Stage.DRAFT}


def stage_after(stage: Stage, move: Move) -> Stage:
    """The stage a move leads to; refuses with ``case.not_in_stage`` when the table has no such move."""
    after = TRANSITIONS.get((stage, move))
    if after is None:
        raise Conflict("case.not_in_stage", stage=stage.value, move=move.value)
    return after


def may(stage: Stage, move: Move) -> bool:
    """True when the table has the move; for drawing a page, never for deciding."""
    return (stage, move) in TRANSITIONS


def is_open(stage: Stage) -> bool:
    """True while something is still to be decided, an appeal included."""
    return stage in OPEN_STAGES or stage is Stage.APPEALED


def whose_turn(stage: Stage) -> Turn:
    """Who must act next; nobody once it is closed."""
    return _TURNS.get(stage, Turn.NOBODY)


class Verdict(StrEnum):
    """What officers recommend and decide."""

    GRANT = "grant"
    GRANT_WITH_CONDITIONS = "grant_with_conditions"
    DECLINE = "decline"
