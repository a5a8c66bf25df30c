"""Records that may be one person: found with each change of a name, a birthday or a document.

Owns finding pairs and remembering them. It merges nothing and tells neither person: whoever typed
somebody else's number must not learn that this somebody is here. What officers see and rule is in
``duplicate_rulings``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from portal.domain.duplicates import MatchReason, in_order, is_proposed
from portal.domain.names import is_han
from portal.domain.people import NOBODY
from portal.models.identity import DuplicateRuling, IdentityDocument, NameKey, PossibleDuplicate
from portal.models.people import Person
from portal.services.house import House
from portal.services.journal import record
from portal.services.name_keys import renew_keys
from portal.services.work import one_act

Found = dict[UUID, set[MatchReason]]


def look_for_duplicates(house: House, person: Person) -> None:
    """Remember everybody whose document, or whose name and birthday, are this person's. The caller commits."""
    if person.born_on is not None:
        alone_with(house, person.born_on.isoformat())
    house.session.flush()
    found: Found = defaultdict(set)
    for other in _with_same_document(house, person):
        found[other].add(MatchReason.SAME_DOCUMENT)
    for other, reason in _with_same_name(house, person):
        found[other].add(reason)
    for other, reasons in found.items():
        _remember(house, in_order(person.id, other), reasons)


def alone_with(house: House, matter: str) -> None:
    """Until this transaction ends, let no other look for the same thing.

    Two people who state one number at one moment would otherwise not see each other. SQLite has
    one writer at a time anyway.
    """
    if house.session.get_bind().dialect.name == "postgresql":
        house.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(matter, 0))))


def index_everybody(house: House, *, at_a_time: int = 500) -> int:
    """Make people findable who were there before there were keys; gives how many.

    Part by part, so that a large register is not one long act; a second run finds nobody.
    """
    done, after = 0, UUID(int=0)
    while True:
        with one_act(house, NOBODY):
            people = house.session.scalars(_without_keys(after).limit(at_a_time)).all()
            for person in people:
                after = person.id
                done += renew_keys(house, person)
                look_for_duplicates(house, person)
        if not people:
            return done


def _without_keys(after: UUID) -> Select[Person]:
    known = exists().where(NameKey.person_id == Person.id)
    named = (Person.name_latin != "") | (Person.name_chinese != "")
    return select(Person).where(Person.id > after, named, ~known).order_by(Person.id)


def _with_same_document(house: House, person: Person) -> Iterable[UUID]:
    mine = aliased(IdentityDocument)
    return house.session.scalars(
        select(IdentityDocument.person_id)
        .join(mine, mine.digest == IdentityDocument.digest)
        .where(mine.person_id == person.id, IdentityDocument.person_id != person.id)
    )


def _with_same_name(house: House, person: Person) -> Iterable[tuple[UUID, MatchReason]]:
    """A whole name of this person's is a whole name of somebody born on the same day."""
    if person.born_on is None:
        return
    mine = aliased(NameKey)
    rows = house.session.execute(
        select(NameKey.person_id, NameKey.key)
        .join(mine, mine.key == NameKey.key)
        .join(Person, Person.id == NameKey.person_id)
        .where(
            mine.person_id == person.id,
            mine.whole.is_(True),
            NameKey.whole.is_(True),
            NameKey.person_id != person.id,
            Person.born_on == person.born_on,
        )
    )
    for other, key in rows:
        yield other, MatchReason.SAME_CHARACTERS if is_han(key) else MatchReason.SAME_LATIN


def _remember(house: House, pair: tuple[UUID, UUID], reasons: set[MatchReason]) -> None:
    session = house.session
    first, second = pair
    known = session.scalars(
        select(PossibleDuplicate).where(
            PossibleDuplicate.first_id == first, PossibleDuplicate.second_id == second
        )
    ).one_or_none()
    if known is None:
        known = PossibleDuplicate(
            id=house.new_key(),
            first_id=first,
            second_id=second,
            reasons=[],
            is_open=False,
            found_at=house.clock.now(),
        )
        session.add(known)
    every = sorted({*known.reasons, *(reason.value for reason in reasons)})
    if every == known.reasons:
        return
    known.reasons = every
    known.is_open = is_proposed(every, _covered(house, known.id))
    for person_id in pair:
        record(house, NOBODY, "duplicate.found", person_id=person_id, duplicate=str(known.id), reasons=every)


def _covered(house: House, duplicate_id: UUID) -> list[str] | None:
    """The reasons that the newest ruling weighed; none before there is a ruling."""
    return house.session.scalars(
        select(DuplicateRuling.covers)
        .where(DuplicateRuling.duplicate_id == duplicate_id)
        .order_by(DuplicateRuling.at.desc(), DuplicateRuling.id.desc())
        .limit(1)
    ).one_or_none()
