"""Evidence: documents on a person's shelf, what they support, and who may open them.

Owns the shelf: uploading, attaching, detaching, opening, removing. How one file is stored is in
``evidence_files.py``; further pages, translations and what is said of a document are in
``evidence_pages.py``. It must not know what a document proves; officers say that.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from portal.domain.cases import ON_THE_DESK, Stage
from portal.domain.credentials import FactKind, Standing
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.evidence import DocumentAnswers
from portal.domain.files import OfferedFile
from portal.domain.people import Actor, Role
from portal.domain.ports import ScanResult
from portal.domain.sense import refuse_first
from portal.models.cases import Case
from portal.models.evidence import Evidence, EvidenceFile, EvidenceLink
from portal.models.people import Person
from portal.services.disclosure_to_officers import names_are_disclosed
from portal.services.evidence_files import (
    delete_bytes,
    files_of,
    kept_only_if_done,
    receive,
    same_file,
    shelve,
)
from portal.services.house import House
from portal.services.journal import record
from portal.services.standings import fall_back, own_fact, own_person, was_verified
from portal.services.work import one_act


@dataclass(frozen=True, slots=True)
class SupportedFact:
    """A fact that a document is attached to."""

    kind: FactKind
    id: UUID


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """A file handed out: its bytes, and what to call it."""

    file_name: str
    media_type: str
    content: bytes


def upload_evidence(
    house: House,
    actor: Actor,
    *,
    offered: OfferedFile,
    said: DocumentAnswers | None = None,
    supports: SupportedFact | None = None,
    once: str | None = None,
) -> str:
    """Put a document on the actor's shelf, attach it at once when asked; gives its id.

    Refuses what is no PDF, JPEG or PNG through and through, what a scanner finds infected, and
    facts of others. The same bytes a second time are not stored again: the document already there
    is attached instead.
    """
    person_id = own_person(actor)
    said = said or DocumentAnswers()
    refuse_first(said.problems(today=house.clock.today()))
    arrived = receive(house, offered)
    with kept_only_if_done(house) as stored, one_act(house, actor, once=once) as act:
        known = same_file(house, person_id, arrived.uploaded_sha256)
        if known is not None:
            row = house.session.get_one(Evidence, known.evidence_id)
        else:
            row = new_document(house, person_id, said)
            file = shelve(house, row, arrived, stored)
            record(
                house,
                actor,
                "evidence.uploaded",
                person_id=person_id,
                evidence=str(row.id),
                sha256=file.sha256,
                scan=file.scan.value,
            )
        if supports is not None:
            attach_row(house, actor, row, supports)
        act.result = str(row.id)
    return act.result


def attach_evidence(
    house: House, actor: Actor, *, evidence_id: UUID, supports: SupportedFact, once: str | None = None
) -> str:
    """Let a document already on the shelf support a fact too; attaching twice is attaching once."""
    with one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        attach_row(house, actor, row, supports)
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
        row = own_document_row(house, actor, evidence_id)
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
        _record_link(house, actor, "evidence.detached", row, supports)
    return act.result


def remove_evidence(house: House, actor: Actor, *, evidence_id: UUID, once: str | None = None) -> str:
    """Take a document off the shelf for good; refused while it supports a fact."""
    with one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        files = files_of(house, row.id)
        if links_of(house, row.id):
            raise Refused("evidence.still_attached")
        keys = [file.storage_key for file in files]
        record(
            house,
            actor,
            "evidence.removed",
            person_id=row.person_id,
            evidence=str(row.id),
            sha256=",".join(file.sha256 for file in files),
        )
        house.session.delete(row)
        act.result = str(row.id)
    delete_bytes(house, keys)
    return act.result


def may_open_evidence(house: House, actor: Actor, person_id: UUID) -> bool:
    """True for the owner, and for an officer of a jurisdiction to which the owner opened the shelf.

    That is while a case of the owner lies on that desk, or waits for its conditions, and only with
    the consents recorded on the case.
    """
    if actor.has(Role.PROFESSIONAL) and actor.person_id == person_id:
        return True
    return person_id in people_open_to(house, actor, [person_id])


def people_open_to(house: House, actor: Actor, people: list[UUID]) -> frozenset[UUID]:
    """Those of some people whose shelf is open to an officer now."""
    jurisdictions = actor.jurisdictions_as(Role.OFFICER)
    if not jurisdictions or not people:
        return frozenset()
    opened = (
        select(Case.person_id)
        .join(Person, Person.id == Case.person_id)
        .where(
            Case.person_id.in_(people),
            Case.jurisdiction.in_(jurisdictions),
            Case.stage.in_(ON_THE_DESK | {Stage.GRANTED_WITH_CONDITIONS}),
            names_are_disclosed(),
        )
    )
    return frozenset(house.session.scalars(opened.distinct()))


def open_evidence(house: House, actor: Actor, *, file_id: UUID) -> OpenedEvidence:
    """Hand out a file to those who may see it, and write down that it was opened.

    Everybody else learns nothing, not even that it exists. Nobody, its owner included, opens what a
    scanner has not cleared: refused until it has, and for good when it found something.
    """
    with one_act(house, actor):
        file = house.session.get(EvidenceFile, file_id)
        document = house.session.get(Evidence, file.evidence_id) if file is not None else None
        if file is None or document is None or not may_open_evidence(house, actor, document.person_id):
            raise NotFound("evidence.not_found")
        refuse_unscanned(house, file)
        content = house.storage.get(file.storage_key)
        record(
            house,
            actor,
            "evidence.opened",
            person_id=document.person_id,
            evidence=str(document.id),
            file=str(file.id),
        )
        return OpenedEvidence(file.file_name, file.media_type, content)


def refuse_unscanned(house: House, file: EvidenceFile) -> None:
    """Refuse a file that waits for a scanner, or in which one found something."""
    if file.scan is ScanResult.INFECTED:
        raise Refused("evidence.destroyed")
    if not may_be_opened(house, file.scan):
        raise Refused("evidence.waits_for_scan")


def may_be_opened(house: House, scan: ScanResult) -> bool:
    """True for what a scanner cleared; without a scanner, for what none was asked about."""
    return scan is ScanResult.CLEAN or (scan is ScanResult.NOT_SCANNED and not house.scanner.is_present)


def new_document(house: House, person_id: UUID, said: DocumentAnswers) -> Evidence:
    """A document without files, added to the session."""
    row = Evidence(
        id=house.new_key(),
        person_id=person_id,
        description=said.description,
        issued_on=said.validity.issued_on,
        valid_until=said.validity.valid_until,
        scheme=said.scheme,
        code=said.code,
        uploaded_at=house.clock.now(),
    )
    house.session.add(row)
    # Files and links need the document's row to stand before them.
    house.session.flush()
    return row


def own_document_row(house: House, actor: Actor, evidence_id: UUID) -> Evidence:
    """One of the actor's own documents; strangers learn nothing."""
    person_id = own_person(actor)
    row = house.session.get(Evidence, evidence_id)
    if row is None or row.person_id != person_id:
        raise NotFound("evidence.not_found")
    return row


