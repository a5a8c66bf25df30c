"""What there is to enrol in, who stands where, and how far somebody is: reading only.

Owns the questions the pages of learners and of managers ask. Each is answered in a steady number
of statements, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.domain.enrolments import EnrolmentState
from portal.domain.errors import NotFound
from portal.domain.people import Actor, Role, own_person
from portal.models.people import Person
from portal.models.programmes import Cohort, Enrolment, Programme
from portal.services.enrolments import own_enrolment
from portal.services.house import House
from portal.services.programmes import managed_cohort


@dataclass(frozen=True, slots=True)
class Intake:
    """One cohort, how many wait for it, and the reader's own enrolment in it if there is one."""

    cohort: Cohort
    waiting: int
    mine: Enrolment | None


@dataclass(frozen=True, slots=True)
class Offering:
    """One programme with its intakes, first to start first."""

    programme: Programme
    intakes: tuple[Intake, ...]


@dataclass(frozen=True, slots=True)
class PlaceInLine:
    """Where somebody stands: the how-manyeth of how many."""

    position: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Learner:
    """One person in a cohort, with their enrolment and its results."""

    enrolment: Enrolment
    person: Person


def list_offerings(house: House, actor: Actor, *, code: str | None = None) -> list[Offering]:
    """Every programme, or the one with a code, with its intakes as a professional sees them."""
    person_id = own_person(actor)
    mine = aliased(Enrolment)
    rows = house.session.execute(
        _offerings(code)
        .add_columns(mine)
        .outerjoin(
            mine,
            and_(
                mine.cohort_id == Cohort.id,
                mine.person_id == person_id,
                mine.state != EnrolmentState.WITHDRAWN,
            ),
        )
    ).all()
    return _gathered([(row[0], row[1], row[2] or 0, row[3]) for row in rows])


def list_managed_offerings(house: House, actor: Actor) -> list[Offering]:
    """The programmes and intakes of the jurisdictions this manager runs."""
    actor.require(Role.PROGRAMME_MANAGER)
    jurisdictions = actor.jurisdictions_as(Role.PROGRAMME_MANAGER)
    rows = house.session.execute(_offerings(None).where(Programme.jurisdiction.in_(jurisdictions))).all()
    return _gathered([(row[0], row[1], row[2] or 0, None) for row in rows])


def read_intake(house: House, actor: Actor, cohort_id: UUID) -> Intake:
    """One intake as somebody about to enrol sees it."""
    person_id = own_person(actor)
    row = house.session.execute(
        select(Cohort, _waiting_count(), Enrolment)
        .outerjoin(
            Enrolment,
            and_(
                Enrolment.cohort_id == Cohort.id,
                Enrolment.person_id == person_id,
                Enrolment.state != EnrolmentState.WITHDRAWN,
            ),
        )
        .where(Cohort.id == cohort_id)
        .options(joinedload(Cohort.programme))
    ).one_or_none()
    if row is None:
        raise NotFound("page.not_found")
    return Intake(row[0], row[1] or 0, row[2])


def read_enrolment(house: House, actor: Actor, enrolment_id: UUID) -> Enrolment:
    """One's own enrolment with everything its page shows."""
    own_enrolment(house, actor, enrolment_id)
    return house.session.scalars(
        select(Enrolment)
        .where(Enrolment.id == enrolment_id)
        .options(
            joinedload(Enrolment.cohort).joinedload(Cohort.programme).selectinload(Programme.modules),
            selectinload(Enrolment.results),
        )
        .execution_options(populate_existing=True)
    ).one()


def place_in_line(house: House, enrolment: Enrolment) -> PlaceInLine | None:
    """Where somebody stands in the line; None for whoever is not in it."""
    if enrolment.state is not EnrolmentState.WAITLISTED:
        return None
    not_behind = or_(
        Enrolment.requested_at < enrolment.requested_at,
        and_(
            Enrolment.requested_at == enrolment.requested_at,
            Enrolment.id <= enrolment.id,
        ),
    )
    row = house.session.execute(
        select(func.count().filter(not_behind), func.count()).where(
            Enrolment.cohort_id == enrolment.cohort_id,
            Enrolment.state == EnrolmentState.WAITLISTED,
        )
    ).one()
    return PlaceInLine(row[0], row[1])


def list_learners(house: House, actor: Actor, cohort_id: UUID) -> tuple[Cohort, list[Learner]]:
    """A manager's cohort and everybody in it or in its line, in the order they asked."""
    cohort = managed_cohort(house, actor, cohort_id)
    rows = house.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state != EnrolmentState.WITHDRAWN)
        .options(selectinload(Enrolment.results))
        .order_by(Enrolment.requested_at, Enrolment.id)
    ).all()
    return cohort, [Learner(enrolment, person) for enrolment, person in rows]


def read_learner(house: House, enrolment: Enrolment) -> Person:
    """The person behind an enrolment that a manager has opened."""
    return house.session.get_one(Person, enrolment.person_id)


def _waiting_count() -> ScalarSelect[int]:
    line = aliased(Enrolment)
    return (
        select(func.count())
        .where(line.cohort_id == Cohort.id, line.state == EnrolmentState.WAITLISTED)
        .correlate(Cohort)
        .scalar_subquery()
    )


def _offerings(code: str | None) -> Select[Programme, Cohort, int]:
    wanted = [Programme.code == code] if code is not None else []
    return (
        select(Programme, Cohort, _waiting_count())
        .outerjoin(Cohort, Cohort.programme_id == Programme.id)
        .where(*wanted)
        .options(selectinload(Programme.modules))
        .order_by(Programme.jurisdiction, Programme.code, Cohort.starts_on, Cohort.code)
    )


def _gathered(
    rows: Sequence[tuple[Programme, Cohort | None, int, Enrolment | None]],
) -> list[Offering]:
    found: dict[UUID, tuple[Programme, list[Intake]]] = {}
    for programme, cohort, waiting, mine in rows:
        _programme, intakes = found.setdefault(programme.id, (programme, []))
        if cohort is not None:
            intakes.append(Intake(cohort, waiting, mine))
    return [Offering(programme, tuple(intakes)) for programme, intakes in found.values()]
