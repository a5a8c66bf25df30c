"""How a fact's standing moves with what a person does to it, for the three kinds of fact alike.

Owns finding a person's own fact, and the fall of a changed fact: a finding holds for the fact as
it stood, so a change takes it back to declared, or evidenced while documents are attached. It must
not know how officers verify.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from portal.domain.credentials import FactKind, Standing
from portal.domain.errors import NotFound
from portal.domain.people import Actor, own_person
from portal.domain.ports import ScanResult
from portal.models.credentials import Credential, Verification, WorkPeriod
from portal.models.evidence import Evidence, EvidenceFile, EvidenceLink
from portal.models.people import PersonalFact
from portal.services.confirmations import is_confirmed_by_referee
from portal.services.house import House

Fact = Credential | WorkPeriod | PersonalFact

Row = TypeVar("Row", Credential, WorkPeriod, PersonalFact)

_NOT_FOUND: Final[dict[type[object], str]] = {
    Credential: "credential.not_found",
    WorkPeriod: "work.not_found",
    PersonalFact: "person.not_found",
}


def own_row(house: House, actor: Actor, model: type[Row], fact_id: UUID) -> Row:
    """One of the actor's own facts; strangers learn nothing, not even that it exists."""
    person_id = own_person(actor)
    row = house.session.get(model, fact_id)
    if row is None or row.person_id != person_id:
        raise NotFound(_NOT_FOUND[model])
    return row


def own_fact(house: House, actor: Actor, kind: FactKind, fact_id: UUID) -> Fact:
    """One of the actor's own facts of a kind that is known only when it runs."""
    if kind is FactKind.CREDENTIAL:
        return own_row(house, actor, Credential, fact_id)
    if kind is FactKind.WORK:
        return own_row(house, actor, WorkPeriod, fact_id)
    return own_row(house, actor, PersonalFact, fact_id)


def has_documents(house: House, fact_id: UUID) -> bool:
    """True when a document that holds today is attached to the fact."""
    return bool(house.session.scalar(select(exists().where(EvidenceLink.fact_id == fact_id, _sound(house)))))


def _sound(house: House) -> ColumnElement[bool]:
    """True of a link whose document has not run out and lost no page to the scanner."""
    infected = exists().where(
        EvidenceFile.evidence_id == Evidence.id, EvidenceFile.scan == ScanResult.INFECTED
    )
    return (
        exists()
        .where(
            Evidence.id == EvidenceLink.evidence_id,
            or_(Evidence.valid_until.is_(None), Evidence.valid_until >= house.clock.today()),
            ~infected,
        )
        .correlate(EvidenceLink)
    )


def settle_standings(house: House, person_id: UUID) -> None:
    """Take facts back to declared whose last sound document is gone; the caller commits.

    Documents run out by themselves and lose pages to the scanner; what then stands on nothing must
    not look supported to a new application.
    """
    facts: list[Fact] = [
        *_unsupported(house, person_id, Credential),
        *_unsupported(house, person_id, WorkPeriod),
        *_unsupported(house, person_id, PersonalFact),
    ]
    for fact in facts:
        fall_back(house, fact)


def _unsupported(house: House, person_id: UUID, model: type[Row]) -> Sequence[Row]:
    """The facts of one kind that are called evidenced and have no sound document."""
    mine = (model.person_id == person_id, model.standing == Standing.EVIDENCED)
    supported = exists().where(EvidenceLink.fact_id == model.id, _sound(house))
    return house.session.scalars(select(model).where(*mine, ~supported)).all()


def was_verified(house: House, fact_id: UUID) -> bool:
    """True when an officer once verified the fact, whatever became of it since."""
    found = exists().where(Verification.fact_id == fact_id, Verification.verified)
    return bool(house.session.scalar(select(found)))


def fall_back(house: House, fact: Fact) -> None:
    """Take a changed fact back to what it stands on now: its documents, or a referee's word for it."""
    confirmed = isinstance(fact, WorkPeriod) and is_confirmed_by_referee(house, fact)
    rests = confirmed or has_documents(house, fact.id)
    fact.standing = Standing.EVIDENCED if rests else Standing.DECLARED
