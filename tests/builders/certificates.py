"""Certificates, made through the real use case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.disclosure import Factor
from portal.domain.people import Actor
from portal.models.recognitions import Recognition
from portal.services.certificates import CertificateWish, make_certificate
from portal.services.house import House
from portal.services.own_recognitions import OwnCertificate, read_own_recognition
from tests.builders.decisions import a_recognition
from tests.builders.sharing import PIN
from tests.cast import actor_for, seat

UNTIL = date(2027, 5, 31)


@dataclass(frozen=True, slots=True)
class MadeCertificate:
    """A certificate as its holder knows it."""

    reference: str
    recognition: Recognition
    holder: Actor
    own: OwnCertificate


def a_wish(
    *, language: str = "en", until: date = UNTIL, factor: Factor = Factor.PIN, pin: str = PIN
) -> CertificateWish:
    """What a holder asks for."""
    return CertificateWish(language, until, factor, pin)


def a_certificate(
    house: House,
    *,
    status: str = "full",
    person: str = "chen_wei",
    recognition: Recognition | None = None,
    language: str = "en",
) -> MadeCertificate:
    """A certificate of a recognition; its PIN is ``PIN`` of the shares."""
    recognition = recognition or a_recognition(house, status=status, person=person)
    holder = actor_for(seat(house, person))
    reference = make_certificate(
        house, holder, recognition=recognition.reference, wish=a_wish(language=language)
    )
    found = read_own_recognition(house, holder, recognition.reference).certificates
    own = next(each for each in found if each.reference == reference)
    return MadeCertificate(reference, recognition, holder, own)
