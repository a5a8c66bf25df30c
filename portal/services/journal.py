"""Writing the journal: in the same transaction as the act it records, never on its own."""

from __future__ import annotations

from uuid import UUID

from portal.domain.journal import require_complete
from portal.domain.people import Actor
from portal.models.cases import Case
from portal.models.records import JournalEntry
from portal.services.house import House

Fact = str | int | bool | list[str] | None


def record(
    house: House,
    actor: Actor,
    kind: str,
    *,
    person_id: UUID | None = None,
    case_id: UUID | None = None,
    **facts: Fact,
) -> None:
    """Add an entry of a known kind with exactly the facts that kind needs; the caller commits."""
    require_complete(kind, facts)
    house.session.add(
        JournalEntry(
            id=house.new_key(),
            kind=kind,
            at=house.clock.now(),
            account_id=actor.account_id,
            person_id=person_id,
            case_id=case_id,
            facts=facts,
        )
    )


def journal_case(house: House, actor: Actor, kind: str, case: Case, **facts: Fact) -> None:
    """Record an entry about a case and its person, with the case's reference among its facts."""
    record(house, actor, kind, person_id=case.person_id, case_id=case.id, case=case.reference, **facts)
