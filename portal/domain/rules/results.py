"""The engine's frozen answer: a tree of clause results that can be kept and replayed.

Owns the photograph and its JSON form. It must not know how an answer is found.
Results are named tuples: thousands are made for one page, and a frozen
dataclass takes five times as long to make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple, cast

from portal.domain.rules.reasons import Because
from portal.domain.rules.vocabulary import Basis, ClauseKind, Outcome, Owner


class ClauseResult(NamedTuple):
    """What came out of one clause, and why.

    ``lapses_on`` is the day from which the clause is no longer met if nothing
    else happens; ``met_on`` the day it will be met if the person stays in that
    work. ``pending`` says that a fact awaits verification and would settle it.
    """

    clause_id: str
    outcome: Outcome
    because: Because
    evidence: tuple[str, ...]
    lapses_on: date | None
    met_on: date | None
    pending: bool
    owner: Owner
    children: tuple[ClauseResult, ...]
    kind: ClauseKind

    @property
    def is_leaf(self) -> bool:
        return self.kind is ClauseKind.LEAF

    def walk(self) -> Iterator[ClauseResult]:
        """This result and every one below it, in rule order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, object]:
        """Plain values only."""
        return {
            "clause_id": self.clause_id,
            "outcome": self.outcome.value,
            "because": self.because.to_json(),
            "evidence": list(self.evidence),
            "lapses_on": _iso(self.lapses_on),
            "met_on": _iso(self.met_on),
            "pending": self.pending,
            "owner": self.owner.value,
            "kind": self.kind.value,
            "children": [child.to_json() for child in self.children],
        }

    @staticmethod
    def from_json(record: Mapping[str, object]) -> ClauseResult:
        """Read what ``to_json`` wrote."""
        return ClauseResult(
            clause_id=str(record["clause_id"]),
            outcome=Outcome(str(record["outcome"])),
            because=Because.from_json(_record(record["because"])),
            evidence=tuple(str(fact) for fact in _records(record["evidence"])),
            lapses_on=_day(record["lapses_on"]),
            met_on=_day(record["met_on"]),
            pending=record["pending"] is True,
            owner=Owner(str(record["owner"])),
            children=tuple(ClauseResult.from_json(_record(child)) for child in _records(record["children"])),
            kind=ClauseKind(str(record["kind"])),
        )


_Fields = tuple[
    str,
    Outcome,
    Because,
    tuple[str, ...],
    date | None,
    date | None,
    bool,
    Owner,
    tuple[ClauseResult, ...],
    ClauseKind,
]
# The class called by name takes its ten arguments apart and packs them again: four times as long.
make_result: Final[Callable[[_Fields], ClauseResult]] = partial(tuple.__new__, ClauseResult)


class Evaluation(NamedTuple):
    """A photograph: one target, one dossier, one day, one basis. Never updated."""

    target_id: str
    in_force_from: date
    on: date
    basis: Basis
    outcome: Outcome
    root: ClauseResult

    def find(self, clause_id: str) -> ClauseResult:
        """The result of one clause; refuses with ``KeyError`` when the tree has none of that id."""
        for result in self.root.walk():
            if result.clause_id == clause_id:
                return result
        raise KeyError(clause_id)

    def leaves(self) -> tuple[ClauseResult, ...]:
        """Every leaf once, in rule order, even when two groups share it."""
        found = {result.clause_id: result for result in self.root.walk() if result.is_leaf}
        return tuple(found.values())

    def top_level(self) -> tuple[ClauseResult, ...]:
        """What the bridge shows: the children of an all-of root, or the root itself."""
        return self.root.children if self.root.kind is ClauseKind.ALL_OF else (self.root,)

    def to_json(self) -> dict[str, object]:
        """The photograph as plain values, ready for canonical JSON."""
        return {
            "target_id": self.target_id,
            "in_force_from": self.in_force_from.isoformat(),
            "on": self.on.isoformat(),
            "basis": self.basis.value,
            "outcome": self.outcome.value,
            "root": self.root.to_json(),
        }

    @staticmethod
    def from_json(record: Mapping[str, object]) -> Evaluation:
        """Read what ``to_json`` wrote; the result equals the evaluation it was made from."""
        return Evaluation(
            target_id=str(record["target_id"]),
            in_force_from=date.fromisoformat(str(record["in_force_from"])),
            on=date.fromisoformat(str(record["on"])),
            basis=Basis(str(record["basis"])),
            outcome=Outcome(str(record["outcome"])),
            root=ClauseResult.from_json(_record(record["root"])),
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value is not None else None


def _record(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value)


def _records(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value)
