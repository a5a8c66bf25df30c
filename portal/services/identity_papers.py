"""The further names and the identity documents of one person, read together in one statement.

For readers who were let in before: the person, and officers to whom the file is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.domain.names import keys_of, letter_keys
from portal.models.identity import IdentityDocument, NameKey, PersonName
from portal.models.people import Person
from portal.services.house import House
from portal.services.identity_documents import HeldDocument, held
from portal.services.name_keys import stated, to_simplified
from portal.services.names import HeldName


@dataclass(frozen=True, slots=True)
class IdentityPapers:
    """Names in use before former ones, documents in the order they were added."""

    names: tuple[HeldName, ...] = ()
    documents: tuple[HeldDocument, ...] = ()


NO_PAPERS: Final = IdentityPapers()


def papers_of(house: House, person_id: UUID) -> IdentityPapers:
    """Read both. Each name meets each document in the answer: a few dozen rows at most."""
    rows = house.session.execute(
        select(PersonName, IdentityDocument)
        .select_from(Person)
        .outerjoin(PersonName, PersonName.person_id == Person.id)
        .outerjoin(IdentityDocument, IdentityDocument.person_id == Person.id)
        .where(Person.id == person_id)
        .order_by(
            PersonName.is_former,
            PersonName.stated_at,
            PersonName.id,
            IdentityDocument.added_at,
            IdentityDocument.id,
        )
    ).all()
    names = dict.fromkeys(name for name, _ in rows if name is not None)
    documents = dict.fromkeys(document for _, document in rows if document is not None)
    return IdentityPapers(
        tuple(HeldName(row.id, stated(row)) for row in names),
        tuple(held(house, row) for row in documents),
    )


def shared_papers(house: House, mine: UUID, theirs: UUID) -> tuple[tuple[str, ...], tuple[HeldDocument, ...]]:
    """What of the first person's makes two records match: names as stated, and documents.

    Says nothing of the second person that the first one's own papers do not say.
    """
    own, other = aliased(NameKey), aliased(NameKey)
    keys = set(
        house.session.scalars(
            select(own.key)
            .join(other, other.key == own.key)
            .where(
                own.person_id == mine, other.person_id == theirs, own.whole.is_(True), other.whole.is_(True)
            )
        )
    )
    person = house.session.get_one(Person, mine)
    names = [
        (person.name_latin, letter_keys(person.name_latin, "", to_simplified)),
        (person.name_chinese, letter_keys("", person.name_chinese, to_simplified)),
        *((one.name.full, keys_of(one.name, to_simplified)) for one in papers_of(house, mine).names),
    ]
    others = select(IdentityDocument.digest).where(IdentityDocument.person_id == theirs)
    documents = house.session.scalars(
        select(IdentityDocument).where(
            IdentityDocument.person_id == mine, IdentityDocument.digest.in_(others)
        )
    )
    return (
        tuple(name for name, made in names if keys & {key for key, whole in made.items() if whole}),
        tuple(held(house, row) for row in documents),
    )
