"""Builders of a professional's records: each walks through the real services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from uuid import UUID

import pikepdf
from PIL import Image

from portal.domain.credentials import FactKind
from portal.domain.evidence import (
    DocumentAnswers,
    TranslationAnswers,
    TranslatorKind,
    Validity,
    WrittenLanguage,
)
from portal.domain.files import OfferedFile
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.sense import CredentialDays
from portal.services.credentials import CredentialAnswers, register_credential
from portal.services.evidence import SupportedFact, upload_evidence
from portal.services.evidence_pages import add_translation
from portal.services.house import House
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from portal.services.shelf import own_document
from portal.services.work_history import WorkAnswers, register_work

PDF = "application/pdf"
NO_DAYS = Validity()


def a_description(
    house: House,
    actor: Actor,
    *,
    name_latin: str = "LAM Mei",
    name_chinese: str = "林美",
    born_on: date | None = date(1990, 5, 17),
    home: Jurisdiction = Jurisdiction.HONG_KONG,
    answers: Mapping[str, bool | None] | None = None,
) -> UUID:
    """Describe the actor; gives the person's id."""
    said = SelfDescription(name_latin, name_chinese, home, born_on, answers or {})
    version = read_oneself(house, actor).version
    return UUID(describe_oneself(house, actor, said=said, version=version))


def credential_answers(
    *,
    awarded_on: date | None = None,
    begun_on: date | None = None,
    ended_on: date | None = None,
    valid_until: date | None = None,
    attributes: Mapping[str, str] | None = None,
) -> CredentialAnswers:
    """Answers about a credential, as a form gives them."""
    return CredentialAnswers(
        CredentialDays(awarded_on, begun_on, ended_on, valid_until), dict(attributes or {})
    )


def a_credential(
    house: House,
    actor: Actor,
    *,
    qualification: str = "hksi.le.paper-1",
    awarded_on: date | None = None,
    begun_on: date | None = None,
    ended_on: date | None = None,
    valid_until: date | None = None,
    attributes: Mapping[str, str] | None = None,
    supported: bool = False,
) -> UUID:
    """Register a credential, with a document attached when asked; without days, a sensible one."""
    kind = house.rulebook.qualifications[qualification].kind
    has_period = kind in ("licence", "registration", "membership")
    if has_period and begun_on is None:
        begun_on = date(2022, 3, 1)
    if not has_period and awarded_on is None:
        awarded_on = date(2025, 6, 14)
    said = credential_answers(
        awarded_on=awarded_on,
        begun_on=begun_on,
        ended_on=ended_on,
        valid_until=valid_until,
        attributes=attributes,
    )
    made = UUID(register_credential(house, actor, qualification=qualification, said=said, is_another=True))
    if supported:
        a_document(house, actor, supports=credential_fact(made), words=str(made))
    return made


def work_answers(
    *,
    employer: str = "Harbour Works Limited",
    employer_kind: str = "hk-authorized-institution",
    place: str = "hk",
    functions: Iterable[str] = ("credit-risk",),
    begun_on: date | None = date(2020, 1, 1),
    ended_on: date | None = None,
    post: str = "",
    share_percent: int | None = 100,
    manages: bool = False,
) -> WorkAnswers:
    """Answers about a period of work, as a form gives them."""
    return WorkAnswers(
        employer=employer,
        employer_kind=employer_kind,
        place=place,
        functions=tuple(functions),
        begun_on=begun_on,
        ended_on=ended_on,
        post=post,
        share_percent=share_percent,
        manages=manages,
    )


def a_period_of_work(
    house: House, actor: Actor, *, said: WorkAnswers | None = None, supported: bool = False
) -> UUID:
    """Register a period of work, with a document attached when asked."""
    made = UUID(register_work(house, actor, said=said or work_answers()))
    if supported:
        a_document(house, actor, supports=work_fact(made), words=str(made))
    return made


def a_document(
    house: House,
    actor: Actor,
    *,
    supports: SupportedFact | None = None,
    name: str = "certificate.pdf",
    words: str = "",
    description: str = "",
    validity: Validity = NO_DAYS,
) -> UUID:
    """Upload a PDF; other words make other bytes."""
    offered = OfferedFile(name, PDF, a_pdf(words))
    said = DocumentAnswers(description, validity)
    return UUID(upload_evidence(house, actor, offered=offered, supports=supports, said=said))


def a_translation(house: House, actor: Actor, document: UUID) -> UUID:
    """A notary's English translation of one of the actor's documents."""
    said = TranslationAnswers(
        "River Notaries", TranslatorKind.NOTARY, WrittenLanguage.ENGLISH, date(2026, 3, 2)
    )
    offered = OfferedFile("english.pdf", PDF, a_pdf(f"english of {document}"))
    return UUID(add_translation(house, actor, evidence_id=document, said=said, offered=offered))


def first_page(house: House, actor: Actor, document: UUID) -> UUID:
    """The first file of one of the actor's documents."""
    return own_document(house, actor, document).pages[0].id


def credential_fact(credential_id: UUID) -> SupportedFact:
    """A credential as a document supports it."""
    return SupportedFact(FactKind.CREDENTIAL, credential_id)


def work_fact(work_id: UUID) -> SupportedFact:
    """A period of work as a document supports it."""
    return SupportedFact(FactKind.WORK, work_id)


def a_pdf(words: str = "", *, password: str | None = None, pages: int = 1) -> bytes:
    """A small real PDF, encrypted when a password is given; other words make other bytes."""
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page()
        page.Contents = document.make_stream(f"% {words}".encode())
    document.docinfo["/Title"] = words
    out = BytesIO()
    if password is None:
        document.save(out, static_id=True)
    else:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    return out.getvalue()


def a_picture(kind: str = "PNG", *, size: tuple[int, int] = (40, 30)) -> bytes:
    """A small real picture; ``kind`` is PNG or JPEG."""
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()
