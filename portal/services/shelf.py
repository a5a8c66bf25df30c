"""Reading the shelf: a person's documents, their pages, what each supports, and what officers found.

Owns reading only, in few statements for a whole page. Uploading and attaching are in ``evidence.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from portal.domain.cases import Stage
from portal.domain.credentials import VerificationMethod
from portal.domain.errors import NotFound
from portal.domain.evidence import (
    DocumentAnswers,
    SignatureFinding,
    TranslatorKind,
    Treatment,
    Validity,
    WrittenLanguage,
)
from portal.domain.people import Actor, own_person
from portal.domain.places import Jurisdiction
from portal.domain.ports import ScanResult
from portal.models.cases import Case
from portal.models.credentials import Verification
from portal.models.evidence import Evidence, EvidenceFile, EvidenceLink, EvidenceTranslation
from portal.services.evidence import SupportedFact
from portal.services.evidence_opening import may_be_opened
from portal.services.house import House
from portal.wording.dates import BOTH_BANKS


@dataclass(frozen=True, slots=True)
class ShelvedFile:
    """One file of a document: what came, what is kept of it, and what was found in it.

    ``is_elsewhere`` is for officers alone: another person handed in the same file.
    """

    id: UUID
    file_name: str
    media_type: str
    size_bytes: int
    pages: int
    sha256: str
    uploaded_sha256: str
    treatment: Treatment
    signatures: tuple[SignatureFinding, ...]
    scan: ScanResult
    uploaded_at: datetime
    is_elsewhere: bool

    def waits_in(self, house: House) -> bool:
        """True when nobody may open it: a scanner found something, or has not looked yet."""
        return not may_be_opened(house, self.scan)


@dataclass(frozen=True, slots=True)
class ShelvedTranslation:
    """A translation, who made it, and its pages."""

    id: UUID
    translator: str
    kind: TranslatorKind
    language: WrittenLanguage
    translated_on: date
    pages: tuple[ShelvedFile, ...]


@dataclass(frozen=True, slots=True)
class ShelvedDocument:
    """A document: the pages of its original, its translations, and the facts it supports."""

    id: UUID
    said: DocumentAnswers
    pages: tuple[ShelvedFile, ...]
    translations: tuple[ShelvedTranslation, ...]
    uploaded_at: datetime
    supports: tuple[SupportedFact, ...]
    version: int

    @property
    def name(self) -> str:
        """What the first page is called; empty for a bare code."""
        return self.pages[0].file_name if self.pages else ""

    @property
    def files(self) -> tuple[ShelvedFile, ...]:
        """All files, the original's first."""
        return self.pages + tuple(page for each in self.translations for page in each.pages)

    def has_run_out(self, *, on: date) -> bool:
        """True when it no longer holds on that day, and so supports nothing new."""
        return self.said.validity.has_run_out(on=on)


@dataclass(frozen=True, slots=True)
class CaseWithShelf:
    """A case whose officers see the shelf: on which day it was made, and how it stands."""

    application_id: UUID
    reference: str
    target: str
    jurisdiction: Jurisdiction
    stage: Stage
    submitted_on: date

    def rests_on(self, document: ShelvedDocument) -> bool:
        """True when the document supports a fact and still held on the day of the application."""
        return bool(document.supports) and not document.has_run_out(on=self.submitted_on)


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
    """All documents of a person, newest first, in one statement; who may ask is the caller's affair."""
    rows = house.session.execute(
        select(Evidence, EvidenceFile, EvidenceTranslation, EvidenceLink, _is_elsewhere())
        .outerjoin(EvidenceFile, EvidenceFile.evidence_id == Evidence.id)
        .outerjoin(EvidenceTranslation, EvidenceTranslation.id == EvidenceFile.translation_id)
        .outerjoin(EvidenceLink, EvidenceLink.evidence_id == Evidence.id)
        .where(Evidence.person_id == person_id)
        .order_by(Evidence.id.desc(), EvidenceFile.position, EvidenceFile.id, EvidenceLink.id)
    ).all()
    files: defaultdict[UUID, dict[UUID, ShelvedFile]] = defaultdict(dict)
    owners: dict[UUID, UUID | None] = {}
    translations: defaultdict[UUID, dict[UUID, EvidenceTranslation]] = defaultdict(dict)
    supports: defaultdict[UUID, dict[UUID, SupportedFact]] = defaultdict(dict)
    for document, file, translation, link, is_elsewhere in rows:
        if file is not None:
            files[document.id][file.id] = _file(file, is_elsewhere=is_elsewhere)
            owners[file.id] = file.translation_id
        # A translation never stands without a page, so the pages bring them all.
        if translation is not None:
            translations[document.id][translation.id] = translation
        if link is not None:
            supports[document.id][link.id] = SupportedFact(link.fact_kind, link.fact_id)

    def pages(document_id: UUID, translation_id: UUID | None) -> tuple[ShelvedFile, ...]:
        return tuple(file for file in files[document_id].values() if owners[file.id] == translation_id)

    return [
        _document(
            row,
            pages(row.id, None),
            tuple(
                _translation(each, pages(row.id, each.id)) for _, each in sorted(translations[row.id].items())
            ),
            tuple(supports[row.id].values()),
        )
        for row in {document.id: document for document, *_ in rows}.values()
    ]


