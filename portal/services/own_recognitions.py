"""A holder's own recognitions: how each stands today, its certificates, and the letters about it.

Reading only, for the holder alone. What a recognition is worth today is derived; a certificate is
shown with the state of the share its QR code leads to. It must not know pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.domain.disclosure import ShareState
from portal.domain.errors import NotFound
from portal.domain.identifiers import tidy_reference
from portal.domain.people import Actor, own_person
from portal.domain.recognitions import Status
from portal.models.cases import Case
from portal.models.certificates import Certificate
from portal.models.disclosure import Share
from portal.models.recognitions import Recognition
from portal.services.disclosure import ShownRecognition, held_and_verified, shown_recognition
from portal.services.house import House
from portal.services.letter_documents import ListedLetter, letters_of
from portal.services.sharing import shareable_recognitions, state_of

# A certificate of what is suspended, revoked or over would mislead whoever reads it.
CERTIFIABLE: Final = frozenset({Status.FULL, Status.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """One certificate, and whether its QR code still leads anywhere."""

    reference: str
    language: str
    made_at: datetime
    sha256: str
    signer: str
    share: str
    share_state: ShareState
    until: date


@dataclass(frozen=True, slots=True)
class OwnRecognition:
    """One recognition as its holder sees it today."""

    shown: ShownRecognition
    application_id: UUID
    certificates: tuple[OwnCertificate, ...]
    letters: tuple[ListedLetter, ...]

    @property
    def may_be_certified(self) -> bool:
        """A certificate can be made while the recognition counts."""
        return self.shown.status in CERTIFIABLE


def list_own_recognitions(house: House, actor: Actor) -> tuple[ShownRecognition, ...]:
    """All recognitions of the acting person as they stand today, newest first."""
    today = house.clock.today()
    held = held_and_verified(house, own_person(actor))
    return tuple(
        shown_recognition(house, each, on=today, held=held) for each in shareable_recognitions(house, actor)
    )


def read_own_recognition(house: House, actor: Actor, reference: str) -> OwnRecognition:
    """One of the acting person's recognitions; ``page.not_found`` for anybody else's."""
    recognition, case = own_recognition(house, actor, reference)
    held = held_and_verified(house, recognition.person_id)
    return OwnRecognition(
        shown=shown_recognition(house, recognition, on=house.clock.today(), held=held),
        application_id=case.application_id,
        certificates=_certificates(house, recognition),
        letters=letters_of(house, case),
    )


def own_recognition(house: House, actor: Actor, reference: str) -> tuple[Recognition, Case]:
    """A recognition of the acting person's with its case, its acts loaded."""
    found = house.session.execute(
        select(Recognition, Case)
        .join(Case, Case.id == Recognition.case_id)
        .where(Recognition.reference == tidy_reference(reference), Recognition.person_id == own_person(actor))
        .options(selectinload(Recognition.acts))
    ).one_or_none()
    if found is None:
        raise NotFound("page.not_found")
    return found[0], found[1]


def _certificates(house: House, recognition: Recognition) -> tuple[OwnCertificate, ...]:
    rows = house.session.execute(
        select(Certificate, Share)
        .join(Share, Share.id == Certificate.share_id)
        .where(Certificate.recognition_id == recognition.id)
        .order_by(Certificate.made_at.desc(), Certificate.id.desc())
    )
    return tuple(
        OwnCertificate(
            reference=made.reference,
            language=made.language,
            made_at=made.made_at,
            sha256=made.sha256,
            signer=made.signer,
            share=share.code,
            share_state=state_of(house, share),
            until=share.until,
        )
        for made, share in rows
    )
