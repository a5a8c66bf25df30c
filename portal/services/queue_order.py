"""What an officer asks the queue for, and which of its cases come first.

Owns the filter and the way to its cases that costs a page, however long the queue is. It must not know
what is shown of a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    false,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)

from portal.domain.cases import ON_THE_DESK, Stage
from portal.domain.identifiers import tidy_reference
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.models.cases import Case
from portal.models.people import Person
from portal.services.disclosure_to_officers import names_are_disclosed
from portal.services.house import House
from portal.services.name_keys import bears_words
from portal.services.people_search import keys_of_several

# So many people’s cases are quicker to look up than to come across in the order of the queue.
SEVERAL = 500


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What an officer asks to see. Without a stage: everything that waits on the desk."""

    stage: Stage | None = None
    track: str | None = None
    mine: bool = False
    unassigned: bool = False
    words: str = ""
    after: str = ""


def first_cases(
    house: House, actor: Actor, wanted: QueueFilter, *, most: int
) -> Select[UUID] | CompoundSelect[UUID]:
    """The keys of the cases among which the first so many are, found without reading the whole queue.

    Somebody who looks for a name or a reference wants the case wherever it stands. The cases of
    several people are looked up; for a name that very many share, the cases are read in their own order.
    """
    sides = sorted(actor.jurisdictions_as(Role.OFFICER))
    asked = _asked_for(actor, wanted)
    if not wanted.words.strip():
        stages = [wanted.stage] if wanted.stage else sorted(ON_THE_DESK)
        return _first_of_each(sides, [Case.stage == stage for stage in stages], asked, most)
    stage = Case.stage == wanted.stage if wanted.stage else Case.stage != Stage.DRAFT
    people = keys_of_several(house, wanted.words, most=SEVERAL)
    if people is None:
        named = and_(bears_words(Case.person_id, wanted.words), names_are_disclosed())
        return _first_of_each(sides, [stage], [*asked, or_(_is_referred_to(wanted.words), named)], most)
    # One expression, which no index answers: it is the people that lead, not the order of a side.
    fits = case((and_(Case.jurisdiction.in_(sides), stage, *asked), true()), else_=false())
    found = select(Case.id).join(Person, Person.id == Case.person_id).where(fits)
    return union(
        found.where(Case.person_id.in_(people), names_are_disclosed()),
        found.where(_is_referred_to(wanted.words)),
    )


def _first_of_each(
    sides: Sequence[Jurisdiction],
    stages: Sequence[ColumnElement[bool]],
    asked: list[ColumnElement[bool]],
    most: int,
) -> CompoundSelect[UUID]:
    """The first cases of each side in each stage: one of them opens the page, whatever follows.

    One stage of a side is a piece of an index that already lies in order, so each costs a page. To
    sort all of them together would cost the whole queue.
    """
    pieces = [
        select(Case.id)
        .join(Person, Person.id == Case.person_id)
        .where(Case.jurisdiction == side, stage, *asked)
        .order_by(Case.submitted_at, Case.id)
        .limit(most)
        .subquery()
        for side in sides
        for stage in stages
    ]
    return union_all(*(select(piece.c.id) for piece in pieces))


def _asked_for(actor: Actor, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [Case.submitted_at.is_not(None)]
    if wanted.track:
        asked.append(Case.track == wanted.track)
    if wanted.mine:
        asked.append(Case.assigned_to == actor.account_id)
    if wanted.unassigned:
        asked.append(Case.assigned_to.is_(None))
    begins = _read_place(wanted.after)
    if begins:
        asked.append(tuple_(Case.submitted_at, Case.id) > tuple_(*begins))
    return asked


def _is_referred_to(words: str) -> ColumnElement[bool]:
    """True of a case whose reference begins as typed."""
    reference = tidy_reference(words)
    # Every reference begins with its side; asking for others would read every case for a name.
    is_reference = reference[:2].lower() in set(Jurisdiction)
    return Case.reference.startswith(reference, autoescape=True) if is_reference else false()


def place_of(case: Case) -> str:
    """Where the page after this case begins, to be asked for as ``after``."""
    moment = case.submitted_at or case.started_at
    return f"{moment.timestamp():.6f}~{case.id}"


def _read_place(after: str) -> tuple[datetime, UUID] | None:
    """Where a page begins; a place that cannot be read is the beginning."""
    moment, _, key = after.partition("~")
    try:
        return datetime.fromtimestamp(float(moment), UTC), UUID(key)
    except (ValueError, OverflowError, OSError):
        return None
