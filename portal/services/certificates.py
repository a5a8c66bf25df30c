"""Certificates: a recognition as a signed PDF whose QR code leads to its check.

Owns the making and the handing out. A certificate says how things stood when it was made; with it
goes a share, so that whoever holds the paper can ask how things stand today. Typesetting and
signing happen before the transaction, so that nobody waits for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import select

from portal.domain.disclosure import Factor, Purpose
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import Actor, own_person
from portal.domain.ports import SignedDocument
from portal.domain.recognitions import Status
from portal.models.cases import Decision, Photograph, Recommendation
from portal.models.certificates import Certificate
from portal.models.people import Person
from portal.models.recognitions import Recognition
from portal.models.records import Release
from portal.services.disclosure import held_and_verified, shown_recognition
from portal.services.facts import status_of
from portal.services.house import House
from portal.services.journal import record
from portal.services.letter_documents import OpenedDocument
from portal.services.own_recognitions import CERTIFIABLE, own_recognition
from portal.services.sharing import add_share, require_factor, require_time
from portal.services.work import one_act
from portal.wording.certificates import CertificateFacts, PrintedCondition, certificate_facts
from portal.wording.dates import BOTH_BANKS

# Where their bytes lie.
CERTIFICATES: Final = "certificates"


@dataclass(frozen=True, slots=True)
class CertificateWish:
    """What a holder asks for: the language, and the terms of the check that goes with it."""

    language: str
    until: date
    factor: Factor
    pin: str = ""


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is to be printed, and the state of the rows it was read from."""

    recognition_id: UUID
    acts: int
    person_version: int
    facts: CertificateFacts
    at: datetime


@dataclass(frozen=True, slots=True)
class _NewestDecision:
    """The days of both signatures under the newest decision, and the rules that were applied."""

    recommended_on: date
    decided_on: date
    release: int | None
    release_digest: str


def make_certificate(
    house: House, actor: Actor, *, recognition: str, wish: CertificateWish, once: str | None = None
) -> str:
    """Make a certificate of one's own recognition, and the share it leads to; gives its reference.

    Refuses a recognition that does not count today, and what ``make_share`` refuses. When the
    recognition or the name changed while the document was made, nothing is kept: a conflict.
    """
    draft = _draft(house, actor, recognition, wish)
    # Nothing is held while the document is made.
    house.session.rollback()
    signed = _made(house, draft, wish.language)
    key = f"{CERTIFICATES}/{house.new_key()}"
    house.storage.put(key, signed.content)
    try:
        with one_act(house, actor, once=once) as act:
            _refuse_changed(house, actor, draft)
            act.result = _kept(house, actor, draft, wish, signed, key)
    except BaseException:
        house.storage.delete(key)
        raise
    return act.result


def open_certificate(house: House, actor: Actor, reference: str) -> OpenedDocument:
    """Hand out a certificate to its holder; nobody else learns that it exists."""
    row = house.session.scalars(
        select(Certificate)
        .join(Recognition, Recognition.id == Certificate.recognition_id)
        .where(Certificate.reference == reference, Recognition.person_id == own_person(actor))
    ).one_or_none()
    if row is None:
        raise NotFound("page.not_found")
    content = house.storage.get(row.storage_key)
    if sha256(content).hexdigest() != row.sha256:
        raise ValueError(f"the bytes of certificate {row.reference} are not the ones that were signed")
    return OpenedDocument(f"{row.reference}.pdf", content)


def _draft(house: House, actor: Actor, reference: str, wish: CertificateWish) -> _Draft:
    """Read what will be printed; every refusal comes before the work."""
    recognition, case = own_recognition(house, actor, reference)
    _require_counting(house, recognition)
    require_time(house, wish.until)
    require_factor(house, actor, wish.factor, wish.pin)
    person = house.session.get_one(Person, recognition.person_id)
    return _Draft(
        recognition_id=recognition.id,
        acts=len(recognition.acts),
        person_version=person.version,
        facts=_facts(house, recognition, person, _newest_decision(house, case.id), wish),
        at=house.clock.now(),
    )


