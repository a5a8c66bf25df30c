"""Opening documents: who may, when, and what is written down about it.

Owns the right to open a shelf and what a scanner has to say first. Putting documents on the shelf
is in ``evidence.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import aliased

from portal.domain.cases import ON_THE_DESK, Stage
from portal.domain.errors import NotFound, Refused
from portal.domain.people import Actor, Role
from portal.domain.ports import ScanResult
from portal.models.cases import Case
from portal.models.evidence import Evidence, EvidenceFile
from portal.models.people import Person
from portal.services.disclosure_to_officers import names_are_disclosed
from portal.services.evidence import journal_document
from portal.services.house import House
from portal.services.work import one_act


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """A file handed out: its bytes, and what to call it."""

    file_name: str
    media_type: str
    content: bytes


def may_open_evidence(house: House, actor: Actor, person_id: UUID) -> bool:
    """True for the owner, and for an officer of a jurisdiction to which the owner opened the shelf.

    That is while a case of the owner lies on that desk, or waits for its conditions, and only with
    the consents recorded on the case.
    """
    if actor.has(Role.PROFESSIONAL) and actor.person_id == person_id:
        return True
    opening = select(case_open_to(actor)).where(Person.id == person_id)
    return house.session.scalar(opening) is not None


def case_open_to(actor: Actor) -> ScalarSelect[str]:
    """For lists of people: the reference of the newest case that opens their shelf to an officer now.

    Null for a person whose shelf is not open, and for every person to somebody who is no officer.
    """
    opening = aliased(Case)
    return (
        select(opening.reference)
        .where(
            opening.person_id == Person.id,
            opening.jurisdiction.in_(sorted(actor.jurisdictions_as(Role.OFFICER))),
            opening.stage.in_(ON_THE_DESK | {Stage.GRANTED_WITH_CONDITIONS}),
            names_are_disclosed(opening, Person),
        )
        .order_by(opening.started_at.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


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
        journal_document(house, actor, "evidence.opened", document, file=str(file.id))
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
