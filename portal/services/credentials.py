"""Credentials: one person's holdings of qualifications in the catalogue, registered by themselves.

Owns registering one or several, changing and withdrawing, and reading one's own. It must not know
evidence beyond whether some is attached, nor what any rule makes of a credential.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from portal.domain.attributes import NUMBER, Answers, attribute_faults, settled
from portal.domain.credentials import Kind, Standing, dates_asked
from portal.domain.errors import Conflict, Refused
from portal.domain.people import Actor, own_person
from portal.domain.rules.catalogue import Qualification
from portal.domain.sense import CREDENTIAL_DAYS, CredentialDays, Limits, credential_faults, refuse_first
from portal.models.credentials import Credential
from portal.models.people import Person
from portal.services.catalogue import qualification_named, qualification_to_register
from portal.services.credential_history import keep_version, tell_who_relied
from portal.services.house import House
from portal.services.journal import record
from portal.services.standings import fall_back, own_row
from portal.services.work import one_act, require_version

# An officer has said something of it that others may rely on.
_FOUND: Final = (Standing.VERIFIED, Standing.REJECTED)


@dataclass(frozen=True, slots=True)
class CredentialAnswers:
    """What a person says about one credential: its days, and what the catalogue asks besides."""

    days: CredentialDays = field(default_factory=CredentialDays)
    attributes: Answers = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The number on the certificate, which is kept apart from what rules read."""
        return self.attributes.get(NUMBER, "")


@dataclass(frozen=True, slots=True)
class Paper:
    """One of several credentials registered in one go."""

    qualification: str
    said: CredentialAnswers
    is_another: bool = False


@dataclass(frozen=True, slots=True)
class CredentialRecord:
    """A credential as it is recorded."""

    id: UUID
    qualification: str
    days: CredentialDays
    attributes: Mapping[str, str]
    standing: Standing
    from_programme: bool
    created_at: datetime
    version: int

    @property
    def may_change(self) -> bool:
        """A completion is the programme's word, and a withdrawn credential is history."""
        return not self.from_programme and self.standing is not Standing.WITHDRAWN


def own_credentials(house: House, actor: Actor) -> Sequence[CredentialRecord]:
    """The actor's credentials, newest first, withdrawn ones at the end."""
    rows = house.session.scalars(
        select(Credential).where(Credential.person_id == own_person(actor)).order_by(Credential.id.desc())
    )
    return sorted(map(_record, rows), key=lambda row: row.standing is Standing.WITHDRAWN)


def own_credential(house: House, actor: Actor, credential_id: UUID) -> CredentialRecord:
    """One of the actor's credentials; strangers get ``credential.not_found``."""
    return _record(_own_row(house, actor, credential_id))


def credential_problems(
    house: House, actor: Actor, qualification: str, said: CredentialAnswers
) -> list[Refused]:
    """Everything about the answers that makes no sense, each at its field, before anything is done."""
    entry = qualification_named(house, qualification)
    limits = Limits(house.clock.today(), _birthday(house, actor))
    faults = credential_faults(said.days, dates_asked(Kind(entry.kind)), limits)
    return faults + attribute_faults(
        entry,
        said.attributes,
        catalogue=house.rulebook.qualifications,
        vocabulary=house.rulebook.vocabulary,
        today=limits.today,
    )


def register_credential(
    house: House,
    actor: Actor,
    *,
    qualification: str,
    said: CredentialAnswers,
    is_another: bool = False,
    once: str | None = None,
) -> str:
    """Record a credential as declared; gives its id.

    Refuses answers that make no sense, and with ``credential.duplicate`` one that looks like a
    credential already recorded, unless the person says that it is another.
    """
    paper = Paper(qualification, said, is_another)
    qualification_to_register(house, qualification)
    with one_act(house, actor, once=once) as act:
        refuse_first(credential_problems(house, actor, qualification, said))
        if _is_twin(house, actor, paper):
            raise Refused("credential.duplicate", field="is_another")
        act.result = str(_register(house, actor, paper))
    return act.result


def register_several(house: House, actor: Actor, *, papers: Sequence[Paper], once: str | None = None) -> str:
    """Record several credentials at once, all or none; gives how many.

    Refuses as ``register_credential`` does, with ``credential.none_chosen`` an empty list, and with
    ``credential.duplicates`` and their ``places`` those that look like credentials already recorded.
    """
    for paper in papers:
        qualification_to_register(house, paper.qualification)
    with one_act(house, actor, once=once) as act:
        if not papers:
            raise Refused("credential.none_chosen")
        for paper in papers:
            refuse_first(credential_problems(house, actor, paper.qualification, paper.said))
        twins = [place for place, paper in enumerate(papers) if _is_twin(house, actor, paper)]
        if twins:
            raise Refused("credential.duplicates", places=" ".join(map(str, twins)))
        for paper in papers:
            _register(house, actor, paper)
        act.result = str(len(papers))
    return act.result