def _is_elsewhere() -> ColumnElement[bool]:
    """True of a file that another person's shelf holds too, as it came or as it is kept."""
    other, theirs = aliased(EvidenceFile), aliased(Evidence)
    ours = (EvidenceFile.sha256, EvidenceFile.uploaded_sha256)
    return (
        exists()
        .where(
            or_(other.sha256.in_(ours), other.uploaded_sha256.in_(ours)),
            theirs.id == other.evidence_id,
            theirs.person_id != Evidence.person_id,
        )
        .correlate(Evidence, EvidenceFile)
    )


def own_document(house: House, actor: Actor, evidence_id: UUID) -> ShelvedDocument:
    """One of the actor's documents; strangers get ``evidence.not_found``."""
    for document in own_shelf(house, actor):
        if document.id == evidence_id:
            return document
    raise NotFound("evidence.not_found")


def cases_with_shelf(house: House, actor: Actor) -> Sequence[CaseWithShelf]:
    """The actor's cases that were handed in and not taken back, oldest first."""
    rows = house.session.scalars(
        select(Case)
        .where(
            Case.person_id == own_person(actor),
            Case.submitted_at.is_not(None),
            Case.stage != Stage.WITHDRAWN,
        )
        .order_by(Case.submitted_at, Case.id)
    )
    return [
        CaseWithShelf(
            application_id=case.application_id,
            reference=case.reference,
            target=case.target,
            jurisdiction=case.jurisdiction,
            stage=case.stage,
            submitted_on=case.submitted_at.astimezone(BOTH_BANKS).date(),
        )
        for case in rows
        if case.submitted_at is not None
    ]


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


def _document(
    row: Evidence,
    pages: tuple[ShelvedFile, ...],
    translations: tuple[ShelvedTranslation, ...],
    supports: tuple[SupportedFact, ...],
) -> ShelvedDocument:
    return ShelvedDocument(
        id=row.id,
        said=DocumentAnswers(row.description, Validity(row.issued_on, row.valid_until), row.scheme, row.code),
        pages=pages,
        translations=translations,
        uploaded_at=row.uploaded_at,
        supports=supports,
        version=row.version,
    )


def _translation(row: EvidenceTranslation, pages: tuple[ShelvedFile, ...]) -> ShelvedTranslation:
    return ShelvedTranslation(
        row.id, row.translator, row.translator_kind, row.language, row.translated_on, pages
    )


def _file(row: EvidenceFile, *, is_elsewhere: bool) -> ShelvedFile:
    return ShelvedFile(
        id=row.id,
        file_name=row.file_name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        pages=row.pages,
        sha256=row.sha256,
        uploaded_sha256=row.uploaded_sha256,
        treatment=row.treatment,
        signatures=tuple(SignatureFinding.from_json(kept) for kept in row.signatures),
        scan=row.scan,
        uploaded_at=row.uploaded_at,
        is_elsewhere=is_elsewhere,
    )
