"""One person's place in a cohort: states, moves, and what a completion needs."""

from __future__ import annotations

from enum import StrEnum

from portal.domain.errors import Conflict


class EnrolmentState(StrEnum):
    """Where an enrolment stands. Offered and confirmed hold a place; waitlisted does not."""

    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    WITHDRAWN = "withdrawn"


class EnrolmentMove(StrEnum):
    """What can be done to an enrolment."""

    OFFER = "offer"
    CONFIRM = "confirm"
    COMPLETE = "complete"
    CLOSE_UNFINISHED = "close_unfinished"
    WITHDRAW = "withdraw"


HOLDS_A_PLACE = frozenset(
    {
        EnrolmentState.OFFERED,
        EnrolmentState.CONFIRMED,
        EnrolmentState.COMPLETED,
        EnrolmentState.NOT_COMPLETED,
    }
)
ACTIVE = frozenset({EnrolmentState.WAITLISTED, EnrolmentState.OFFERED, EnrolmentState.CONFIRMED})

TRANSITIONS: dict[tuple[EnrolmentState, EnrolmentMove], EnrolmentState] = {
    (EnrolmentState.WAITLISTED, EnrolmentMove.OFFER): EnrolmentState.OFFERED,
    (EnrolmentState.OFFERED, EnrolmentMove.CONFIRM): EnrolmentState.CONFIRMED,
    (EnrolmentState.CONFIRMED, EnrolmentMove.COMPLETE): EnrolmentState.COMPLETED,
    (EnrolmentState.CONFIRMED, EnrolmentMove.CLOSE_UNFINISHED): EnrolmentState.NOT_COMPLETED,
    (EnrolmentState.WAITLISTED, EnrolmentMove.WITHDRAW): EnrolmentState.WITHDRAWN,
    (EnrolmentState.OFFERED, EnrolmentMove.WITHDRAW): EnrolmentState.WITHDRAWN,
    (EnrolmentState.CONFIRMED, EnrolmentMove.WITHDRAW): EnrolmentState.WITHDRAWN,
}


def state_after(state: EnrolmentState, move: EnrolmentMove) -> EnrolmentState:
    """The state a move leads to; refuses with ``enrolment.not_in_state``."""
    after = TRANSITIONS.get((state, move))
    if after is None:
        raise Conflict("enrolment.not_in_state", state=state.value, move=move.value)
    return after


class ModuleOutcome(StrEnum):
    """How a module ended for one person."""

    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
