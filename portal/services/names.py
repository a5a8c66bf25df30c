"""A person's further names: stated and taken back. Each change renews what they are found by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from portal.domain.errors import NotFound, Refused
from portal.domain.names import NameKind, StatedName, name_faults, other_script, tidy
from portal.domain.people import Actor, own_person
from portal.domain.sense import refuse_first
from portal.models.identity import PersonName
from portal.models.people import Person
from portal.services.duplicates import look_for_duplicates
from portal.services.house import House
from portal.services.journal import record
from portal.services.name_keys import renew_keys, stated, to_simplified, to_traditional
from portal.services.work import one_act

MOST_NAMES: Final = 30

# What is asked about a name whose characters are of the other Chinese script.
_UNUSUAL: Final = {
    NameKind.TRADITIONAL: "name.other_script_traditional",
    NameKind.SIMPLIFIED: "name.other_script_simplified",
}


@dataclass(frozen=True, slots=True)
class HeldName:
    """One further name as it is recorded."""

    id: UUID
    name: StatedName


def read_name(house: House, actor: Actor, name_id: UUID) -> HeldName:
    """One of the actor's own further names."""
    row = _own_name(house, actor, name_id)
    return HeldName(row.id, stated(row))


def stated_name_faults(
    house: House, actor: Actor, said: StatedName, *, is_meant: bool = False
) -> list[Refused]:
    """Everything about a name that makes no sense, or has to be asked about, each at its field.

    Characters of the other Chinese script are asked about once: identity cards may carry them.
    """
    person = house.session.get_one(Person, own_person(actor))
    said = _tidied(said)
    faults = name_faults(said, house.clock.today(), person.born_on)
    unusual = other_script(said, to_simplified, to_traditional)
    if unusual and not faults and not is_meant:
        faults.append(Refused(_UNUSUAL[said.kind], field="is_meant", characters=unusual))
    return faults


def add_name(
    house: House, actor: Actor, *, said: StatedName, is_meant: bool = False, once: str | None = None
) -> str:
    """State a further name; gives its id.

    Refuses a name in the wrong script, days that make no sense, and a name that stands there
    already. ``is_meant`` confirms characters of the other Chinese script.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        refuse_first(stated_name_faults(house, actor, said, is_meant=is_meant))
        said = _tidied(said)
        _refuse_repetition(house, person_id, said)
        row = PersonName(
            id=house.new_key(),
            person_id=person_id,
            kind=said.kind,
            family=said.family,
            given=said.given,
            family_first=said.family_first,
            is_former=said.is_former,
            since=said.since,
            until=said.until,
            proof=said.proof,
            stated_at=house.clock.now(),
        )
        house.session.add(row)
        _renew(house, person_id)
        record(house, actor, "name.added", person_id=person_id, name=str(row.id), script=said.kind.value)
        act.result = str(row.id)
    return act.result


def remove_name(house: House, actor: Actor, *, name_id: UUID, once: str | None = None) -> str:
    """Take a further name back; the person is no longer found under it."""
    with one_act(house, actor, once=once) as act:
        row = _own_name(house, actor, name_id)
        person_id, kind = row.person_id, row.kind
        house.session.delete(row)
        _renew(house, person_id)
        record(house, actor, "name.removed", person_id=person_id, name=str(name_id), script=kind.value)
        act.result = str(name_id)
    return act.result


def _own_name(house: House, actor: Actor, name_id: UUID) -> PersonName:
    person_id = own_person(actor)
    row = house.session.get(PersonName, name_id)
    if row is None or row.person_id != person_id:
        raise NotFound("page.not_found")
    return row


def _refuse_repetition(house: House, person_id: UUID, said: StatedName) -> None:
    same = select(func.count()).where(
        PersonName.person_id == person_id,
        PersonName.kind == said.kind,
        PersonName.family == said.family,
        PersonName.given == said.given,
        PersonName.is_former == said.is_former,
    )
    if house.session.scalar(same):
        raise Refused("name.stated_already", field="given")
    if (
        house.session.scalar(select(func.count()).where(PersonName.person_id == person_id)) or 0
    ) >= MOST_NAMES:
        raise Refused("name.too_many", most=MOST_NAMES)


def _renew(house: House, person_id: UUID) -> None:
    person = house.session.get_one(Person, person_id)
    if renew_keys(house, person):
        look_for_duplicates(house, person)


def _tidied(said: StatedName) -> StatedName:
    return replace(said, family=tidy(said.family), given=tidy(said.given))
