"""Finished conditions: a conditional case moves to the officer's desk by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.domain.cases import Move, Stage
from portal.domain.credentials import Standing
from portal.domain.people import Actor
from portal.domain.recognitions import is_over
from portal.models.cases import Case
from portal.models.credentials import Credential
from portal.models.recognitions import Recognition
from portal.services.case_moves import move_case
from portal.services.facts import status_of
from portal.services.house import House
from portal.services.journal import journal_case


def fulfil_conditions(house: House, actor: Actor, person_id: UUID) -> list[Case]:
    """Send every conditional case whose conditions are all finished back to the desk.

    Called within the act that verified or completed something; the caller commits. A condition is
    finished when the person holds, verified, the qualification that its measure gives. What was
    revoked or has expired has no conditions left to finish.
    """
    house.session.flush()
    granted = house.session.execute(
        select(Case, Recognition)
        .join(Recognition, Recognition.case_id == Case.id)
        .where(Case.person_id == person_id, Case.stage == Stage.GRANTED_WITH_CONDITIONS)
        .options(selectinload(Recognition.acts))
    ).all()
    today = house.clock.today()
    waiting = [(case, held) for case, held in granted if not is_over(status_of(held, on=today))]
    if not waiting:
        return []
    finished = _held_and_verified(house, person_id)
    moved = [case for case, held in waiting if are_finished(held.conditions, finished)]
    for case in moved:
        move_case(house, actor, case, Move.FULFIL_CONDITIONS)
        journal_case(house, actor, "case.conditions_fulfilled", case)
    return moved


def are_finished(conditions: Iterable[dict[str, Any]], held: frozenset[str]) -> bool:
    """True when each condition's qualification (``gives``) is held."""
    return all(condition["gives"] in held for condition in conditions)


def _held_and_verified(house: House, person_id: UUID) -> frozenset[str]:
    return frozenset(
        house.session.scalars(
            select(Credential.qualification).where(
                Credential.person_id == person_id, Credential.standing == Standing.VERIFIED
            )
        )
    )
