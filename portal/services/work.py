"""One use case, one commit: the only place where the house commits.

    with one_act(house, actor, once=key) as act:
        ...
        act.result = case.reference

``once`` is the key the form carried. The same key a second time raises ``AlreadyDone`` with the
first one's result, so a double click, a reload or a replay is one act.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal.domain.errors import AlreadyDone, Conflict, Refused
from portal.domain.people import Actor
from portal.models.records import SentForm
from portal.services.house import House


@dataclass(slots=True)
class Act:
    """The act under way; ``result`` is what a replay of the same form is told."""

    result: str = ""


@contextmanager
def one_act(house: House, actor: Actor, *, once: str | None = None) -> Iterator[Act]:
    """Run a use case in one transaction.

    Commits when the block ends, rolls back on any error. Raises ``AlreadyDone`` for a replayed
    form and ``Conflict("row.changed")`` when a row was changed or taken by somebody else meanwhile.
    """
    session = house.session
    key = _digest(once, actor) if once else None
    _refuse_replay(house, key)
    act = Act()
    try:
        yield act
        if key:
            session.add(
                SentForm(key=key, account_id=actor.account_id, result=act.result, at=house.clock.now())
            )
        session.commit()
    except (IntegrityError, StaleDataError) as error:
        session.rollback()
        _refuse_replay(house, key)
        raise Conflict("row.changed") from error
    except (Refused, Conflict):
        # The twin of a double click may have acted meanwhile, and made what this one trips over.
        session.rollback()
        _refuse_replay(house, key)
        raise
    except BaseException:
        session.rollback()
        raise


def require_version(row_version: int, seen_version: int) -> None:
    """Refuse a form drawn from an older state of the row: both sides are then shown."""
    if row_version != seen_version:
        raise Conflict("row.changed")


def _refuse_replay(house: House, key: str | None) -> None:
    done = house.session.get(SentForm, key) if key else None
    if done is not None:
        raise AlreadyDone(done.result)


def _digest(once: str, actor: Actor) -> str:
    # Bound to the account, so that a key seen by one person is worth nothing to another.
    return sha256(f"{actor.account_id}:{once}".encode()).hexdigest()
