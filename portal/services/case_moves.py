"""Moving a case: the only code that writes a case's stage, and so the place where its person is told."""

from __future__ import annotations

from typing import Final

from portal.domain.cases import Move, stage_after
from portal.domain.people import Actor
from portal.models.cases import Case, CaseMove
from portal.services.house import House
from portal.services.notices import tell_person
from portal.services.open_reviews import end_review, refuse_unanswered

# What a person is told of each move. Submitting and withdrawing are told by their acts: one message
# for both sides of an application, and none for a draft that nobody had read.
NEWS: Final = {
    Move.BEGIN_ASSESSMENT: "assessment_begun",
    Move.REQUEST_INFORMATION: "information_requested",
    Move.RECEIVE_INFORMATION: "information_received",
    Move.RECOMMEND: "recommended",
    Move.RETURN_TO_ASSESSMENT: "returned",
    Move.GRANT: "granted",
    Move.GRANT_WITH_CONDITIONS: "granted_with_conditions",
    Move.DECLINE: "declined",
    Move.FULFIL_CONDITIONS: "conditions_finished",
    Move.LAPSE: "application_lapsed",
    Move.APPEAL: "appeal_received",
}
_NEEDS_ANSWERS: Final = frozenset({Move.RECOMMEND, Move.GRANT, Move.GRANT_WITH_CONDITIONS, Move.DECLINE})


def move_case(house: House, actor: Actor, case: Case, move: Move, *, note: str = "") -> None:
    """Take one step by the transition table, write it down and tell the person; the caller commits.

    Refuses with ``case.not_in_stage`` when the table has no such step from here, and with
    ``review.unanswered`` an opinion or a decision while the person waits for a human review. A
    withdrawal ends such a request.
    """
    before = case.stage
    case.stage = stage_after(before, move)
    if move in _NEEDS_ANSWERS:
        refuse_unanswered(house, case)
    if move is Move.WITHDRAW:
        end_review(house, actor, case)
    house.session.add(
        CaseMove(
            id=house.new_key(),
            case_id=case.id,
            move=move,
            stage_before=before,
            stage_after=case.stage,
            account_id=actor.account_id,
            note=note,
            at=house.clock.now(),
        )
    )
    if move in NEWS:
        tell_person(house, case.person_id, NEWS[move], reference=case.reference)
