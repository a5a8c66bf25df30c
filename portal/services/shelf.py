"""Reading the shelf: a person's documents, what each supports, and what officers found of a fact.

Owns reading only, in few statements for a whole page. Uploading and attaching are in ``evidence.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.domain.credentials import VerificationMethod
from portal.domain.errors import NotFound
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.ports import ScanResult
from portal.models.credentials import Evidence, EvidenceLink, Verification
from portal.services.evidence import SupportedFact
from portal.services.house import House
from portal.services.standings import own_person


@dataclass(frozen=True, slots=True)
class ShelvedDocument:
    """A document and the facts it supports."""

    id: UUID
    file_name: str
    description: str
    media_type: str
    size_bytes: int
    sha256: str
    scan: ScanResult
    uploaded_at: datetime
    supports: tuple[SupportedFact, ...]


@dataclass(frozen=True, slots=True)
class FactFinding:
    """What an officer found of a fact as it then stood."""

    verified: bool
    method: VerificationMethod
    jurisdiction: Jurisdiction
    at: datetime
    fact_version: int


def own_shelf(house: House, actor: Actor) -> Sequence[ShelvedDocument]:
    """All documents of the actor, newest first."""
    return documents_of(house, own_person(actor))


def documents_of(house: House, person_id: UUID) -> Sequence[ShelvedDocument]:
    """All documents of a person, newest first, in two statements; who may ask is the caller's affair."""
    rows = house.session.scalars(
        select(Evidence).where(Evidence.person_id == person_id).order_by(Evidence.id.desc())
    ).all()
    supports: defaultdict[UUID, list[SupportedFact]] = defaultdict(list)
    links = house.session.scalars(
        select(EvidenceLink)
        .join(Evidence, Evidence.id == EvidenceLink.evidence_id)
        .where(Evidence.person_id == person_id)
        .order_by(EvidenceLink.id)
    )
    for link in links:
        supports[link.evidence_id].append(SupportedFact(link.fact_kind, link.fact_id))
    return [_document(row, tuple(supports[row.id])) for row in rows]


def own_document(house: House, actor: Actor, evidence_id: UUID) -> ShelvedDocument:
    """One of the actor's documents; strangers get ``evidence.not_found``."""
    for document in own_shelf(house, actor):
        if document.id == evidence_id:
            return document
    raise NotFound("evidence.not_found")


def by_fact(documents: Sequence[ShelvedDocument]) -> Mapping[UUID, Sequence[ShelvedDocument]]:
    """The documents again, by the fact they support."""
    found: defaultdict[UUID, list[ShelvedDocument]] = defaultdict(list)
    for document in documents:
        for fact in document.supports:
            found[fact.id].append(document)
    return found


def findings_about(house: House, actor: Actor, fact_id: UUID) -> Sequence[FactFinding]:
    """What officers found of one of the actor's facts, newest first."""
    rows = house.session.scalars(
        select(Verification)
        .where(Verification.fact_id == fact_id, Verification.person_id == own_person(actor))
        .order_by(Verification.at.desc(), Verification.id.desc())
    )
    return [FactFinding(row.verified, row.method, row.jurisdiction, row.at, row.fact_version) for row in rows]


def _document(row: Evidence, supports: tuple[SupportedFact, ...]) -> ShelvedDocument:
    return ShelvedDocument(
        id=row.id,
        file_name=row.file_name,
        description=row.description,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        scan=row.scan,
        uploaded_at=row.uploaded_at,
        supports=supports,
    )
