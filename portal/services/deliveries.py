"""E-mails that could not be delivered: how many of which kind on which day, and trying again.

Owns counting and trying again. It must not show to whom or what was written: whoever runs the mail
needs neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Row, func, select, update

from portal.domain.errors import Refused
from portal.domain.people import Actor, Role
from portal.models.records import OutboxMessage
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act
from portal.wording.dates import BOTH_BANKS

# More than this is one broken mail server and no longer a list to read.
MOST_FAILURES: Final = 5000


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed e-mails of one kind, written on one day."""

    on: date
    kind: str
    count: int
    last_try_at: datetime | None
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailState:
    """How the mail stands: what waits, what was refused and is tried again by itself, what failed."""

    waiting: int
    retried: int
    failures: tuple[Failures, ...]


def read_mail_state(house: House, actor: Actor) -> MailState:
    """Read how the mail stands, the newest day first: two statements."""
    _require_role(actor)
    unsent = (OutboxMessage.sent_at.is_(None), OutboxMessage.failed_at.is_(None))
    tried = func.count().filter(OutboxMessage.tries > 0)
    waiting, retried = house.session.execute(select(func.count(), tried).where(*unsent)).one()
    rows = house.session.execute(
        select(
            OutboxMessage.created_at,
            OutboxMessage.kind,
            OutboxMessage.last_try_at,
            OutboxMessage.last_error,
        )
        .where(OutboxMessage.failed_at.is_not(None))
        .order_by(OutboxMessage.created_at.desc())
        .limit(MOST_FAILURES)
    ).all()
    return MailState(waiting, retried, _grouped(rows))


def try_again(house: House, actor: Actor, *, kind: str, on: date, once: str | None = None) -> int:
    """Let the failed e-mails of one kind and day leave anew; gives how many.

    Refuses with ``mail.nothing_failed`` when none are left, because somebody was quicker.
    """
    _require_role(actor)
    begins = datetime.combine(on, time(), BOTH_BANKS)
    now = house.clock.now()
    with one_act(house, actor, once=once) as act:
        revived = house.session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.failed_at.is_not(None),
                OutboxMessage.kind == kind,
                OutboxMessage.created_at >= begins,
                OutboxMessage.created_at < begins + timedelta(days=1),
            )
            .values(failed_at=None, tries=0, next_try_at=now)
            .returning(OutboxMessage.id)
            .execution_options(synchronize_session=False)
        ).all()
        if not revived:
            raise Refused("mail.nothing_failed")
        record(house, actor, "mail.tried_again", about=kind, on=on.isoformat(), count=len(revived))
        act.result = str(len(revived))
    return len(revived)


def _require_role(actor: Actor) -> None:
    if not actor.has(Role.OFFICER):
        actor.require(Role.SYSTEM_ADMINISTRATOR)


def _grouped(rows: Sequence[Row[datetime, str, datetime | None, str]]) -> tuple[Failures, ...]:
    """By day, the newest first, then by kind."""
    groups: dict[tuple[date, str], list[Row[datetime, str, datetime | None, str]]] = {}
    for row in rows:
        groups.setdefault((row[0].astimezone(BOTH_BANKS).date(), row[1]), []).append(row)
    found = [
        Failures(
            on=on,
            kind=kind,
            count=len(them),
            last_try_at=max((row[2] for row in them if row[2]), default=None),
            causes=tuple(sorted({row[3] for row in them if row[3]})),
        )
        for (on, kind), them in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), one.kind)))
