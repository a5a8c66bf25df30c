"""The queue: the cases of an officer's side, oldest first, page by page.

Owns the counts and the pages; what is asked for, and in which order, is in ``queue_order.py``. Names
come through ``disclosure_to_officers`` alone. It must not know pages of the browser, and it changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Row, Select, func, select

from portal.domain.cases import Stage
from portal.domain.names import StatedName
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Basis
from portal.models.accounts import Account
from portal.models.cases import Case, Photograph
from portal.models.people import Person
from portal.services.disclosure_to_officers import names_are_disclosed
from portal.services.house import House
from portal.services.people_search import found_under
from portal.services.queue_order import QueueFilter, first_cases, place_of

PAGE_LENGTH = 20
# What officers can still see in lists; a draft is the applicant's alone.
LISTED = tuple(stage for stage in Stage if stage is not Stage.DRAFT)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case as the list shows it; no name without consent, no pictures before a photograph.

    ``declared`` and ``verified`` reach as far as the planks of a bridge, not into what each consists of;
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
    found = house.session.execute(_page(first_cases(house, actor, wanted, most=PAGE_LENGTH + 1))).all()
    shown = found[:PAGE_LENGTH]
    pictures = _pictures(house, [row.Case.id for row in shown])
    found_as = found_under(house, [row.Person for row in shown if row.is_disclosed], wanted.words)
    return Queue(
        rows=tuple(
            replace(_row(actor, row, pictures), found_as=found_as.get(row.Person.id)) for row in shown
        ),
        counts=_counts(house, sorted(actor.jurisdictions_as(Role.OFFICER))),
        next_after=place_of(shown[-1].Case) if len(found) > PAGE_LENGTH else "",
    )


def _page(case_ids: Select[UUID] | CompoundSelect[UUID]) -> Select[Case, Person, bool, str]:
    return (
        select(
            Case,
            Person,
            names_are_disclosed().label("is_disclosed"),
            func.coalesce(Account.name, "").label("assignee"),
        )
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Account, Account.id == Case.assigned_to)
        .where(Case.id.in_(case_ids))
        .order_by(Case.submitted_at, Case.id)
        .limit(PAGE_LENGTH + 1)
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
    return {(case_id, basis): Evaluation.from_json(_top_of(tree)) for case_id, basis, tree in rows}


def _top_of(tree: dict[str, Any]) -> dict[str, Any]:
    """A photograph as far as its bridge shows it: a tree of forty clauses has ten planks."""
    root = tree["root"]
    return {**tree, "root": {**root, "children": [{**plank, "children": []} for plank in root["children"]]}}


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