def attach_row(house: House, actor: Actor, row: Evidence, supports: SupportedFact) -> None:
    """Attach to the actor's own fact; a declared one becomes evidenced, a verified one stays verified.

    Refused for a document that has run out: it supports nothing new.
    """
    fact = own_fact(house, actor, supports.kind, supports.id)
    if fact.standing is Standing.WITHDRAWN:
        raise Refused("evidence.fact_withdrawn", field="supports")
    if _link(house, row.id, supports) is not None:
        return
    if row.valid_until is not None and row.valid_until < house.clock.today():
        raise Refused("evidence.run_out", field="supports")
    house.session.add(
        EvidenceLink(id=house.new_key(), evidence_id=row.id, fact_kind=supports.kind, fact_id=supports.id)
    )
    if fact.standing in (Standing.DECLARED, Standing.REJECTED):
        fact.standing = Standing.EVIDENCED
    _record_link(house, actor, "evidence.attached", row, supports)


def links_of(house: House, evidence_id: UUID) -> list[EvidenceLink]:
    """What a document supports."""
    return list(house.session.scalars(select(EvidenceLink).where(EvidenceLink.evidence_id == evidence_id)))


def refuse_when_relied_on(house: House, row: Evidence) -> None:
    """Refuse to take anything away from a document that officers look at, or have looked at."""
    links = links_of(house, row.id)
    if any(was_verified(house, link.fact_id) for link in links):
        raise Refused("evidence.relied_on")
    if links and _case_on_a_desk(house, row.person_id):
        raise Refused("evidence.looked_at")


def _link(house: House, evidence_id: UUID, supports: SupportedFact) -> EvidenceLink | None:
    return house.session.scalars(
        select(EvidenceLink).where(
            EvidenceLink.evidence_id == evidence_id,
            EvidenceLink.fact_kind == supports.kind,
            EvidenceLink.fact_id == supports.id,
        )
    ).first()


def _record_link(house: House, actor: Actor, kind: str, row: Evidence, supports: SupportedFact) -> None:
    record(house, actor, kind, person_id=row.person_id, evidence=str(row.id), fact=str(supports.id))


def _case_on_a_desk(house: House, person_id: UUID) -> bool:
    found = exists().where(Case.person_id == person_id, Case.stage.in_(ON_THE_DESK))
    return bool(house.session.scalar(select(found)))
