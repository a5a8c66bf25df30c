"""Finding a person under any of their names, for officers and only among those open to them.

Owns the search and the answer to "under which name?". It must not know cases beyond the disclosure
rules, and it guesses nothing: a romanisation is found where somebody stated it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, intersect, select, tuple_

from portal.domain.names import StatedName, keys_of, letter_keys, matches, word_key
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.models.identity import NameKey, PersonName
from portal.models.people import Person
from portal.services.disclosure_to_officers import is_open_to
from portal.services.house import House
from portal.services.name_keys import begins_with, stated, to_simplified, words_typed

MOST_FOUND: Final = 50
_KEYS_EACH: Final = 3
LONGEST_WORDS: Final = 100


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who was found; ``found_as`` is the further name the words match, if no name on letters does."""

    person_id: UUID
    name_latin: str
    name_chinese: str
    home: Jurisdiction
    found_as: StatedName | None


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Whom the words find; ``is_more`` when the words were too few to list everybody."""

    people: tuple[FoundPerson, ...] = ()
    is_more: bool = False


def find_people(house: House, actor: Actor, words: str, *, most: int = MOST_FOUND) -> FoundPeople:
    """Find people by any of their names, in any script, spelling and name order; shorter names first.

    Gives officers the people with a case disclosed to their side, and nobody else; refuses all
    other readers.
    """
    actor.require(Role.OFFICER)
    typed = words_typed(words[:LONGEST_WORDS])
    found = _found_together(house, actor, typed, most + 1)
    if len(typed) > 1 and len(found) <= most:
        found |= _found_apart(house, actor, typed, most + 1)
    shown = list(found.values())[:most]
    others = _further_names(house, [person.id for person in shown])
    return FoundPeople(
        people=tuple(_found(person, others.get(person.id, []), typed) for person in shown),
        is_more=len(found) > most,
    )


def _found_together(house: House, actor: Actor, words: tuple[str, ...], most: int) -> dict[UUID, Person]:
    """People whose names begin, somewhere, with the words run together."""
    return _walk(house, actor, begins_with("".join(words)), most) if words else {}


def _found_apart(house: House, actor: Actor, words: tuple[str, ...], most: int) -> dict[UUID, Person]:
    """People in whose names each of the words stands; the longest leads, as it is the rarest."""
    leading, *others = sorted(map(word_key, dict.fromkeys(words)), key=len, reverse=True)
    with_all = (
        intersect(*(select(NameKey.person_id).where(begins_with(word)) for word in (leading, *others)))
        .cte("with_all")
        # Worked out first and once: PostgreSQL would else look every person of one word up in all others.
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    bearing_all = NameKey.person_id.in_(select(with_all.c.person_id))
    return _walk(house, actor, and_(begins_with(leading), bearing_all), most)


def _walk(house: House, actor: Actor, which: ColumnElement[bool], most: int) -> dict[UUID, Person]:
    """Walk along the keys in their own order until so many people are found.

    The order is that of the index, so a frequent name costs no more than a rare one. A person comes
    once for each key; a step takes a few times the rows it needs.
    """
    found: dict[UUID, Person] = {}
    after: tuple[str, UUID] | None = None
    step = most * _KEYS_EACH
    while len(found) < most:
        asked = (
            select(NameKey.key, Person)
            .join(Person, Person.id == NameKey.person_id)
            .where(which, is_open_to(actor))
            .order_by(NameKey.key, NameKey.person_id)
            .limit(step)
        )
        if after is not None:
            asked = asked.where(tuple_(NameKey.key, NameKey.person_id) > tuple_(*after))
        rows = house.session.execute(asked).all()
        for key, person in rows:
            found.setdefault(person.id, person)
            after = (key, person.id)
        if len(rows) < step:
            break
    return dict(islice(found.items(), most))


def _further_names(house: House, person_ids: Collection[UUID]) -> dict[UUID, list[StatedName]]:
    found: dict[UUID, list[StatedName]] = {}
    if not person_ids:
        return found
    rows = house.session.scalars(
        select(PersonName)
        .where(PersonName.person_id.in_(person_ids))
        .order_by(PersonName.is_former, PersonName.stated_at)
    )
    for row in rows:
        found.setdefault(row.person_id, []).append(stated(row))
    return found


def _found(person: Person, others: list[StatedName], typed: tuple[str, ...]) -> FoundPerson:
    on_letters = letter_keys(person.name_latin, person.name_chinese, to_simplified)
    bearing = (name for name in others if matches(typed, keys_of(name, to_simplified)))
    return FoundPerson(
        person_id=person.id,
        name_latin=person.name_latin,
        name_chinese=person.name_chinese,
        home=person.home,
        found_as=None if matches(typed, on_letters) else next(bearing, None),
    )
