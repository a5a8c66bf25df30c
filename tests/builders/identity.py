"""Names, identity documents and pairs, made through the real services. Every number is invented."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.domain.duplicates import MatchReason
from portal.domain.identity_documents import (
    DocumentKind,
    StatedDocument,
    hkid_check_character,
    mainland_check_character,
)
from portal.domain.names import NameKind, StatedName
from portal.domain.people import Actor
from portal.models.identity import PossibleDuplicate
from portal.services.house import House
from portal.services.identity_documents import add_document
from portal.services.identity_papers import IdentityPapers, papers_of
from portal.services.names import add_name


def an_hkid(figures: str = "000001", letter: str = "Z") -> str:
    """A Hong Kong number that fits its check digit and belongs to nobody we know."""
    return f"{letter}{figures}({hkid_check_character(letter + figures)})"


def a_mainland_number(born_on: date = date(1990, 5, 17), serial: str = "001") -> str:
    """A Mainland number that fits its check digit and belongs to nobody we know."""
    body = f"440300{born_on:%Y%m%d}{serial}"
    return body + mainland_check_character(body)


def a_name(
    house: House,
    actor: Actor,
    kind: NameKind = NameKind.PINYIN,
    family: str = "Zhang",
    given: str = "Xiaoping",
    *,
    is_former: bool = False,
    until: date | None = None,
) -> UUID:
    """State a further name of the actor's."""
    said = StatedName(kind, family, given, is_former=is_former, until=until)
    return UUID(add_name(house, actor, said=said))


def an_identity_document(
    house: House, actor: Actor, number: str = "", kind: DocumentKind = DocumentKind.HKID, issuer: str = ""
) -> UUID:
    """Record a document of the actor's."""
    return UUID(add_document(house, actor, said=StatedDocument(kind, number or an_hkid(), issuer)))


def papers(house: House, actor: Actor) -> IdentityPapers:
    """The actor's further names and documents, as their pages read them."""
    assert actor.person_id is not None
    return papers_of(house, actor.person_id)


def pairs_proposed(house: House) -> list[tuple[frozenset[UUID], list[MatchReason], bool]]:
    """Every pair the house remembers: who, why, and whether it waits for a ruling."""
    rows = house.session.scalars(select(PossibleDuplicate).order_by(PossibleDuplicate.found_at))
    return [
        (frozenset({row.first_id, row.second_id}), [MatchReason(one) for one in row.reasons], row.is_open)
        for row in rows
    ]
