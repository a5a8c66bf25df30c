"""Describing oneself: names in the scripts of one's papers, birthday, home, and the facts rules ask for.

Owns the person's own row and personal facts. A yes, a no and no answer are three different things:
no answer is kept as no row, so that nothing is ever decided by silence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from portal.domain.credentials import Standing
from portal.domain.errors import NotFound, Refused
from portal.domain.names import letter_name_faults, tidy
from portal.domain.people import Actor, own_person
from portal.domain.places import Jurisdiction
from portal.domain.sense import birth_faults, length_faults, refuse_first
from portal.models.evidence import EvidenceLink
from portal.models.people import Person, PersonalFact
from portal.services.duplicates import look_for_duplicates
from portal.services.house import House
from portal.services.journal import record
from portal.services.name_keys import renew_keys
from portal.services.standings import fall_back
from portal.services.work import one_act, require_version

BORN_ON: Final = "born_on"
LONGEST_NAMES: Final = {"name_latin": 120, "name_chinese": 60}


class Section(StrEnum):
    """The parts of a description that a person states separately."""

    NAMES = "names"
    BIRTH = "birth"
    FACTS = "facts"


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


def description_faults(
    house: House, said: SelfDescription, sections: Collection[Section] = frozenset(Section)
) -> list[Refused]:
    """Everything in the sections of a description that makes no sense, each at its field."""
    faults: list[Refused] = []
    if Section.NAMES in sections:
        names = {"name_latin": said.name_latin, "name_chinese": said.name_chinese}
        faults += length_faults("person.too_long", names, LONGEST_NAMES)
        if not any(names.values()):
            faults.append(Refused("person.name_missing", field="name_latin"))
        faults += letter_name_faults(names)
    if Section.BIRTH in sections:
        faults += birth_faults(said.born_on, house.clock.today())
    if Section.FACTS in sections:
        known = questions_asked(house)
        faults += [Refused("person.fact_unknown") for name in said.answers if name not in known]
    return faults


def describe_oneself(
    house: House,
    actor: Actor,
    *,
    said: SelfDescription,
    version: int,
    sections: Collection[Section] = frozenset(Section),
    once: str | None = None,
) -> str:
    """Record a person's description of themselves, or the sections of it that a short form asks for.

    Refuses what makes no sense and a form drawn from an older state. A fact whose answer changes
    loses its verification; one taken back to "not stated" disappears.
    """
    own_person(actor)
    with one_act(house, actor, once=once) as act:
        person = _own_row(house, actor)
        require_version(person.version, version)
        refuse_first(description_faults(house, said, sections))
        changed = _change_row(person, said, sections) + _change_facts(house, person, said, sections)
        if changed:
            _renew_identity(house, person, changed)
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


def _change_row(person: Person, said: SelfDescription, sections: Collection[Section]) -> list[str]:
    wanted: dict[str, object] = {}
    if Section.NAMES in sections:
        wanted |= {"name_latin": tidy(said.name_latin), "name_chinese": tidy(said.name_chinese)}
    if Section.FACTS in sections:
        wanted["home"] = said.home
    if Section.BIRTH in sections:
        wanted[BORN_ON] = said.born_on
    changed = [name for name, value in wanted.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, wanted[name])
    return changed


def _renew_identity(house: House, person: Person, changed: Collection[str]) -> None:
    """Keep the person findable under what they are called now, and notice who else is."""
    if renew_keys(house, person) or BORN_ON in changed:
        look_for_duplicates(house, person)


def _change_facts(
    house: House, person: Person, said: SelfDescription, sections: Collection[Section]
) -> list[str]:
    rows = _fact_rows(house, person.id)
    wanted: dict[str, bool | date | None] = {}
    if Section.FACTS in sections:
        wanted |= {name: said.answers.get(name) for name in questions_asked(house)}
    if Section.BIRTH in sections:
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