def _register(house: House, actor: Actor, paper: Paper) -> UUID:
    person_id = own_person(actor)
    row = _new_row(house, person_id, qualification_named(house, paper.qualification), paper.said)
    record(
        house,
        actor,
        "credential.registered",
        person_id=person_id,
        credential=str(row.id),
        qualification=paper.qualification,
    )
    return row.id


def change_credential(
    house: House,
    actor: Actor,
    *,
    credential_id: UUID,
    said: CredentialAnswers,
    version: int,
    once: str | None = None,
) -> str:
    """Replace what a credential says by a new version; the old one is kept whole in its history.

    The standing falls back, because a finding held for the credential as it stood: open cases and
    recognitions that relied on it are told, and none of them is changed by this.

    Refuses a stale form, answers that make no sense, a programme's completion and a withdrawn
    credential. A form that changes nothing leaves everything as it is.
    """
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, credential_id)
        act.result = str(row.id)
        _refuse_fixed(row)
        require_version(row.version, version)
        refuse_first(credential_problems(house, actor, row.qualification, said))
        wanted = _differing(row, qualification_named(house, row.qualification), said)
        if wanted:
            keep_version(house, actor, row)
            if row.standing in _FOUND:
                tell_who_relied(house, actor, row)
            _write(row, wanted)
            fall_back(house, row)
            record(
                house,
                actor,
                "credential.changed",
                person_id=row.person_id,
                credential=str(row.id),
                fields=list(wanted),
            )
    return act.result


def withdraw_credential(
    house: House, actor: Actor, *, credential_id: UUID, version: int, once: str | None = None
) -> str:
    """Take a credential back: it no longer counts, and stays in the record as withdrawn."""
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, credential_id)
        _refuse_fixed(row)
        require_version(row.version, version)
        if row.standing in _FOUND:
            tell_who_relied(house, actor, row)
        row.standing = Standing.WITHDRAWN
        record(house, actor, "credential.withdrawn", person_id=row.person_id, credential=str(row.id))
        act.result = str(row.id)
    return act.result


def _own_row(house: House, actor: Actor, credential_id: UUID) -> Credential:
    return own_row(house, actor, Credential, credential_id)


def _new_row(house: House, person_id: UUID, entry: Qualification, said: CredentialAnswers) -> Credential:
    row = Credential(
        id=house.new_key(),
        person_id=person_id,
        qualification=entry.code,
        standing=Standing.DECLARED,
        created_at=house.clock.now(),
    )
    _write(row, _differing(row, entry, said))
    house.session.add(row)
    return row


def _refuse_fixed(row: Credential) -> None:
    if row.enrolment_id is not None:
        raise Refused("credential.from_programme")
    if row.standing is Standing.WITHDRAWN:
        raise Conflict("credential.already_withdrawn")


def _birthday(house: House, actor: Actor) -> date | None:
    person = house.session.get(Person, own_person(actor))
    return person.born_on if person is not None else None


def _differing(row: Credential, entry: Qualification, said: CredentialAnswers) -> dict[str, Any]:
    """What the answers the kind asks for would change of the row."""
    asked = dates_asked(Kind(entry.kind))
    wanted = {
        "awarded_on": said.days.awarded_on if asked.awarded else None,
        "begun_on": said.days.begun_on if asked.period else None,
        "ended_on": said.days.ended_on if asked.period else None,
        "valid_until": said.days.valid_until if asked.expiry else None,
        "number": said.number,
        "attributes": settled(said.attributes),
    }
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}


def _write(row: Credential, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(row, name, value)


def _is_twin(house: House, actor: Actor, paper: Paper) -> bool:
    """True of a paper that looks like a credential already recorded, and is not said to be another."""
    if paper.is_another:
        return False
    return _twin(house, own_person(actor), paper.qualification, paper.said) is not None


def _twin(house: House, person_id: UUID, qualification: str, said: CredentialAnswers) -> Credential | None:
    """A credential of the same kind that shares its number or its first day, and its level."""
    rows = house.session.scalars(
        select(Credential).where(
            Credential.person_id == person_id,
            Credential.qualification == qualification,
            Credential.standing != Standing.WITHDRAWN,
        )
    )
    first_day = said.days.awarded_on or said.days.begun_on
    attributes = settled(said.attributes)
    for row in rows:
        same_number = bool(said.number) and row.number == said.number
        same_day = (row.awarded_on or row.begun_on) == first_day and all(
            row.attributes.get(name) == attributes.get(name) for name in ("level", "field", "school")
        )
        if same_number or same_day:
            return row
    return None


def _record(row: Credential) -> CredentialRecord:
    shown = {name: str(value) for name, value in row.attributes.items()}
    if row.number:
        shown[NUMBER] = row.number
    return CredentialRecord(
        id=row.id,
        qualification=row.qualification,
        days=CredentialDays(*(getattr(row, name) for name in CREDENTIAL_DAYS)),
        attributes=shown,
        standing=row.standing,
        from_programme=row.enrolment_id is not None,
        created_at=row.created_at,
        version=row.version,
    )
