"""Describing oneself: names in the scripts of one's papers, birthday, home, and the facts rules ask for.

Owns the person's own row and personal facts. A yes, a no and no answer are three different things:
no answer is kept as no row, so that nothing is ever decided by silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from portal.domain.credentials import Standing
from portal.domain.errors import NotFound, Refused
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.sense import birth_faults, length_faults, refuse_first
from portal.models.credentials import EvidenceLink
from portal.models.people import Person, PersonalFact
from portal.services.house import House
from portal.services.journal import record
from portal.services.standings import fall_back, own_person
from portal.services.work import one_act, require_version

BORN_ON: Final = "born_on"
LONGEST_NAMES: Final = {"name_latin": 120, "name_chinese": 60}


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """What a person says of themselves; a fact answered with none, or left out, is not stated."""

    name_latin: str
    name_chinese: str
    home: Jurisdiction
    born_on: date | None
    answers: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A personal fact as it is recorded."""

    id: UUID
    name: str
    value: bool | date | None
    standing: Standing
    version: int


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as their own pages show them."""

    id: UUID
    description: SelfDescription
    facts: Mapping[str, StatedFact]
    version: int

    @property
    def has_name(self) -> bool:
        """True when letters can be addressed."""
        return bool(self.description.name_latin or self.description.name_chinese)


def read_oneself(house: House, actor: Actor) -> PersonRecord:
    """The actor's own description, with the standing of each fact."""
    person = _own_row(house, actor)
    facts = {
        row.name: StatedFact(row.id, row.name, _value(row), row.standing, row.version)
        for row in _fact_rows(house, person.id).values()
    }
    answers = {name: fact.value for name, fact in facts.items() if isinstance(fact.value, bool)}
    description = SelfDescription(
        person.name_latin, person.name_chinese, person.home, person.born_on, answers
    )
    return PersonRecord(person.id, description, facts, person.version)


def questions_asked(house: House) -> tuple[str, ...]:
    """The names of the yes-or-no facts the rules may ask a person for."""
    return tuple(name for name in house.rulebook.vocabulary["facts"] if name != BORN_ON)


def description_faults(house: House, said: SelfDescription) -> list[Refused]:
    """Everything in a description that makes no sense, each at its field."""
    names = {"name_latin": said.name_latin, "name_chinese": said.name_chinese}
    faults = length_faults("person.too_long", names, LONGEST_NAMES)
    if not any(names.values()):
        faults.append(Refused("person.name_missing", field="name_latin"))
    faults += birth_faults(said.born_on, house.clock.today())
    known = questions_asked(house)
    faults += [Refused("person.fact_unknown") for name in said.answers if name not in known]
    return faults


def describe_oneself(
    house: House, actor: Actor, *, said: SelfDescription, version: int, once: str | None = None
) -> str:
    """Record a person's description of themselves.

    Refuses what makes no sense and a form drawn from an older state. A fact whose answer changes
    loses its verification; one taken back to "not stated" disappears.
    """
    own_person(actor)
    with one_act(house, actor, once=once) as act:
        person = _own_row(house, actor)
        require_version(person.version, version)
        refuse_first(description_faults(house, said))
        changed = _change_names(person, said) + _change_facts(house, person, said)
        if changed:
            # A changed fact is a changed description, so that a stale form is noticed.
            flag_modified(person, "home")
            record(house, actor, "person.described", person_id=person.id, fields=changed)
        act.result = str(person.id)
    return act.result


def _own_row(house: House, actor: Actor) -> Person:
    person = house.session.get(Person, own_person(actor))
    if person is None:
        raise NotFound("person.not_found")
    return person


def _fact_rows(house: House, person_id: UUID) -> dict[str, PersonalFact]:
    rows = house.session.scalars(select(PersonalFact).where(PersonalFact.person_id == person_id))
    return {row.name: row for row in rows}


def _value(row: PersonalFact) -> bool | date | None:
    return row.day if row.truth is None else row.truth


def _change_names(person: Person, said: SelfDescription) -> list[str]:
    changed = []
    for name in ("name_latin", "name_chinese", "home", BORN_ON):
        if getattr(person, name) != getattr(said, name):
            setattr(person, name, getattr(said, name))
            changed.append(name)
    return changed


def _change_facts(house: House, person: Person, said: SelfDescription) -> list[str]:
    rows = _fact_rows(house, person.id)
    wanted: dict[str, bool | date | None] = {name: said.answers.get(name) for name in questions_asked(house)}
    wanted[BORN_ON] = said.born_on
    return [name for name, value in wanted.items() if _state_fact(house, person, rows.get(name), name, value)]


def _state_fact(
    house: House, person: Person, row: PersonalFact | None, name: str, value: bool | date | None
) -> bool:
    """Bring one fact to its value; true when that changed anything."""
    if (None if row is None else _value(row)) == value:
        return False
    if row is not None and value is None:
        house.session.execute(delete(EvidenceLink).where(EvidenceLink.fact_id == row.id))
        house.session.delete(row)
        return True
    if row is None:
        row = PersonalFact(id=house.new_key(), person_id=person.id, name=name, standing=Standing.DECLARED)
        house.session.add(row)
    else:
        fall_back(house, row)
    row.truth = value if isinstance(value, bool) else None
    row.day = None if isinstance(value, bool) else value
    return True
