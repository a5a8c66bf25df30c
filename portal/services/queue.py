"""The queue: the cases of an officer's side, oldest first, page by page.

Owns the filters, the counts and the pages. Names come through ``disclosure_to_officers`` alone. It
must not know pages of the browser, and it changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, tuple_

from portal.domain.cases import ON_THE_DESK, Stage
from portal.domain.identifiers import tidy_reference
from portal.domain.names import StatedName
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Basis
from portal.models.accounts import Account
from portal.models.cases import Case, Photograph
from portal.models.people import Person
from portal.services.disclosure_to_officers import name_contains, names_are_disclosed
from portal.services.house import House
from portal.services.people_search import FoundPeople, find_people

PAGE_LENGTH = 20
# What officers can still see in lists; a draft is the applicant's alone.
LISTED = tuple(stage for stage in Stage if stage is not Stage.DRAFT)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What an officer asks to see. Without a stage: everything that waits on the desk."""

    stage: Stage | None = None
    track: str | None = None
    mine: bool = False
    unassigned: bool = False
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case as the list shows it; no name without consent, no pictures before a photograph.

    ``found_as`` is the further name under which a search found the person, if it was one.
    """

    id: UUID
    reference: str
    track: str
    target: str
    jurisdiction: Jurisdiction
    stage: Stage
    submitted_at: datetime
    name_latin: str
    name_chinese: str
    is_disclosed: bool
    assignee: str
    is_mine: bool
    home: Jurisdiction | None
    declared: Evaluation | None
    verified: Evaluation | None
    found_as: StatedName | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, how many cases stand in each stage, and where the next page begins."""

    rows: tuple[QueueRow, ...]
    counts: dict[Stage, int]
    next_after: str


def list_queue(house: House, actor: Actor, wanted: QueueFilter) -> Queue:
    """Read one page; three statements, six for a search. Refuses everybody but officers."""
    actor.require(Role.OFFICER)
    sides = sorted(actor.jurisdictions_as(Role.OFFICER))
    people = find_people(house, actor, wanted.words) if wanted.words.strip() else FoundPeople()
    found = house.session.execute(_page(actor, sides, wanted, people)).all()
    shown = found[:PAGE_LENGTH]
    pictures = _pictures(house, [row.Case.id for row in shown])
    found_as = {one.person_id: one.found_as for one in people.people}
    return Queue(
        rows=tuple(
            replace(_row(actor, row, pictures), found_as=found_as.get(row.Person.id)) for row in shown
        ),
        counts=_counts(house, sides),
        next_after=_place(shown[-1].Case) if len(found) > PAGE_LENGTH else "",
    )


def _page(
    actor: Actor, sides: Sequence[Jurisdiction], wanted: QueueFilter, people: FoundPeople
) -> Select[Case, Person, bool, str]:
    return (
        select(
            Case,
            Person,
            names_are_disclosed().label("is_disclosed"),
            func.coalesce(Account.name, "").label("assignee"),
        )
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Account, Account.id == Case.assigned_to)
        .where(Case.jurisdiction.in_(sides), *_asked_for(actor, wanted, people))
        .order_by(Case.submitted_at, Case.id)
        .limit(PAGE_LENGTH + 1)
    )


def _asked_for(actor: Actor, wanted: QueueFilter, people: FoundPeople) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [
        Case.stage == wanted.stage if wanted.stage else Case.stage.in_(_stages_shown(wanted)),
        Case.submitted_at.is_not(None),
    ]
    if wanted.track:
        asked.append(Case.track == wanted.track)
    if wanted.mine:
        asked.append(Case.assigned_to == actor.account_id)
    if wanted.unassigned:
        asked.append(Case.assigned_to.is_(None))
    if wanted.words.strip():
        asked.append(_matches(wanted.words, people))
    begins = _read_place(wanted.after)
    if begins:
        asked.append(tuple_(Case.submitted_at, Case.id) > tuple_(*begins))
    return asked


def _stages_shown(wanted: QueueFilter) -> Sequence[Stage]:
    """Somebody who looks for a name or a reference wants the case wherever it stands."""
    return LISTED if wanted.words.strip() else sorted(ON_THE_DESK)


def _matches(words: str, people: FoundPeople) -> ColumnElement[bool]:
    """A reference or a name. The cases of few people are looked up; those of many are filtered."""
    reference = tidy_reference(words)
    # Every reference begins with its side; asking for others would read every case for a name.
    is_reference = reference[:2].lower() in set(Jurisdiction)
    few = and_(names_are_disclosed(), Case.person_id.in_([one.person_id for one in people.people]))
    return or_(
        Case.reference.startswith(reference, autoescape=True) if is_reference else false(),
        name_contains(words) if people.is_more else few,
    )


def _counts(house: House, sides: Sequence[Jurisdiction]) -> dict[Stage, int]:
    counted = house.session.execute(
        select(Case.stage, func.count())
        .where(Case.jurisdiction.in_(sides), Case.stage.in_(LISTED))
        .group_by(Case.stage)
    )
    found = dict(counted.all())
    return {stage: found.get(stage, 0) for stage in LISTED}


Pictures = dict[tuple[UUID, Basis], Evaluation]


def _pictures(house: House, case_ids: Sequence[UUID]) -> Pictures:
    """The newest photograph of each case on each basis."""
    if not case_ids:
        return {}
    newest = (
        select(
            Photograph.id,
            func.row_number()
            .over(
                partition_by=(Photograph.case_id, Photograph.basis),
                order_by=(Photograph.taken_at.desc(), Photograph.id.desc()),
            )
            .label("place"),
        )
        .where(Photograph.case_id.in_(case_ids))
        .subquery()
    )
    rows = house.session.execute(
        select(Photograph.case_id, Photograph.basis, Photograph.tree)
        .join(newest, newest.c.id == Photograph.id)
        .where(newest.c.place == 1)
    )
    return {(case_id, basis): Evaluation.from_json(tree) for case_id, basis, tree in rows}


def _row(actor: Actor, row: Row[Case, Person, bool, str], pictures: Pictures) -> QueueRow:
    case, person, is_disclosed, assignee = row
    return QueueRow(
        id=case.id,
        reference=case.reference,
        track=case.track,
        target=case.target,
        jurisdiction=case.jurisdiction,
        stage=case.stage,
        submitted_at=case.submitted_at or case.started_at,
        name_latin=person.name_latin if is_disclosed else "",
        name_chinese=person.name_chinese if is_disclosed else "",
        is_disclosed=is_disclosed,
        assignee=assignee,
        is_mine=case.assigned_to is not None and case.assigned_to == actor.account_id,
        home=person.home if is_disclosed else None,
        declared=pictures.get((case.id, Basis.DECLARED)),
        verified=pictures.get((case.id, Basis.VERIFIED)),
    )


def _place(case: Case) -> str:
    moment = case.submitted_at or case.started_at
    return f"{moment.timestamp():.6f}~{case.id}"


def _read_place(after: str) -> tuple[datetime, UUID] | None:
    """Where a page begins; a place that cannot be read is the beginning."""
    moment, _, key = after.partition("~")
    try:
        return datetime.fromtimestamp(float(moment), UTC), UUID(key)
    except (ValueError, OverflowError, OSError):
        return None
