"""The keys people are found by: kept with each change of a name, compared with what is typed.

Owns the table of keys and the conversion of characters, in the one place that knows OpenCC. Who may
look for whom is decided elsewhere.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from opencc import OpenCC
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    delete,
    exists,
    false,
    insert,
    intersect,
    or_,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.domain.names import (
    WORD_MARK,
    StatedName,
    fold,
    is_han,
    is_searchable,
    joined,
    keys_of,
    letter_keys,
    word_key,
)
from portal.models.identity import NameKey, PersonName
from portal.models.people import Person
from portal.services.house import House

# After everything that begins with the same characters, on either engine.
_LAST = "\U0010ffff"


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def to_simplified(text: str) -> str:
    """Each traditional character by its simplified one."""
    return str(_converter("t2s").convert(text))


def to_traditional(text: str) -> str:
    """Each simplified character by a traditional one."""
    return str(_converter("s2t").convert(text))


def renew_keys(house: House, person: Person) -> bool:
    """Bring a person's keys to their names; true when that changed any. The caller commits."""
    session = house.session
    session.flush()
    rows = session.scalars(select(PersonName).where(PersonName.person_id == person.id))
    wanted = joined(
        [
            letter_keys(person.name_latin, person.name_chinese, to_simplified),
            *(keys_of(stated(row), to_simplified) for row in rows),
        ]
    )
    kept = session.execute(select(NameKey.key, NameKey.whole).where(NameKey.person_id == person.id))
    if dict(kept.all()) == wanted:
        return False
    session.execute(delete(NameKey).where(NameKey.person_id == person.id))
    if wanted:
        session.execute(
            insert(NameKey),
            [{"key": key, "person_id": person.id, "whole": whole} for key, whole in wanted.items()],
        )
    return True


def words_typed(text: str) -> tuple[str, ...]:
    """What was typed as comparable words; none when it cannot stand in a name."""
    return fold(text, to_simplified) if is_searchable(text) else ()


def begins_with(word: str, keys: type[NameKey] = NameKey) -> ColumnElement[bool]:
    """True of a key that begins with the word; a single Latin letter is only itself."""
    if len(word.removeprefix(WORD_MARK)) == 1 and not is_han(word):
        return keys.key == word
    return and_(keys.key >= word, keys.key < word + _LAST)


def bears(person_id: InstrumentedAttribute[UUID], word: str) -> ColumnElement[bool]:
    """True of a row whose person has a key that begins with the word."""
    return exists(_keys_with(person_id, word))


def bears_words(person_id: InstrumentedAttribute[UUID], text: str) -> ColumnElement[bool]:
    """What ``found_by_name`` says, asked of one row after the other until there are enough.

    For words that very many share: PostgreSQL would gather all of them first, so an offset forbids it.
    """
    words = words_typed(text)
    if not words:
        return false()
    together = exists(_keys_with(person_id, "".join(words)).offset(0))
    if len(words) == 1:
        return together
    each = (exists(_keys_with(person_id, word_key(word)).offset(0)) for word in dict.fromkeys(words))
    return or_(together, and_(*each))


def _keys_with(person_id: InstrumentedAttribute[UUID], word: str) -> Select[str]:
    keys = aliased(NameKey)
    asked = select(keys.key).where(keys.person_id == person_id, begins_with(word, keys))
    return asked.correlate(person_id.class_)


def found_by_name(person_id: InstrumentedAttribute[UUID], text: str) -> ColumnElement[bool]:
    """True of the person of a row, when the words typed find one of their names, in any script.

    The words run together begin a key, or each of them begins one. What cannot stand in a name
    finds nobody.
    """
    words = words_typed(text)
    if not words:
        return false()
    found: Select[UUID] | CompoundSelect[UUID]
    found = together = select(NameKey.person_id).where(begins_with("".join(words)))
    if len(words) > 1:
        each = intersect(
            *(select(NameKey.person_id).where(begins_with(word_key(word))) for word in dict.fromkeys(words))
        ).subquery()
        found = union(together, select(each.c.person_id))
    # Worked out first and once: PostgreSQL would else ask for each row whether its person is among them.
    found_ids = found.cte("found_by_name").prefix_with("MATERIALIZED", dialect="postgresql")
    return person_id.in_(select(found_ids.c.person_id))


def stated(row: PersonName) -> StatedName:
    """A name's row as the domain speaks of it."""
    return StatedName(
        kind=row.kind,
        family=row.family,
        given=row.given,
        family_first=row.family_first,
        is_former=row.is_former,
        since=row.since,
        until=row.until,
        proof=row.proof,
    )
