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
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import CursorResult, UpdateBase
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction, scoped_session
from sqlalchemy.orm.exc import StaleDataError

from portal.domain.errors import AlreadyDone, Conflict, Refused
from portal.domain.people import Actor
from portal.models.records import SentForm
from portal.services.house import House

_UNDER_WAY: Final = "act under way"


@dataclass(slots=True)
class Act:
    """The act under way; ``result`` is what a replay of the same form is told."""

    result: str = ""


@contextmanager
def one_act(house: House, actor: Actor, *, once: str | None = None) -> Iterator[Act]:
    """Run a use case in one transaction.

    Commits when the block ends, rolls back on any error. Raises ``AlreadyDone`` for a replayed
    form and ``Conflict("row.changed")`` when a row was changed or taken by somebody else meanwhile.
    An act begun inside another is a part of it: it is kept when the outer one commits. When it fails
    it leaves nothing behind, even if the outer one goes on without it.
    """
    session = house.session
    key = _digest(once, actor) if once else None
    _refuse_replay(house, key)
    act = Act()
    with _begun(house) as transaction:
        try:
            yield act
            if key:
                session.add(
                    SentForm(key=key, account_id=actor.account_id, result=act.result, at=house.clock.now())
                )
            transaction.commit()
        except (IntegrityError, StaleDataError) as error:
            transaction.rollback()
            _refuse_replay(house, key)
            raise Conflict("row.changed") from error
        except (Refused, Conflict):
            # The twin of a double click may have acted meanwhile, and made what this one trips over.
            transaction.rollback()
            _refuse_replay(house, key)
            raise
        except BaseException:
            transaction.rollback()
            raise


@contextmanager
def _begun(house: House) -> Iterator[scoped_session[Session] | SessionTransaction]:
    """What an act ends: the session itself, or a savepoint when another act is under way."""
    session = house.session
    if session.info.get(_UNDER_WAY):
        yield session.begin_nested()
        return
    session.info[_UNDER_WAY] = True
    try:
        yield session
    finally:
        session.info.pop(_UNDER_WAY, None)


def require_version(row_version: int, seen_version: int) -> None:
    """Refuse a form drawn from an older state of the row: both sides are then shown."""
    if row_version != seen_version:
        raise Conflict("row.changed")


def rows_changed(house: House, statement: UpdateBase) -> int:
    """Let the database change rows by itself; gives how many it changed. The caller commits."""
    done = house.session.execute(statement)
    # What an update or a delete gives always counts; the session's types speak of any statement.
    return cast("CursorResult[Any]", done).rowcount


def spend(house: House, token: bytes, account_id: UUID) -> None:
    """Let a token serve once, whichever browser brings it; ``AlreadyDone`` the second time. The caller commits."""
    key = sha256(b"token:" + token).hexdigest()
    try:
        with house.session.begin_nested():
            house.session.add(SentForm(key=key, account_id=account_id, result="", at=house.clock.now()))
    except IntegrityError as error:
        raise AlreadyDone("") from error


def _refuse_replay(house: House, key: str | None) -> None:
    done = house.session.get(SentForm, key) if key else None
    if done is not None:
        raise AlreadyDone(done.result)


def _digest(once: str, actor: Actor) -> str:
    # Bound to the account, so that a key seen by one person is worth nothing to another.
    return sha256(f"{actor.account_id}:{once}".encode()).hexdigest()
