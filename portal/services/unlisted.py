"""Qualifications that are not in the catalogue: a person asks, an officer of the side answers.

Owns asking, answering, and the note that stays with the person. A request is no credential: it is
not in the dossier, no rule reads it, and an officer learns what it is about but not who asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from portal.domain.credentials import Standing
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import Actor, Role, own_person
from portal.domain.sense import refuse_first
from portal.domain.unlisted import (
    MOST_WAITING,
    Answered,
    AnswerKind,
    Asked,
    RequestSide,
    WhyNotCounted,
    answer_faults,
    asked_faults,
    sides_of,
)
from portal.models.credentials import Credential
from portal.models.unlisted import QualificationRequest
from portal.services.catalogue import is_registrable
from portal.services.house import House
from portal.services.journal import record
from portal.services.notices import tell_person
from portal.services.work import one_act, require_version

PAGE_LENGTH: Final = 20


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A request as it stands. ``registered_as`` is the credential that followed a "listed" answer."""

    id: UUID
    title: str
    awarded_by: str
    side: RequestSide
    link: str
    note: str
    language: str
    created_at: datetime
    answer: AnswerKind | None
    reason: WhyNotCounted | None
    listed_as: str
    remark: str
    answered_at: datetime | None
    version: int
    registered_as: UUID | None = None


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One page of the officers' list, oldest first, and where the next begins."""

    rows: tuple[RequestRecord, ...]
    next_after: str
    waiting: int


def make_request(house: House, actor: Actor, *, asked: Asked, once: str | None = None) -> str:
    """Ask officers about a qualification that is not listed; gives the request's id.

    Refuses what makes no sense, and with ``request.too_many`` when many of the person's wait already.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        refuse_first(asked_faults(asked))
        _refuse_too_many(house, person_id)
        row = _new_row(house, person_id, actor.language, asked)
        house.session.add(row)
        record(house, actor, "request.made", person_id=person_id, request=str(row.id), side=row.side.value)
        act.result = str(row.id)
    return act.result


def own_requests(house: House, actor: Actor) -> Sequence[RequestRecord]:
    """The actor's requests that are still kept as notes, newest first, in two statements."""
    person_id = own_person(actor)
    rows = house.session.scalars(
        select(QualificationRequest)
        .where(QualificationRequest.person_id == person_id, QualificationRequest.is_kept)
        .order_by(QualificationRequest.id.desc())
    ).all()
    listed = {row.listed_as for row in rows if row.listed_as}
    held = _held_since(house, person_id, listed) if listed else []
    return [_record(row, held) for row in rows]


def own_request(house: House, actor: Actor, request_id: UUID) -> RequestRecord:
    """One of the actor's requests; strangers get ``request.not_found``."""
    return _record(_own_row(house, actor, request_id))


def remove_request(
    house: House, actor: Actor, *, request_id: UUID, version: int, once: str | None = None
) -> str:
    """Take a note away; a request nobody has answered is withdrawn from the officers with it."""
    with one_act(house, actor, once=once) as act:
        row = _own_row(house, actor, request_id)
        require_version(row.version, version)
        row.is_kept = False
        record(house, actor, "request.removed", person_id=row.person_id, request=str(row.id))
        act.result = str(row.id)
    return act.result


def waiting_requests(house: House, actor: Actor, *, after: str = "") -> RequestPage:
    """The requests an officer can answer, those that wait longest first: two statements."""
    asked_for = _for_officer(actor)
    waiting = house.session.scalar(select(func.count()).select_from(QualificationRequest).where(*asked_for))
    query = select(QualificationRequest).where(*asked_for).order_by(QualificationRequest.id)
    if after:
        query = query.where(QualificationRequest.id > _key(after))
    rows = house.session.scalars(query.limit(PAGE_LENGTH + 1)).all()
    shown = rows[:PAGE_LENGTH]
    return RequestPage(
        rows=tuple(map(_record, shown)),
        next_after=str(shown[-1].id) if len(rows) > PAGE_LENGTH else "",
        waiting=waiting or 0,
    )


def request_for_officer(house: House, actor: Actor, request_id: UUID) -> RequestRecord:
    """One request of the officer's side; any other, and a person's own, is not there."""
    return _record(_officers_row(house, actor, request_id))


