"""Letters as signed PDF, for the person they were written to and the officers of the case.

Owns who may open which letter. The words are the ones that were frozen when the letter was
written; the document is made from them anew each time, so that they are kept once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from portal.domain.errors import NotFound, NotPermitted
from portal.domain.people import Actor, Role
from portal.models.cases import Case, Letter
from portal.services.disclosure_to_officers import file_for_officer
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act
from portal.wording.dates import BOTH_BANKS
from portal.wording.documents import LetterFacts, letter_facts


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document handed out: its bytes, and what to call it."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A letter as a list shows it."""

    id: UUID
    subject: str
    language: str
    written_at: datetime


# After these an employer has something to check; the letter then shows where.
_TELLS_OF_A_RECOGNITION: Final = frozenset(
    {"granted", "granted_with_conditions", "conditions_finished", "recognition_lifted"}
)


def letters_of(house: House, case: Case) -> tuple[ListedLetter, ...]:
    """The letters about a case, newest first; the caller has checked who asks."""
    rows = house.session.scalars(
        select(Letter).where(Letter.case_id == case.id).order_by(Letter.written_at.desc(), Letter.id.desc())
    )
    return tuple(ListedLetter(row.id, row.subject, row.language, row.written_at) for row in rows)


def open_letter(house: House, actor: Actor, letter_id: UUID) -> OpenedDocument:
    """Hand out a letter as a signed PDF: to its reader, and to officers to whom the case is open.

    Everybody else learns nothing, not even that it exists. An officer's opening is written down.
    """
    with one_act(house, actor):
        letter, case = _letter_for(house, actor, letter_id)
        if case.person_id != actor.person_id:
            record(
                house,
                actor,
                "letter.opened",
                person_id=case.person_id,
                case_id=case.id,
                letter=str(letter.id),
            )
        facts = _facts(house, letter, case)
    document = house.typesetter.typeset("letter", letter_facts(facts))
    signed = house.signer.sign(document, purpose=facts.subject, at=house.clock.now())
    return OpenedDocument(f"{facts.reference}-{facts.written_on.isoformat()}.pdf", signed.content)


def _letter_for(house: House, actor: Actor, letter_id: UUID) -> tuple[Letter, Case]:
    found = house.session.execute(
        select(Letter, Case).join(Case, Case.id == Letter.case_id).where(Letter.id == letter_id)
    ).one_or_none()
    if found is None or not _may_open(house, actor, found[1]):
        raise NotFound("page.not_found")
    return found[0], found[1]


def _may_open(house: House, actor: Actor, case: Case) -> bool:
    if actor.has(Role.PROFESSIONAL) and actor.person_id == case.person_id:
        return True
    if not actor.has(Role.OFFICER, case.jurisdiction):
        return False
    try:
        file_for_officer(house, actor, case)
    except NotPermitted:
        return False
    return True


def _facts(house: House, letter: Letter, case: Case) -> LetterFacts:
    address = f"{house.base_url}/check"
    shows_check = letter.kind in _TELLS_OF_A_RECOGNITION
    return LetterFacts(
        reference=case.reference,
        place=case.jurisdiction,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        written_on=letter.written_at.astimezone(BOTH_BANKS).date(),
        operator=house.operator,
        check_address=address,
        code_picture=house.typesetter.square_code(address) if shows_check else None,
    )
