"""Getting back in after every way is lost: how far a request has come, and whom it is not for.

A password alone opens an account with a second step once a wait is over that its owner was told of
and could stop. Owns the spans and the stages; it must not know links, mail or what is removed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from portal.domain.people import STAFF, Role

# How long the private link may wait for its press.
LINK_FOR: Final = timedelta(days=1)
# Long enough for an owner who is away over a weekend to read the warning.
WAIT: Final = timedelta(hours=72)
# Afterwards the door stands open no longer than this: a request that was forgotten opens nothing later.
OPEN_FOR: Final = timedelta(days=7)


class Stage(StrEnum):
    """How far a request has come."""

    ASKED = "asked"
    WAITING = "waiting"
    OPEN = "open"
    OVER = "over"


def stage_of(asked_at: datetime, begun_at: datetime | None, now: datetime) -> Stage:
    """Where a request stands; ``begun_at`` is the press on the page behind the private link."""
    if begun_at is None:
        return Stage.ASKED if now < asked_at + LINK_FOR else Stage.OVER
    if now < opens_at(begun_at):
        return Stage.WAITING
    return Stage.OPEN if now < closes_at(begun_at) else Stage.OVER


def opens_at(begun_at: datetime) -> datetime:
    """The instant from which a password alone opens the account."""
    return begun_at + WAIT


def closes_at(begun_at: datetime) -> datetime:
    """The instant from which it no longer does."""
    return opens_at(begun_at) + OPEN_FOR


def may_come_back(roles: Iterable[Role]) -> bool:
    """False for accounts that decide about others: for them the operator finds out who asks.

    >>> may_come_back([Role.PROFESSIONAL]), may_come_back([Role.PROFESSIONAL, Role.OFFICER])
    (True, False)
    """
    return STAFF.isdisjoint(roles)
