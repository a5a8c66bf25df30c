"""A person's inbox: everything the portal told them, what they have read, and what became of the e-mails.

Owns reading the lines and marking them as read. The words of a line are chosen where it is shown,
in the reader's language of the moment. Marking is nobody else's affair and is not journaled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from portal.domain.errors import NotFound
from portal.domain.people import Actor, own_person
from portal.models.following import Notice
from portal.models.records import OutboxMessage
from portal.services.house import House
from portal.services.notices import facts_of
from portal.services.work import one_act

LINES_A_PAGE: Final = 25


class Delivery(StrEnum):
    """What became of the e-mail beside a line. ``NONE``: the outbox no longer keeps it."""

    NONE = "none"
    WAITING = "waiting"
    TRIED = "tried"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the portal told. ``delivery_at`` is when the e-mail left, was last tried, or was given up."""

    id: UUID
    kind: str
    facts: Mapping[str, Any]
    at: datetime
    is_unread: bool
    delivery: Delivery
    delivery_at: datetime | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of it, the newest first. ``older`` is the key the next page begins after, none at the end."""

    lines: tuple[Line, ...]
    unread: int
    older: UUID | None


def unread_of(person_id: InstrumentedAttribute[UUID | None]) -> ScalarSelect[int]:
    """How many lines of a person are unread, to stand in another statement."""
    return (
        select(func.count())
        .select_from(Notice)
        .where(Notice.person_id == person_id, Notice.read_at.is_(None))
        .scalar_subquery()
    )


def read_inbox(house: House, actor: Actor, *, after: UUID | None = None) -> Inbox:
    """Read a page of the acting person's inbox: two statements. ``after`` is the last key of the page before."""
    person_id = own_person(actor)
    mine = Notice.person_id == person_id
    rows = house.session.execute(
        select(Notice, OutboxMessage)
        .outerjoin(OutboxMessage, OutboxMessage.id == Notice.message_id)
        .where(mine, Notice.id < after if after else mine)
        .order_by(Notice.id.desc())
        .limit(LINES_A_PAGE + 1)
    ).all()
    unread = house.session.scalars(
        select(func.count()).select_from(Notice).where(mine, Notice.read_at.is_(None))
    ).one()
    lines = tuple(_line(notice, message) for notice, message in rows[:LINES_A_PAGE])
    return Inbox(lines, unread, lines[-1].id if len(rows) > LINES_A_PAGE else None)


def open_line(house: House, actor: Actor, notice_id: UUID, *, once: str | None = None) -> Line:
    """Mark one line as read and give it, so that its reader can be led on; a stranger's does not exist."""
    person_id = own_person(actor)
    with one_act(house, actor, once=once):
        notice = house.session.get(Notice, notice_id)
        if notice is None or notice.person_id != person_id:
            raise NotFound("page.not_found")
        notice.read_at = notice.read_at or house.clock.now()
    return _line(notice, None)


def mark_read(house: House, actor: Actor, *, newest: UUID, once: str | None = None) -> int:
    """Mark as read everything up to the newest line the page showed; gives how many that were.

    What came in since was not on the page, and stays unread.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        marked = house.session.execute(
            update(Notice)
            .where(Notice.person_id == person_id, Notice.id <= newest, Notice.read_at.is_(None))
            .values(read_at=house.clock.now())
            .returning(Notice.id)
            .execution_options(synchronize_session=False)
        ).all()
        act.result = str(len(marked))
    return len(marked)


def _line(notice: Notice, message: OutboxMessage | None) -> Line:
    delivery, at = _delivery(message)
    return Line(
        id=notice.id,
        kind=notice.kind,
        facts=facts_of(notice.facts),
        at=notice.at,
        is_unread=notice.read_at is None,
        delivery=delivery,
        delivery_at=at,
    )


def _delivery(message: OutboxMessage | None) -> tuple[Delivery, datetime | None]:
    if message is None:
        return Delivery.NONE, None
    if message.sent_at:
        return Delivery.SENT, message.sent_at
    if message.failed_at:
        return Delivery.FAILED, message.failed_at
    return (Delivery.TRIED if message.tries else Delivery.WAITING), message.last_try_at
