"""Which tracks fit the work somebody does, read from what the rules of their targets count.

Owns the order of the proposal. It proposes and never decides: the visitor chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from portal.domain.eligibility.answers import WorkedAnswer
from portal.domain.errors import Refused
from portal.domain.rules.catalogue import Track
from portal.domain.rules.rulesets import Target
from portal.domain.rules.structure import reachable


def proposed_tracks(
    periods: Iterable[WorkedAnswer],
    tracks: Mapping[str, Track],
    targets: Mapping[str, Target],
    *,
    on: date,
) -> tuple[str, ...]:
    """The tracks whose rules count such work, nearest first; none when no rule names it."""
    worked = tuple(periods)
    functions = {function for one in worked for function in one.functions}
    kinds = {one.employer_kind for one in worked}
    found: dict[str, tuple[int, int]] = {}
    for track in tracks.values():
        sides = [targets[name] for name in (*track.hk, *track.sz)]
        by_work = sum(1 for target in sides if functions & _named(target, "functions", on))
        by_name = int(track.id in functions)
        by_employer = sum(1 for target in sides if kinds & _named(target, "employer_kinds", on))
        if by_name or by_work or by_employer:
            found[track.id] = (2 * by_name + by_work, by_employer)
    surest = [name for name, (by_work, _) in found.items() if by_work] or list(found)
    return tuple(sorted(surest, key=lambda name: (-found[name][0], -found[name][1])))


def _named(target: Target, parameter: str, on: date) -> set[str]:
    try:
        version = target.in_force(on)
    except Refused:
        return set()
    named: set[str] = set()
    for name in reachable(version):
        value = getattr(version.clauses[name], "parameters", {}).get(parameter)
        named |= set(value) if isinstance(value, tuple) else set()
    return named
