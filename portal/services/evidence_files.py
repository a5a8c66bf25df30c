"""One file of a document: opened, scanned, stored with its row or not at all, and taken away again.

Owns the bytes: they go to storage before the row is written and leave it when the act fails, so
that neither is ever without the other. It must not know what a document supports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, or_, select

from portal.domain.errors import Refused
from portal.domain.evidence import MOST_FILES
from portal.domain.files import OfferedFile, ReadDocument, safe_name
from portal.domain.ports import ScanResult
from portal.models.evidence import Evidence, EvidenceFile
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that was opened and scanned, and is not stored yet."""

    name: str
    uploaded_sha256: str
    document: ReadDocument
    scan: ScanResult


def receive(house: House, offered: OfferedFile) -> ArrivedFile:
    """Open and scan what somebody sent; refuses what is no document, and what is infected.

    Both what came and what is kept of it are scanned: malware is looked for before it is cleaned
    away, and nothing is kept that was not looked at. What the request read before is let go of: call
    it before an act begins, never inside one.
    """
    # Opening and scanning may take their time; nobody's writing waits for it.
    house.session.rollback()
    document = house.reader.read(offered)
    scan = house.scanner.scan(offered.content)
    if scan is ScanResult.CLEAN and document.content != offered.content:
        scan = house.scanner.scan(document.content)
    if scan is ScanResult.INFECTED:
        raise Refused("evidence.infected", field="file")
    return ArrivedFile(
        safe_name(offered.name, document.kind), sha256(offered.content).hexdigest(), document, scan
    )


@contextmanager
def kept_only_if_done(house: House) -> Iterator[list[str]]:
    """Delete the bytes stored meanwhile when the act fails, whatever made it fail."""
    stored: list[str] = []
    try:
        yield stored
    except BaseException:
        for key in stored:
            house.storage.delete(key)
        raise


def shelve(
    house: House,
    document: Evidence,
    arrived: ArrivedFile,
    stored: list[str],
    *,
    translation_id: UUID | None = None,
) -> EvidenceFile:
    """Store the bytes, then the row, as the last page; what was stored is noted to be taken back."""
    key = house.new_key()
    now = house.clock.now()
    row = EvidenceFile(
        id=key,
        evidence_id=document.id,
        translation_id=translation_id,
        position=_next_position(house, document.id),
        file_name=arrived.name,
        media_type=arrived.document.kind.value,
        size_bytes=len(arrived.document.content),
        pages=arrived.document.pages,
        sha256=sha256(arrived.document.content).hexdigest(),
        uploaded_sha256=arrived.uploaded_sha256,
        storage_key=f"{document.person_id}/{key}",
        treatment=arrived.document.treatment,
        signatures=[finding.to_json() for finding in arrived.document.signatures],
        scan=arrived.scan,
        scanned_at=now if arrived.scan is ScanResult.CLEAN else None,
        uploaded_at=now,
    )
    house.storage.put(row.storage_key, arrived.document.content)
    stored.append(row.storage_key)
    house.session.add(row)
    house.session.flush()
    return row


def files_of(house: House, evidence_id: UUID) -> list[EvidenceFile]:
    """The files of a document, pages of the original and of translations, in their order."""
    found = select(EvidenceFile).where(EvidenceFile.evidence_id == evidence_id)
    return list(house.session.scalars(found.order_by(EvidenceFile.position, EvidenceFile.id)))


def same_file(house: House, person_id: UUID, uploaded_sha256: str) -> EvidenceFile | None:
    """The file of this person that was handed in with these bytes, or is kept as these bytes."""
    found = (
        select(EvidenceFile)
        .join(Evidence, Evidence.id == EvidenceFile.evidence_id)
        .where(
            Evidence.person_id == person_id,
            or_(
                EvidenceFile.uploaded_sha256 == uploaded_sha256,
                EvidenceFile.sha256 == uploaded_sha256,
            ),
        )
    )
    return house.session.scalars(found.order_by(EvidenceFile.id)).first()


def delete_bytes(house: House, storage_keys: Iterable[str]) -> None:
    """Delete bytes whose rows are gone. Only after the commit: a row without its bytes would be worse."""
    for key in storage_keys:
        house.storage.delete(key)


def _next_position(house: House, evidence_id: UUID) -> int:
    count, last = house.session.execute(
        select(func.count(), func.coalesce(func.max(EvidenceFile.position), 0)).where(
            EvidenceFile.evidence_id == evidence_id
        )
    ).one()
    if count >= MOST_FILES:
        raise Refused("evidence.too_many_files", field="file", most=MOST_FILES)
    return int(last) + 1
