"""What one rulebook says that another does not: targets, versions, clauses, and everything on the shelves.

Owns the comparison of texts. Whom a change concerns is ``batch/impact.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final, Protocol

from portal.domain.rules.batch.trees import Tree
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.shelves import Shelves


class Book(Shelves, Protocol):
    """A rulebook that can be compared: its shelves, and by what it is known."""

    @property
    def digest(self) -> str: ...


class Kind(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that differs, and in which of its parts. ``name`` is its way from the shelf down.

    ``decides`` says that outcomes may differ; without it only words or sources do.
    """

    shelf: str
    name: tuple[str, ...]
    kind: Kind
    parts: tuple[str, ...] = ()
    decides: bool = False

    def to_json(self) -> dict[str, object]:
        """Plain values only."""
        return {
            "shelf": self.shelf,
            "name": list(self.name),
            "kind": self.kind.value,
            "parts": list(self.parts),
            "decides": self.decides,
        }


# Where an entry stands and what is kept for the engine is not what it says.
_NOT_SAID: Final = frozenset({"origin", "programs", "ruleset", "clauses"})


def compare(before: Book, after: Book) -> tuple[Difference, ...]:
    """Every difference, targets first; none when the rulebooks say the same."""
    found = list(_targets(before.targets, after.targets))
    for shelf in ("tracks", "qualifications", "measures", "sources", "authorities"):
        found.extend(_entries(shelf, (), getattr(before, shelf), getattr(after, shelf)))
    return tuple(found)


def _targets(before: Mapping[str, Target], after: Mapping[str, Target]) -> Iterable[Difference]:
    for target_id in dict.fromkeys((*before, *after)):
        old, new = before.get(target_id), after.get(target_id)
        yield from _entry("targets", (target_id,), old, new, decides=old is None or new is None)
        if old is not None and new is not None:
            yield from _versions(target_id, old, new)


def _versions(target_id: str, before: Target, after: Target) -> Iterable[Difference]:
    old = {version.in_force_from.isoformat(): version for version in before.ruleset.versions}
    new = {version.in_force_from.isoformat(): version for version in after.ruleset.versions}
    for begins in sorted({*old, *new}):
        one, other = old.get(begins), new.get(begins)
        decides = _shape(one, target_id) != _shape(other, target_id)
        name = (target_id, begins)
        yield from _entry("versions", name, one, other, decides=decides)
        if one is not None and other is not None:
            yield from _entries("clauses", name, one.clauses, other.clauses, decides=decides)


def _shape(version: RuleVersion | None, target_id: str) -> object:
    if version is None:
        return None
    return (version.in_force_until, Tree(version, target_id).shape)


def _entries(
    shelf: str,
    above: tuple[str, ...],
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    decides: bool = False,
) -> Iterable[Difference]:
    for name in dict.fromkeys((*before, *after)):
        yield from _entry(shelf, (*above, name), before.get(name), after.get(name), decides=decides)


def _entry(
    shelf: str, name: tuple[str, ...], old: object, new: object, *, decides: bool
) -> Iterable[Difference]:
    if old is None or new is None:
        kind = Kind.ADDED if old is None else Kind.REMOVED
        yield Difference(shelf, name, kind, decides=decides)
        return
    if type(old) is not type(new):
        yield Difference(shelf, name, Kind.CHANGED, ("kind",), decides)
        return
    parts = tuple(
        part.name
        for part in fields(old)  # type: ignore[arg-type]  # every entry is a dataclass
        if part.name not in _NOT_SAID and getattr(old, part.name) != getattr(new, part.name)
    )
    if parts:
        yield Difference(shelf, name, Kind.CHANGED, parts, decides)
