"""Evidence: documents on a person's shelf, and what they support.

Owns the shelf: uploading, attaching, detaching, removing. How one file is stored is in
``evidence_files.py``, who may open it in ``evidence_opening.py``; further pages, translations and
what is said of a document are in ``evidence_pages.py``. It must not know what a document proves;
officers say that.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from portal.domain.cases import ON_THE_DESK
from portal.domain.credentials import FactKind, Standing
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.evidence import DocumentAnswers
from portal.domain.files import OfferedFile
from portal.domain.people import Actor, own_person
from portal.domain.sense import refuse_first
from portal.models.cases import Case
from portal.models.evidence import Evidence, EvidenceLink
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
from portal.services.standings import fall_back, own_fact, was_verified
from portal.services.work import one_act


@dataclass(frozen=True, slots=True)
class SupportedFact:
    """A fact that a document is attached to."""

    kind: FactKind
    id: UUID


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
            journal_document(house, actor, "evidence.uploaded", row, sha256=file.sha256, scan=file.scan.value)
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
        journal_document(house, actor, "evidence.detached", row, fact=str(supports.id))
    return act.result


def remove_evidence(house: House, actor: Actor, *, evidence_id: UUID, once: str | None = None) -> str:
    """Take a document off the shelf for good; refused while it supports a fact."""
    with one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        files = files_of(house, row.id)
        if links_of(house, row.id):
            raise Refused("evidence.still_attached")
        keys = [file.storage_key for file in files]
        digests = ",".join(file.sha256 for file in files)
        journal_document(house, actor, "evidence.removed", row, sha256=digests)
        house.session.delete(row)
        act.result = str(row.id)
    delete_bytes(house, keys)
    return act.result


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
    journal_document(house, actor, "evidence.attached", row, fact=str(supports.id))


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


def journal_document(house: House, actor: Actor, kind: str, row: Evidence, **facts: str) -> None:
    """Record an entry about a document and its owner; the caller commits."""
    record(house, actor, kind, person_id=row.person_id, case_id=None, evidence=str(row.id), **facts)


def _link(house: House, evidence_id: UUID, supports: SupportedFact) -> EvidenceLink | None:
    return house.session.scalars(
        select(EvidenceLink).where(
            EvidenceLink.evidence_id == evidence_id,
            EvidenceLink.fact_kind == supports.kind,
            EvidenceLink.fact_id == supports.id,
        )
    ).first()


def _case_on_a_desk(house: House, person_id: UUID) -> bool:
    found = exists().where(Case.person_id == person_id, Case.stage.in_(ON_THE_DESK))
    return bool(house.session.scalar(select(found)))