def answer_request(
    house: House,
    actor: Actor,
    *,
    request_id: UUID,
    version: int,
    answered: Answered,
    once: str | None = None,
) -> str:
    """Answer a request once; the person is told by an e-mail that holds none of it. Gives its id.

    Refuses an answer that lacks what it needs, an entry nobody can register, and with
    ``request.already_answered`` a second answer.
    """
    with one_act(house, actor, once=once) as act:
        row = _officers_row(house, actor, request_id)
        if row.answer is not None:
            raise Conflict("request.already_answered")
        require_version(row.version, version)
        refuse_first(answer_faults(answered))
        _refuse_unlisted(house, answered)
        _write_answer(house, actor, row, answered)
        record(
            house,
            actor,
            "request.answered",
            person_id=row.person_id,
            request=str(row.id),
            answer=str(row.answer),
        )
        tell_person(house, row.person_id, "request_answered")
        act.result = str(row.id)
    return act.result


def _refuse_unlisted(house: House, answered: Answered) -> None:
    """An entry that nobody can register answers nothing."""
    if answered.kind is AnswerKind.LISTED and not is_registrable(house, answered.listed_as):
        raise Refused("request.entry_missing", field="listed_as")


def _write_answer(house: House, actor: Actor, row: QualificationRequest, answered: Answered) -> None:
    row.answer = answered.kind
    row.listed_as = answered.listed_as if answered.kind is AnswerKind.LISTED else None
    row.reason = answered.reason if answered.kind is AnswerKind.DOES_NOT_COUNT else None
    row.remark = answered.remark
    row.account_id = actor.account_id
    row.answered_at = house.clock.now()


def _for_officer(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    actor.require(Role.OFFICER)
    sides = sides_of(actor.jurisdictions_as(Role.OFFICER))
    own = () if actor.person_id is None else (QualificationRequest.person_id != actor.person_id,)
    return (
        QualificationRequest.answer.is_(None),
        QualificationRequest.is_kept,
        QualificationRequest.side.in_(sorted(sides)),
        *own,
    )


def _officers_row(house: House, actor: Actor, request_id: UUID) -> QualificationRequest:
    actor.require(Role.OFFICER)
    row = house.session.get(QualificationRequest, request_id)
    is_theirs = (
        row is not None
        and row.is_kept
        and row.side in sides_of(actor.jurisdictions_as(Role.OFFICER))
        and row.person_id != actor.person_id
    )
    if row is None or not is_theirs:
        raise NotFound("request.not_found")
    return row


def _own_row(house: House, actor: Actor, request_id: UUID) -> QualificationRequest:
    row = house.session.get(QualificationRequest, request_id)
    if row is None or row.person_id != own_person(actor) or not row.is_kept:
        raise NotFound("request.not_found")
    return row


def _refuse_too_many(house: House, person_id: UUID) -> None:
    waiting = house.session.scalar(
        select(func.count())
        .select_from(QualificationRequest)
        .where(
            QualificationRequest.person_id == person_id,
            QualificationRequest.answer.is_(None),
            QualificationRequest.is_kept,
        )
    )
    if (waiting or 0) >= MOST_WAITING:
        raise Refused("request.too_many", most=MOST_WAITING)


def _new_row(house: House, person_id: UUID, language: str, asked: Asked) -> QualificationRequest:
    return QualificationRequest(
        id=house.new_key(),
        person_id=person_id,
        side=asked.side,
        title=asked.title,
        awarded_by=asked.awarded_by,
        link=asked.link,
        note=asked.note,
        language=language,
        created_at=house.clock.now(),
        is_kept=True,
        remark="",
    )


def _held_since(house: House, person_id: UUID, codes: set[str]) -> list[Credential]:
    """Credentials of the qualifications officers named, that the person has registered."""
    query = select(Credential).where(
        Credential.person_id == person_id,
        Credential.qualification.in_(sorted(codes)),
        Credential.standing != Standing.WITHDRAWN,
    )
    return list(house.session.scalars(query.order_by(Credential.id)))


def _record(row: QualificationRequest, held: Sequence[Credential] = ()) -> RequestRecord:
    registered = [one.id for one in held if one.qualification == row.listed_as]
    return RequestRecord(
        id=row.id,
        title=row.title,
        awarded_by=row.awarded_by,
        side=row.side,
        link=row.link,
        note=row.note,
        language=row.language,
        created_at=row.created_at,
        answer=row.answer,
        reason=row.reason,
        listed_as=row.listed_as or "",
        remark=row.remark,
        answered_at=row.answered_at,
        version=row.version,
        registered_as=registered[-1] if registered else None,
    )


def _key(text: str) -> UUID:
    """Where a page begins; a place that cannot be read is the beginning."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
