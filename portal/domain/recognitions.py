"""The life of a recognition: its status on any day, read from dated acts and never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.errors import Conflict


class Act(StrEnum):
    """What an officer, or a finished condition, does to a recognition."""

    GRANTED = "granted"
    CONDITIONS_MET = "conditions_met"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    REVOKED = "revoked"


class Status(StrEnum):
    """What a recognition is worth on a day."""

    NOT_YET = "not_yet"
    FULL = "full"
    CONDITIONAL = "conditional"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class DatedAct:
    """One act; ``order`` breaks ties between acts of one day in the order they were signed."""

    act: Act
    on: date
    order: int = 0


def status_on(
    day: date, acts: Iterable[DatedAct], *, conditional: bool, expires_on: date | None = None
) -> Status:
    """Derive the status on a day. An act counts from its day, at midnight.

    Revocation is final; a suspension hides everything beneath it until it is lifted; after the
    last day (``expires_on``) nothing but a revocation can be said.
    """
    seen = [done.act for done in sorted(acts, key=lambda one: (one.on, one.order)) if done.on <= day]
    if Act.GRANTED not in seen:
        return Status.NOT_YET
    if Act.REVOKED in seen:
        return Status.REVOKED
    if expires_on is not None and day > expires_on:
        return Status.EXPIRED
    standing = [act for act in seen if act in (Act.SUSPENDED, Act.LIFTED)]
    if standing and standing[-1] is Act.SUSPENDED:
        return Status.SUSPENDED
    return Status.CONDITIONAL if conditional and Act.CONDITIONS_MET not in seen else Status.FULL


def is_over(status: Status) -> bool:
    """True when the recognition is gone for good, so that its holder may ask for a new one.

    >>> is_over(Status.REVOKED), is_over(Status.SUSPENDED)
    (True, False)
    """
    return status in (Status.REVOKED, Status.EXPIRED)


_POSSIBLE = {
    Act.SUSPENDED: {Status.FULL, Status.CONDITIONAL},
    Act.LIFTED: {Status.SUSPENDED},
    Act.REVOKED: {Status.FULL, Status.CONDITIONAL, Status.SUSPENDED},
    Act.CONDITIONS_MET: {Status.CONDITIONAL, Status.SUSPENDED},
}


def require_possible(act: Act, status: Status) -> None:
    """Refuse with ``recognition.not_possible`` when the act makes no sense in that status."""
    if status not in _POSSIBLE.get(act, set()):
        raise Conflict("recognition.not_possible", act=act.value, status=status.value)


def may(act: Act, status: Status) -> bool:
    """True when the act is possible; for drawing a page."""
    return status in _POSSIBLE.get(act, set())
