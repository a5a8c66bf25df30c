"""Whether the clauses of a version form a tree that can be walked from its root."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portal.domain.rules.clauses import Clause
from portal.domain.rules.faults import Fault, Place
from portal.domain.rules.rulesets import RuleVersion, Target


def structure_problems(members: Sequence[Target]) -> Iterable[Fault]:
    """Check every version of every member of a family.

    A clause may be idle in one member of a family, whose values leave it out;
    it is unreachable only when no member's root leads to it.
    """
    reached: dict[str, set[str]] = {}
    written: dict[str, dict[str, Place]] = {}
    for target in members:
        for version in target.ruleset.versions:
            begins = version.in_force_from.isoformat()
            yield from _version_problems(target, version)
            reached.setdefault(begins, set()).update(reachable(version))
            written.setdefault(begins, {}).update(
                {name: Place(target.origin, begins, name) for name in version.clauses}
            )
    for begins, places in written.items():
        for name in places.keys() - reached[begins]:
            yield Fault(
                "clause.unreachable",
                places[name],
                "No group leads from the root to this clause.",
                "Name it in a group, or remove it.",
            )


def below(clause: Clause) -> tuple[str, ...]:
    """The clauses this one rests on: its children and the exception it names."""
    return (*clause.children, clause.unless) if clause.unless else clause.children


def reachable(version: RuleVersion) -> set[str]:
    """Every clause the root leads to, through groups and exceptions."""
    found: set[str] = set()
    waiting = [version.root]
    while waiting:
        name = waiting.pop()
        if name not in found and name in version.clauses:
            found.add(name)
            waiting.extend(below(version.clauses[name]))
    return found


def in_order(version: RuleVersion) -> tuple[str, ...]:
    """Every clause the root reaches, each after all that it rests on."""
    ordered: dict[str, None] = {}

    def visit(clause_id: str) -> None:
        if clause_id not in ordered:
            for name in below(version.clauses[clause_id]):
                visit(name)
            ordered[clause_id] = None

    visit(version.root)
    return tuple(ordered)


def _version_problems(target: Target, version: RuleVersion) -> Iterable[Fault]:
    begins = version.in_force_from.isoformat()
    if version.root not in version.clauses:
        yield Fault(
            "version.root_missing",
            Place(target.origin, begins),
            f"The root “{version.root}” is not a clause of this version.",
            "Set root to the clause that states the whole requirement.",
        )
    for clause in version.clauses.values():
        place = Place(target.origin, begins, clause.id)
        yield from _reference_problems(version, clause, place)
    for name in _looping(version):
        yield Fault(
            "clause.loop",
            Place(target.origin, begins, name),
            "This clause leads back to itself.",
            "Break the circle: a group rests only on simpler clauses.",
        )


def _reference_problems(version: RuleVersion, clause: Clause, place: Place) -> Iterable[Fault]:
    for name in below(clause):
        if name not in version.clauses:
            yield Fault("clause.unknown", place, f"There is no clause “{name}”.", "Correct the id.")
    if len(set(clause.children)) != len(clause.children):
        yield Fault("clause.child_twice", place, "It names a clause twice.", "Name each once.")
    needed = getattr(clause, "needed", 0)
    if needed > len(clause.children):
        yield Fault("clause.at_least", place, "It asks for more clauses than it names.", "Lower at_least.")
    if clause.kind != "leaf" and not clause.children:
        yield Fault("clause.empty", place, "The group names no clause.", "Name its clauses.")


def _looping(version: RuleVersion) -> Iterable[str]:
    for name in version.clauses:
        waiting, seen = list(below(version.clauses[name])), set[str]()
        while waiting:
            other = waiting.pop()
            if other == name:
                yield name
                break
            if other not in seen and other in version.clauses:
                seen.add(other)
                waiting.extend(below(version.clauses[other]))
