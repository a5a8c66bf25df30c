"""Evidence: documents on a person's shelf, what they support, and who may open them.

Owns the shelf: uploading, attaching, detaching, opening, removing. Bytes go to storage before the
row is written and leave it when the act fails, so that neither is ever without the other. It must
not know what a document proves; officers say that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import exists, select

from portal.adapters.documents import inspect
from portal.domain.cases import ON_THE_DESK, Stage
from portal.domain.credentials import FactKind, Standing
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.files import FileKind, OfferedFile, safe_name
from portal.domain.people import Actor, Role
from portal.domain.ports import ScanResult
from portal.domain.sense import length_faults, refuse_first
from portal.models.cases import Case
from portal.models.credentials import Evidence, EvidenceLink
from portal.models.people import Person
from portal.services.disclosure_to_officers import names_are_disclosed
from portal.services.house import House
from portal.services.journal import record
from portal.services.standings import fall_back, own_fact, own_person, was_verified
from portal.services.work import one_act

LONGEST_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class SupportedFact:
    """A fact that a document is attached to."""

    kind: FactKind
    id: UUID


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """A document handed out: its bytes, and what to call it."""

    file_name: str
    media_type: str
    content: bytes


def upload_evidence(
    house: House,
    actor: Actor,
    *,
    offered: OfferedFile,
    description: str = "",
    supports: SupportedFact | None = None,
    once: str | None = None,
) -> str:
    """Put a document on the actor's shelf, attach it at once when asked; gives its id.

    Refuses what is no PDF, JPEG or PNG through and through, what a scanner finds infected, and
    facts of others. The same bytes a second time are not stored again: the document already there
    is attached instead.
    """
    person_id = own_person(actor)
    kind = inspect(offered)
    refuse_first(
        length_faults("evidence.too_long", {"description": description}, {"description": LONGEST_DESCRIPTION})
    )
    digest = sha256(offered.content).hexdigest()
    with _kept_only_if_done(house) as stored, one_act(house, actor, once=once) as act:
        row = same_document(house, person_id, digest)
        if row is None:
            row = _new_row(house, person_id, offered, kind, digest)
            row.description = description
            _shelve(house, actor, row, offered.content, stored)
        if supports is not None:
            _attach(house, actor, row, supports)
        act.result = str(row.id)
    return act.result


def attach_evidence(
    house: House, actor: Actor, *, evidence_id: UUID, supports: SupportedFact, once: str | None = None
) -> str:
    """Let a document already on the shelf support a fact too; attaching twice is attaching once."""
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, evidence_id)
        _attach(house, actor, row, supports)
        act.result = str(row.id)
    return act.result


def detach_evidence(
    house: House, actor: Actor, *, evidence_id: UUID, supports: SupportedFact, once: str | None = None
) -> str:
    """Let a document no longer support a fact.

    Refused once an officer has verified the fact, and while a case of the person is on a desk,
    because what was or is being looked at must not disappear.
    """
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, evidence_id)
        act.result = str(row.id)
        link = _link(house, row.id, supports)
        if link is None:
            raise Conflict("row.changed")
        if was_verified(house, supports.id):
            raise Refused("evidence.verified_rests_on_it")
        if _case_on_a_desk(house, row.person_id):
            raise Refused("evidence.case_rests_on_it")
        house.session.delete(link)
        house.session.flush()
        fact = own_fact(house, actor, supports.kind, supports.id)
        if fact.standing is Standing.EVIDENCED:
            fall_back(house, fact)
        _record_detached(house, actor, row, supports)
    return act.result


def remove_evidence(house: House, actor: Actor, *, evidence_id: UUID, once: str | None = None) -> str:
    """Take a document off the shelf for good; refused while it supports a fact."""
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, evidence_id)
        storage_key = row.storage_key
        if house.session.scalar(select(exists().where(EvidenceLink.evidence_id == row.id))):
            raise Refused("evidence.still_attached")
        house.session.delete(row)
        record(
            house,
            actor,
            "evidence.removed",
            person_id=row.person_id,
            evidence=str(row.id),
            sha256=row.sha256,
        )
        act.result = str(row.id)
    # Only after the commit: a row without its bytes would be worse than bytes without a row.
    house.storage.delete(storage_key)
    return act.result


def may_open_evidence(house: House, actor: Actor, evidence: Evidence) -> bool:
    """True for the owner, and for an officer of a jurisdiction to which the owner opened the file.

    That is while a case of the owner lies on that desk, or waits for its conditions, and only with
    the consents recorded on the case.
    """
    if actor.has(Role.PROFESSIONAL) and actor.person_id == evidence.person_id:
        return True
    jurisdictions = actor.jurisdictions_as(Role.OFFICER)
    if not jurisdictions:
        return False
    opened = (
        select(Case.id)
        .join(Person, Person.id == Case.person_id)
        .where(
            Case.person_id == evidence.person_id,
            Case.jurisdiction.in_(jurisdictions),
            Case.stage.in_(ON_THE_DESK | {Stage.GRANTED_WITH_CONDITIONS}),
            names_are_disclosed(),
        )
    )
    return house.session.scalars(opened.limit(1)).first() is not None


def open_evidence(house: House, actor: Actor, *, evidence_id: UUID) -> OpenedEvidence:
    """Hand out a document to those who may see it, and write down that it was opened.

    Everybody else learns nothing, not even that it exists.
    """
    with one_act(house, actor):
        row = house.session.get(Evidence, evidence_id)
        if row is None or not may_open_evidence(house, actor, row):
            raise NotFound("evidence.not_found")
        content = house.storage.get(row.storage_key)
        record(house, actor, "evidence.opened", person_id=row.person_id, evidence=str(row.id))
        return OpenedEvidence(row.file_name, row.media_type, content)


def is_on_the_shelf(house: House, actor: Actor, content: bytes) -> bool:
    """True when the actor has uploaded these very bytes before."""
    return same_document(house, own_person(actor), sha256(content).hexdigest()) is not None


def same_document(house: House, person_id: UUID, digest: str) -> Evidence | None:
    """The document with these bytes on this person's shelf, when there is one."""
    found = select(Evidence).where(Evidence.person_id == person_id, Evidence.sha256 == digest)
    return house.session.scalars(found).first()


