"""Finding a person under any of their names, for officers and only among those open to them.

Owns the search and the answer to "under which name?". It must not know cases beyond the disclosure
rules, and it guesses nothing: a romanisation is found where somebody stated it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, tuple_

from portal.domain.names import StatedName, keys_of, letter_keys, matches, word_key
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.models.identity import NameKey, PersonName
from portal.models.people import Person
from portal.services.disclosure_to_officers import is_open_to
from portal.services.house import House
from portal.services.name_keys import bears, begins_with, stated, to_simplified, words_typed

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
    found = _found_keys(house, actor, words_typed(words[:LONGEST_WORDS]), most + 1)
    shown = found[:most]
    rows = {person.id: person for person in house.session.scalars(select(Person).where(Person.id.in_(shown)))}
    people = [rows[key] for key in shown]
    under = found_under(house, people, words)
    return FoundPeople(
        people=tuple(_found(person, under.get(person.id)) for person in people),
        is_more=len(found) > most,
    )


def keys_of_several(house: House, words: str, *, most: int) -> set[UUID] | None:
    """The keys of everybody whom the words find; nothing when that may be more than so many.

    Whoever asks must hold each of them against what is disclosed.
    """
    typed = words_typed(words[:LONGEST_WORDS])
    found: set[UUID] = set()
    for which in _ways(typed):
        keys = house.session.scalars(select(NameKey.person_id).where(which).limit(most * _KEYS_EACH)).all()
        found.update(keys)
        if len(keys) == most * _KEYS_EACH or len(found) > most:
            return None
    return found


def found_under(house: House, people: Sequence[Person], words: str) -> dict[UUID, StatedName]:
    """The further name that the words match, of each of these people whom no name on letters explains."""
    typed = words_typed(words[:LONGEST_WORDS])
    if not typed:
        return {}
    unexplained = [
        person.id
        for person in people
        if not matches(typed, letter_keys(person.name_latin, person.name_chinese, to_simplified))
    ]
    return {
        key: name
        for key, names in _further_names(house, unexplained).items()
        for name in [next((one for one in names if matches(typed, keys_of(one, to_simplified))), None)]
        if name is not None
    }


def _found_keys(house: House, actor: Actor, words: tuple[str, ...], most: int) -> list[UUID]:
    found: dict[UUID, None] = {}
    for which in _ways(words):
        if len(found) < most:
            found |= dict.fromkeys(_walk(house, actor, which, most))
    return list(islice(found, most))


def _ways(words: tuple[str, ...]) -> Iterator[ColumnElement[bool]]:
    """How words find a key: run together they begin it, or each stands somewhere in the person's names.

    Of several words the longest leads, as it is the rarest, and the others are looked up for each
    person it finds.
    """
    if words:
        yield begins_with("".join(words))
    if len(words) > 1:
        leading, *others = sorted(map(word_key, dict.fromkeys(words)), key=len, reverse=True)
        yield and_(begins_with(leading), *(bears(NameKey.person_id, word) for word in others))


def _walk(house: House, actor: Actor, which: ColumnElement[bool], most: int) -> Iterator[UUID]:
    """Walk along the keys in their own order until so many people are found.

    The order is that of the index, so a frequent name costs no more than a rare one. A person comes
    once for each key; a step takes a few times the rows it needs.
    """
    found: dict[UUID, None] = {}
    after: tuple[str, UUID] | None = None
    step = most * _KEYS_EACH
    while len(found) < most:
        asked = (
            select(NameKey.key, NameKey.person_id)
            .join(Person, Person.id == NameKey.person_id)
            .where(which, is_open_to(actor))
            .order_by(NameKey.key, NameKey.person_id)
            .limit(step)
        )
        if after is not None:
            asked = asked.where(tuple_(NameKey.key, NameKey.person_id) > tuple_(*after))
        rows = house.session.execute(asked).all()
        for key, person_id in rows:
            found.setdefault(person_id)
            after = (key, person_id)
        if len(rows) < step:
            break
    return islice(found, most)


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


def _found(person: Person, found_as: StatedName | None) -> FoundPerson:
    return FoundPerson(
        person_id=person.id,
        name_latin=person.name_latin,
        name_chinese=person.name_chinese,
        home=person.home,
        found_as=found_as,
    )
