"""How a fact's standing moves with what a person does to it, for the three kinds of fact alike.

Owns finding a person's own fact, and the fall of a changed fact: a finding holds for the fact as
it stood, so a change takes it back to declared, or evidenced while documents are attached. It must
not know how officers verify.
"""

from __future__ import annotations

from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import exists, select

from portal.domain.credentials import FactKind, Standing
from portal.domain.errors import NotFound
from portal.domain.people import Actor, Role
from portal.models.credentials import Credential, EvidenceLink, Verification, WorkPeriod
from portal.models.people import PersonalFact
from portal.services.house import House

Fact = Credential | WorkPeriod | PersonalFact

Row = TypeVar("Row", Credential, WorkPeriod, PersonalFact)

_NOT_FOUND: Final[dict[type[object], str]] = {
    Credential: "credential.not_found",
    WorkPeriod: "work.not_found",
    PersonalFact: "person.not_found",
}


def own_person(actor: Actor) -> UUID:
    """The person behind the actor; refuses accounts that are no professional's."""
    actor.require(Role.PROFESSIONAL)
    if actor.person_id is None:
        raise NotFound("person.not_found")
    return actor.person_id


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
    """True when a document is attached to the fact."""
    return bool(house.session.scalar(select(exists().where(EvidenceLink.fact_id == fact_id))))


def was_verified(house: House, fact_id: UUID) -> bool:
    """True when an officer once verified the fact, whatever became of it since."""
    found = exists().where(Verification.fact_id == fact_id, Verification.verified)
    return bool(house.session.scalar(select(found)))


def fall_back(house: House, fact: Fact) -> None:
    """Take a changed fact back to what it stands on now."""
    fact.standing = Standing.EVIDENCED if has_documents(house, fact.id) else Standing.DECLARED
