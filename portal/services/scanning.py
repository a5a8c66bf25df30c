"""Looking again at files that wait for the scanner, and sweeping up bytes that no row names.

Owns both rounds; they run by command and while e-mails are delivered. What is found infected is
destroyed at once: its row stays, so that its owner and the officers can read what happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from portal.domain.people import NOBODY
from portal.domain.ports import ScanResult
from portal.models.certificates import Certificate
from portal.models.evidence import Evidence, EvidenceFile
from portal.services.certificates import CERTIFICATES
from portal.services.evidence_files import delete_bytes
from portal.services.house import House
from portal.services.journal import record
from portal.services.notices import tell_person
from portal.services.standings import settle_standings
from portal.services.work import one_act

_WAITING: Final = (ScanResult.PENDING, ScanResult.NOT_SCANNED)
# Bytes are stored before their row is committed; what is younger may still get its row.
_YOUNGEST_LEFTOVER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ScanRound:
    """What a round came to: how many files are clean, infected, and still waiting."""

    clean: int = 0
    infected: int = 0
    waiting: int = 0


def scan_waiting(house: House) -> ScanRound:
    """Ask the scanner about every file it has not answered for, one act each.

    Without a scanner nothing is asked. A scanner that does not answer ends the round: the rest
    would only wait as long.
    """
    if not house.scanner.is_present:
        return ScanRound()
    waiting = house.session.scalars(
        select(EvidenceFile.id).where(EvidenceFile.scan.in_(_WAITING)).order_by(EvidenceFile.id)
    ).all()
    house.session.rollback()
    counted, gone = dict.fromkeys(ScanResult, 0), 0
    for file_id in waiting:
        result = _scan_again(house, file_id)
        if result is None:
            gone += 1
            continue
        counted[result] += 1
        if result is ScanResult.PENDING:
            break
    clean, infected = counted[ScanResult.CLEAN], counted[ScanResult.INFECTED]
    return ScanRound(clean, infected, len(waiting) - gone - clean - infected)


def _scan_again(house: House, file_id: UUID) -> ScanResult | None:
    """What the scanner says of a file now; none when its owner removed it meanwhile."""
    waiting = house.session.get(EvidenceFile, file_id)
    if waiting is None:
        return None
    key = waiting.storage_key
    content = house.storage.get(key)
    # The scanner may take its time; nobody's writing waits for it.
    house.session.rollback()
    result = house.scanner.scan(content)
    if result is ScanResult.PENDING:
        return result
    with one_act(house, NOBODY):
        file = house.session.get(EvidenceFile, file_id)
        if file is None:
            return None
        document = house.session.get_one(Evidence, file.evidence_id)
        file.scan, file.scanned_at = result, house.clock.now()
        record(
            house,
            NOBODY,
            "evidence.scanned",
            person_id=document.person_id,
            evidence=str(document.id),
            file=str(file.id),
            scan=result.value,
        )
        if result is ScanResult.INFECTED:
            house.session.flush()
            settle_standings(house, document.person_id)
            tell_person(house, document.person_id, "evidence_destroyed")
    if result is ScanResult.INFECTED:
        delete_bytes(house, [key])
    return result


def sweep_leftovers(house: House) -> int:
    """Delete stored bytes that no row names and that are a day old; gives how many there were.

    They are what a crash between storing and committing, or between committing and deleting, leaves
    behind. Only keys of documents and certificates are looked at: others are somebody else's.
    """
    before = house.clock.now() - _YOUNGEST_LEFTOVER
    stored = {key for key in house.storage.keys(before=before) if _is_swept(key)}
    named = set(house.session.scalars(select(EvidenceFile.storage_key)))
    named |= set(house.session.scalars(select(Certificate.storage_key)))
    house.session.rollback()
    leftovers = stored - named
    delete_bytes(house, sorted(leftovers))
    return len(leftovers)


def _is_swept(key: str) -> bool:
    """True for ``person/file``, both the keys of rows, and for a certificate.

    >>> _is_swept("01937a2e-0000-7000-8000-000000000001/01937a2e-0000-7000-8000-000000000002")
    True
    >>> _is_swept("certificates/01937a2e-0000-7000-8000-000000000002")
    True
    >>> _is_swept("exports/01937a2e-0000-7000-8000-000000000002")
    False
    """
    folder, _slash, file = key.partition("/")
    parts = [file] if folder == CERTIFICATES else [folder, file]
    try:
        return all(str(UUID(part)) == part for part in parts)
    except ValueError:
        return False