def _require_counting(house: House, recognition: Recognition) -> None:
    if status_of(recognition, on=house.clock.today()) not in CERTIFIABLE:
        raise Refused("certificate.not_standing")


def _facts(
    house: House, recognition: Recognition, person: Person, decision: _NewestDecision, wish: CertificateWish
) -> CertificateFacts:
    today = house.clock.today()
    held = held_and_verified(house, person.id)
    shown = shown_recognition(house, recognition, on=today, held=held)
    target = house.rulebook.targets[recognition.target]
    code = house.new_reference("SH")
    return CertificateFacts(
        reference=house.new_reference("CT"),
        recognition=recognition.reference,
        place=recognition.jurisdiction,
        home=person.home,
        name_latin=person.name_latin,
        name_chinese=person.name_chinese,
        target=target.title,
        authority=house.rulebook.authorities[target.authority].title,
        remains=target.remains,
        check_elsewhere=target.check_elsewhere,
        conditional=shown.status is Status.CONDITIONAL,
        conditions=tuple(PrintedCondition(one.title, one.due_on, one.finished) for one in shown.conditions),
        granted_on=recognition.granted_on,
        expires_on=recognition.expires_on,
        recommended_on=decision.recommended_on,
        decided_on=decision.decided_on,
        release=decision.release,
        release_digest=decision.release_digest,
        made_on=today,
        code=code,
        code_picture=house.typesetter.square_code(f"{house.base_url}/check?code={code}"),
        check_address=f"{house.base_url.partition('://')[2]}/check",
        checked_until=wish.until,
        operator=house.operator,
    )


def _newest_decision(house: House, case_id: UUID) -> _NewestDecision:
    decided, recommended_at, digest, release = house.session.execute(
        select(Decision.on, Recommendation.at, Photograph.release_digest, Release.number)
        .join(Recommendation, Recommendation.id == Decision.recommendation_id)
        .join(Photograph, Photograph.id == Decision.photograph_id)
        .outerjoin(Release, Release.digest == Photograph.release_digest)
        .where(Decision.case_id == case_id)
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(1)
    ).one()
    return _NewestDecision(
        recommended_on=recommended_at.astimezone(BOTH_BANKS).date(),
        decided_on=decided,
        release=release,
        release_digest=digest,
    )


def _made(house: House, draft: _Draft, language: str) -> SignedDocument:
    printed = certificate_facts(draft.facts, language)
    document = house.typesetter.typeset("certificate", printed)
    return house.signer.sign(document, purpose=printed["words"]["heading"], at=draft.at)


def _refuse_changed(house: House, actor: Actor, draft: _Draft) -> None:
    """What was printed must be what stands when it is kept."""
    recognition, _ = own_recognition(house, actor, draft.facts.recognition)
    person = house.session.get_one(Person, recognition.person_id)
    if len(recognition.acts) != draft.acts or person.version != draft.person_version:
        raise Conflict("row.changed")


def _kept(
    house: House, actor: Actor, draft: _Draft, wish: CertificateWish, signed: SignedDocument, key: str
) -> str:
    facts, digest = draft.facts, sha256(signed.content).hexdigest()
    share = add_share(
        house,
        actor,
        code=facts.code,
        purpose=Purpose.CERTIFICATE,
        purpose_note=facts.reference,
        recognition_ids=[draft.recognition_id],
        until=wish.until,
        factor=wish.factor,
        pin=wish.pin,
        shows_bridging=False,
    )
    house.session.flush()
    house.session.add(
        Certificate(
            id=house.new_key(),
            reference=facts.reference,
            recognition_id=draft.recognition_id,
            share_id=share.id,
            language=wish.language,
            sha256=digest,
            size_bytes=len(signed.content),
            storage_key=key,
            signer=signed.signer,
            made_at=draft.at,
        )
    )
    record(
        house,
        actor,
        "certificate.made",
        person_id=share.person_id,
        certificate=facts.reference,
        recognition=facts.recognition,
        share=share.code,
        sha256=digest,
    )
    return facts.reference
