"""What somebody's file holds before it is sent: how much of what, and their work by the names they gave it.

Owns two readings for those who apply. What becomes of an application is read in ``own_cases.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from portal.domain.credentials import COUNTS_AS_DECLARED
from portal.domain.people import Actor, own_person
from portal.domain.places import Jurisdiction
from portal.models.credentials import Credential, WorkPeriod
from portal.models.evidence import Evidence
from portal.models.people import Person
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class FileSummary:
    """How full a person's file is, in one statement."""

    home: Jurisdiction
    name_latin: str
    name_chinese: str
    credentials: int
    work_periods: int
    documents: int

    @property
    def has_name(self) -> bool:
        return bool(self.name_latin or self.name_chinese)

    @property
    def can_be_assessed(self) -> bool:
        """There is a name and something to assess; what submitting asks for."""
        return self.has_name and bool(self.credentials or self.work_periods)


@dataclass(frozen=True, slots=True)
class NamedWork:
    """A period of work under the name the applicant gave, for checking the file."""

    id: UUID
    employer: str
    post: str


def summarise_file(house: House, actor: Actor) -> FileSummary:
    """Read how full the acting person's file is."""
    person_id = own_person(actor)
    counted = [
        select(func.count())
        .select_from(model)
        .where(model.person_id == person_id, model.standing.in_(COUNTS_AS_DECLARED))
        .scalar_subquery()
        for model in (Credential, WorkPeriod)
    ]
    documents = select(func.count()).where(Evidence.person_id == person_id).scalar_subquery()
    row = house.session.execute(
        select(
            Person.home,
            Person.name_latin,
            Person.name_chinese,
            *counted,
            documents,
        ).where(Person.id == person_id)
    ).one()
    return FileSummary(*row)


def name_work(house: House, actor: Actor) -> dict[str, NamedWork]:
    """The employers' names of the acting person's work, by the key a dossier calls it."""
    rows = house.session.execute(
        select(WorkPeriod.id, WorkPeriod.employer, WorkPeriod.post).where(
            WorkPeriod.person_id == own_person(actor),
            WorkPeriod.standing.in_(COUNTS_AS_DECLARED),
        )
    )
    return {str(row[0]): NamedWork(*row) for row in rows}
