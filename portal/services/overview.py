"""How far a professional's own record is: counted by the database in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select

from portal.domain.credentials import COUNTS_AS_DECLARED, Standing
from portal.domain.people import Actor, own_person
from portal.models.credentials import Credential, WorkPeriod
from portal.models.evidence import Evidence
from portal.models.people import Person
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of a record. ``bare`` counts facts declared without a document."""

    name: str
    knows_birth_date: bool
    credentials: int
    work: int
    documents: int
    bare: int

    @property
    def is_described(self) -> bool:
        """True when the person has said a name and a birthday."""
        return bool(self.name) and self.knows_birth_date


def read_overview(house: House, actor: Actor) -> Overview:
    """Read the state of the actor's own record."""
    person_id = own_person(actor)

    def counted(table: type[Credential | WorkPeriod], *standings: Standing) -> ScalarSelect[int]:
        mine = select(func.count()).where(table.person_id == person_id, table.standing.in_(standings))
        return mine.scalar_subquery()

    documents = select(func.count()).where(Evidence.person_id == person_id).scalar_subquery()
    row = house.session.execute(
        select(
            Person.name_latin,
            Person.name_chinese,
            Person.born_on,
            counted(Credential, *COUNTS_AS_DECLARED),
            counted(WorkPeriod, *COUNTS_AS_DECLARED),
            documents,
            counted(Credential, Standing.DECLARED),
            counted(WorkPeriod, Standing.DECLARED),
        ).where(Person.id == person_id)
    ).one()
    latin, chinese, born_on, credentials, work, papers, *bare = row
    return Overview(latin or chinese, born_on is not None, credentials, work, papers, sum(bare))
