"""A person's identity documents: checked as typed, kept as a keyed digest and four characters.

The number itself goes nowhere: not into a row, a journal entry or a log. A number that another
record has is taken all the same, so that nobody learns who is here; an officer is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from portal.domain.errors import NotFound, Refused
from portal.domain.identity_documents import NUMBER, DocumentKind, StatedDocument, document_faults
from portal.domain.people import Actor, own_person
from portal.domain.sense import refuse_first
from portal.models.identity import IdentityDocument
from portal.models.people import Person
from portal.services.duplicates import alone_with, look_for_duplicates
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act

MOST_DOCUMENTS: Final = 12


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document as it may be shown."""

    id: UUID
    kind: DocumentKind
    issuer: str
    last_four: str
    expires_on: date | None
    has_expired: bool


def read_document(house: House, actor: Actor, document_id: UUID) -> HeldDocument:
    """One of the actor's own documents."""
    return held(house, _own_document(house, actor, document_id))


def stated_document_faults(house: House, actor: Actor, said: StatedDocument) -> list[Refused]:
    """Everything wrong with a document as typed, each at its field."""
    person = house.session.get_one(Person, own_person(actor))
    return document_faults(said, house.clock.today(), person.born_on)


def add_document(house: House, actor: Actor, *, said: StatedDocument, once: str | None = None) -> str:
    """Record a document; gives its id.

    Refuses a wrong form or check digit, a birth date inside the number that is not the one stated,
    and a document the same person has recorded already.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        refuse_first(stated_document_faults(house, actor, said))
        digest = house.identity_digests.digest(said.compared)
        alone_with(house, digest)
        _refuse_repetition(house, person_id, digest)
        row = IdentityDocument(
            id=house.new_key(),
            person_id=person_id,
            kind=said.kind,
            issuer=said.issued_by,
            digest=digest,
            last_four=said.last_four,
            expires_on=said.expires_on,
            added_at=house.clock.now(),
        )
        house.session.add(row)
        look_for_duplicates(house, house.session.get_one(Person, person_id))
        record(
            house, actor, "document.added", person_id=person_id, document=str(row.id), type=said.kind.value
        )
        act.result = str(row.id)
    return act.result


def remove_document(house: House, actor: Actor, *, document_id: UUID, once: str | None = None) -> str:
    """Forget a document: its digest goes too. What officers were told of before, they keep."""
    with one_act(house, actor, once=once) as act:
        row = _own_document(house, actor, document_id)
        kind = row.kind
        house.session.delete(row)
        record(
            house,
            actor,
            "document.removed",
            person_id=own_person(actor),
            document=str(document_id),
            type=kind.value,
        )
        act.result = str(document_id)
    return act.result


def held(house: House, row: IdentityDocument) -> HeldDocument:
    """A document's row as it may be shown."""
    has_expired = row.expires_on is not None and row.expires_on < house.clock.today()
    return HeldDocument(row.id, row.kind, row.issuer, row.last_four, row.expires_on, has_expired)


def _own_document(house: House, actor: Actor, document_id: UUID) -> IdentityDocument:
    person_id = own_person(actor)
    row = house.session.get(IdentityDocument, document_id)
    if row is None or row.person_id != person_id:
        raise NotFound("page.not_found")
    return row


def _refuse_repetition(house: House, person_id: UUID, digest: str) -> None:
    mine = IdentityDocument.person_id == person_id
    if house.session.scalar(select(func.count()).where(mine, IdentityDocument.digest == digest)):
        raise Refused("document.stated_already", field=NUMBER)
    if (house.session.scalar(select(func.count()).where(mine)) or 0) >= MOST_DOCUMENTS:
        raise Refused("document.too_many", most=MOST_DOCUMENTS)
