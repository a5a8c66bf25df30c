"""The clauses of a rule: leaves that ask one thing, groups that combine them.

Owns their shape. It must not know how a leaf is decided (predicates) or which
version it belongs to (rulesets).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.rules.vocabulary import ClauseKind, Confidence, Owner
from portal.domain.texts import Text

Value = (
    str
    | int
    | bool
    | date
    | Text
    | tuple[str, ...]
    | tuple[tuple[str, ...], ...]
    | Mapping[str, tuple[str, ...]]
    | Mapping[str, int]
)
Parameters = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a clause is written: a source, the place in it, and how sure the reading is."""

    source: str
    at: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a clause to apply at all: a predicate without a place in the tree."""

    test: str
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing a target asks of a person, an employer or the authority."""

    id: str
    title: Text
    owner: Owner
    test: str
    parameters: Parameters
    cites: tuple[Citation, ...] = ()
    closed_by: tuple[str, ...] = ()
    note: Text | None = None
    unless: str | None = None
    applies_when: Condition | None = None
    decides: bool = True

    @property
    def kind(self) -> ClauseKind:
        return ClauseKind.LEAF

    @property
    def children(self) -> tuple[str, ...]:
        return ()

    @property
    def confidence(self) -> Confidence | None:
        """The best of its citations; none without one."""
        return max((cite.confidence for cite in self.cites), key=lambda c: c.rank, default=None)

    @property
    def can_decide(self) -> bool:
        """A low or missing figure never decides."""
        return self.decides and self.confidence not in (None, Confidence.LOW)


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses combined: all of them, any of them, or at least ``needed`` of them."""

    id: str
    title: Text
    kind: ClauseKind
    children: tuple[str, ...]
    needed: int = 0
    owner: Owner | None = None
    cites: tuple[Citation, ...] = ()
    closed_by: tuple[str, ...] = ()
    note: Text | None = None
    unless: str | None = None
    applies_when: Condition | None = None


Clause = Leaf | Group


def identity_of(value: object) -> Hashable:
    """What makes two parameters, or two sets of them, ask the same; can be a key."""
    if isinstance(value, Mapping):
        return tuple(sorted((str(name), identity_of(inner)) for name, inner in value.items()))
    if isinstance(value, tuple | list):
        return tuple(identity_of(inner) for inner in value)
    return (type(value).__name__, str(value))
