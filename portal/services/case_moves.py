"""Moving a case: the only code that writes a case's stage."""

from __future__ import annotations

from portal.domain.cases import Move, stage_after
from portal.domain.people import Actor
from portal.models.cases import Case, CaseMove
from portal.services.house import House


def move_case(house: House, actor: Actor, case: Case, move: Move, *, note: str = "") -> None:
    """Take one step by the transition table and write it down; the caller journals and commits.

    Refuses with ``case.not_in_stage`` when the table has no such step from here.
    """
    before = case.stage
    case.stage = stage_after(before, move)
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
