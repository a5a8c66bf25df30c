"""Work history: periods of work a person registers, changes and withdraws.

Owns the rows. What the periods add up to is ``portal/domain/work_history.py``; what a rule asks of
them belongs to the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from portal.domain.credentials import COUNTS_AS_DECLARED, Standing
from portal.domain.errors import Conflict, Refused
from portal.domain.people import Actor, own_person
from portal.domain.sense import Limits, length_faults, refuse_first, work_faults
from portal.domain.work_history import Stretch
from portal.models.credentials import WorkPeriod
from portal.models.people import Person
from portal.services.house import House
from portal.services.journal import record
from portal.services.referees import withdraw_all_about
from portal.services.standings import fall_back, own_row
from portal.services.work import one_act, require_version

LONGEST: Final = {"employer": 160, "post": 120}


@dataclass(frozen=True, slots=True)
class WorkAnswers:
    """What a person says about one period; ``share_percent`` is none when they are not sure."""

    employer: str
    employer_kind: str
    place: str
    functions: tuple[str, ...]
    begun_on: date | None
    ended_on: date | None = None
    post: str = ""
    share_percent: int | None = 100
    manages: bool = False


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A period of work as it is recorded."""

    id: UUID
    said: WorkAnswers
    standing: Standing
    version: int

    @property
    def counts(self) -> bool:
        """Rejected and withdrawn periods are shown and do not count."""
        return self.standing in COUNTS_AS_DECLARED

    def as_stretch(self) -> Stretch:
        """The period as it is counted."""
        begun_on = self.said.begun_on or date.min
        return Stretch(
            str(self.id), begun_on, self.said.ended_on, self.said.functions, self.said.share_percent
        )


def own_work(house: House, actor: Actor) -> Sequence[WorkRecord]:
    """The actor's periods of work, newest first, withdrawn ones at the end."""
    rows = house.session.scalars(
        select(WorkPeriod)
        .where(WorkPeriod.person_id == own_person(actor))
        .order_by(WorkPeriod.begun_on.desc(), WorkPeriod.id.desc())
    )
    return sorted(map(_record, rows), key=lambda row: row.standing is Standing.WITHDRAWN)


def own_work_period(house: House, actor: Actor, work_id: UUID) -> WorkRecord:
    """One of the actor's periods; strangers get ``work.not_found``."""
    return _record(_own_row(house, actor, work_id))


def work_problems(house: House, actor: Actor, said: WorkAnswers) -> list[Refused]:
    """Everything about the answers that makes no sense, each at its field, before anything is done."""
    person = house.session.get(Person, own_person(actor))
    limits = Limits(house.clock.today(), person.born_on if person is not None else None)
    faults = work_faults(said.begun_on, said.ended_on, limits)
    faults += length_faults("work.too_long", {"employer": said.employer, "post": said.post}, LONGEST)
    if not said.employer:
        faults.append(Refused("work.employer_missing", field="employer"))
    return faults + _unknown_codes(house, said) + _share_faults(said)


def register_work(house: House, actor: Actor, *, said: WorkAnswers, once: str | None = None) -> str:
    """Record a period of work as declared; gives its id. Refuses answers that make no sense."""
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        refuse_first(work_problems(house, actor, said))
        row = WorkPeriod(
            id=house.new_key(),
            person_id=person_id,
            standing=Standing.DECLARED,
            created_at=house.clock.now(),
        )
        _write(row, said)
        house.session.add(row)
        record(house, actor, "work.registered", person_id=person_id, work=str(row.id))
        act.result = str(row.id)
    return act.result


def change_work(
    house: House,
    actor: Actor,
    *,
    work_id: UUID,
    said: WorkAnswers,
    version: int,
    once: str | None = None,
) -> str:
    """Correct a period; its standing falls back, because a finding held for it as it stood.

    Refuses a stale form, a withdrawn period and answers that make no sense. A form that changes
    nothing leaves everything as it is.
    """
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, work_id)
        act.result = str(row.id)
        _refuse_withdrawn(row)
        require_version(row.version, version)
        refuse_first(work_problems(house, actor, said))
        changed = _write(row, said)
        if changed:
            fall_back(house, row)
            record(house, actor, "work.changed", person_id=row.person_id, work=str(row.id), fields=changed)
    return act.result


def withdraw_work(house: House, actor: Actor, *, work_id: UUID, version: int, once: str | None = None) -> str:
    """Take a period back: it no longer counts, and stays in the record as withdrawn.

    Referees asked about it are asked no longer: the links end with it.
    """
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, work_id)
        _refuse_withdrawn(row)
        require_version(row.version, version)
        row.standing = Standing.WITHDRAWN
        record(house, actor, "work.withdrawn", person_id=row.person_id, work=str(row.id))
        withdraw_all_about(house, actor, row.id)
        act.result = str(row.id)
    return act.result


def _own_row(house: House, actor: Actor, work_id: UUID) -> WorkPeriod:
    return own_row(house, actor, WorkPeriod, work_id)


def _refuse_withdrawn(row: WorkPeriod) -> None:
    if row.standing is Standing.WITHDRAWN:
        raise Conflict("work.already_withdrawn")


def _unknown_codes(house: House, said: WorkAnswers) -> list[Refused]:
    words = house.rulebook.vocabulary
    faults = []
    if said.employer_kind not in words["employer_kinds"]:
        faults.append(Refused("work.employer_kind_unknown", field="employer_kind"))
    if said.place not in words["places"]:
        faults.append(Refused("work.place_unknown", field="place"))
    if not said.functions or not set(said.functions) <= set(words["functions"]):
        faults.append(Refused("work.functions_unknown", field="functions"))
    return faults


def _share_faults(said: WorkAnswers) -> list[Refused]:
    if said.share_percent is None or 1 <= said.share_percent <= 100:
        return []
    return [Refused("work.share_implausible", field="share_percent")]


def _write(row: WorkPeriod, said: WorkAnswers) -> list[str]:
    """Put the answers into the row; gives the names of what changed."""
    wanted = {
        "employer": said.employer,
        "employer_kind": said.employer_kind,
        "place": said.place,
        "post": said.post,
        "functions": sorted(set(said.functions)),
        "begun_on": said.begun_on,
        "ended_on": said.ended_on,
        "share_percent": said.share_percent,
        "manages": said.manages,
    }
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    return changed


def _record(row: WorkPeriod) -> WorkRecord:
    said = WorkAnswers(
        employer=row.employer,
        employer_kind=row.employer_kind,
        place=row.place,
        functions=tuple(row.functions),
        begun_on=row.begun_on,
        ended_on=row.ended_on,
        post=row.post,
        share_percent=row.share_percent,
        manages=row.manages,
    )
    return WorkRecord(row.id, said, row.standing, row.version)