@contextmanager
def _kept_only_if_done(house: House) -> Iterator[list[str]]:
    """Delete the bytes stored meanwhile when the act fails, whatever made it fail."""
    stored: list[str] = []
    try:
        yield stored
    except BaseException:
        for key in stored:
            house.storage.delete(key)
        raise


def _new_row(house: House, person_id: UUID, offered: OfferedFile, kind: FileKind, digest: str) -> Evidence:
    """The row of a document nobody has stored yet; refuses what the scanner finds infected."""
    scan = house.scanner.scan(offered.content)
    if scan is ScanResult.INFECTED:
        raise Refused("evidence.infected", field="file")
    key = house.new_key()
    return Evidence(
        id=key,
        person_id=person_id,
        file_name=safe_name(offered.name, kind),
        media_type=kind.value,
        size_bytes=len(offered.content),
        sha256=digest,
        storage_key=f"{person_id}/{key}",
        scan=scan,
        uploaded_at=house.clock.now(),
    )


def _shelve(house: House, actor: Actor, row: Evidence, content: bytes, stored: list[str]) -> None:
    """Store the bytes, then the row; what was stored is noted so that it can be taken back."""
    house.storage.put(row.storage_key, content)
    stored.append(row.storage_key)
    house.session.add(row)
    # A link needs the document's row to stand before it.
    house.session.flush()
    record(
        house,
        actor,
        "evidence.uploaded",
        person_id=row.person_id,
        evidence=str(row.id),
        sha256=row.sha256,
        scan=row.scan.value,
    )


def _own_row(house: House, actor: Actor, evidence_id: UUID) -> Evidence:
    person_id = own_person(actor)
    row = house.session.get(Evidence, evidence_id)
    if row is None or row.person_id != person_id:
        raise NotFound("evidence.not_found")
    return row


def _link(house: House, evidence_id: UUID, supports: SupportedFact) -> EvidenceLink | None:
    return house.session.scalars(
        select(EvidenceLink).where(
            EvidenceLink.evidence_id == evidence_id,
            EvidenceLink.fact_kind == supports.kind,
            EvidenceLink.fact_id == supports.id,
        )
    ).first()


def _attach(house: House, actor: Actor, row: Evidence, supports: SupportedFact) -> None:
    """Attach to the actor's own fact; a declared one becomes evidenced, a verified one stays verified."""
    fact = own_fact(house, actor, supports.kind, supports.id)
    if fact.standing is Standing.WITHDRAWN:
        raise Refused("evidence.fact_withdrawn", field="supports")
    if _link(house, row.id, supports) is not None:
        return
    house.session.add(
        EvidenceLink(id=house.new_key(), evidence_id=row.id, fact_kind=supports.kind, fact_id=supports.id)
    )
    if fact.standing in (Standing.DECLARED, Standing.REJECTED):
        fact.standing = Standing.EVIDENCED
    record(
        house,
        actor,
        "evidence.attached",
        person_id=row.person_id,
        evidence=str(row.id),
        fact=str(supports.id),
    )


def _record_detached(house: House, actor: Actor, row: Evidence, supports: SupportedFact) -> None:
    record(
        house,
        actor,
        "evidence.detached",
        person_id=row.person_id,
        evidence=str(row.id),
        fact=str(supports.id),
    )


def _case_on_a_desk(house: House, person_id: UUID) -> bool:
    found = exists().where(Case.person_id == person_id, Case.stage.in_(ON_THE_DESK))
    return bool(house.session.scalar(select(found)))
