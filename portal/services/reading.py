"""What anybody may read of the rules: releases as published, what a version names, what changed.

Owns the reading of releases out of the database and the comparison of two versions of one rule.
Targets are searched for in ``target_search.py``. It must not know people: nothing here is anybody's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from portal.domain.calendar import add_months
from portal.domain.errors import NotFound
from portal.domain.rules.catalogue import Authority, Measure, Qualification, Source, Track
from portal.domain.rules.clauses import Clause, Leaf, Parameters
from portal.domain.rules.comparison import Difference, compare
from portal.domain.rules.lint import STALE_AFTER_MONTHS
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.predicates.schema import ParameterKind
from portal.domain.rules.rulesets import RuleSet, RuleVersion, Target
from portal.domain.rules.structure import reachable
from portal.domain.rules.vocabulary import Confidence
from portal.models.records import Release
from portal.rulebook.loader import Rulebook, canonical
from portal.services.house import House

# Beyond this a database may not hold a number, and no release will ever have it.
_LARGEST_NUMBER: Final = 2**31 - 1


class ReleaseSpoilt(Exception):
    """A stored release no longer has the digest it was published with; it must not be handed out."""


@dataclass(frozen=True, slots=True)
class ReleaseListing:
    """A published release, without its content."""

    number: int
    digest: str
    effective_on: date
    published_at: datetime


def published_releases(house: House) -> tuple[ReleaseListing, ...]:
    """Every published release, the newest first."""
    rows = house.session.execute(
        select(Release.number, Release.digest, Release.effective_on, Release.published_at).order_by(
            Release.number.desc()
        )
    )
    return tuple(ReleaseListing(*row) for row in rows)


def release_numbered(house: House, number: int) -> ReleaseListing:
    """One published release; refuses a number nobody published."""
    row = None
    if 0 < number <= _LARGEST_NUMBER:
        row = house.session.execute(
            select(Release.number, Release.digest, Release.effective_on, Release.published_at).where(
                Release.number == number
            )
        ).first()
    if row is None:
        raise NotFound("page.not_found")
    return ReleaseListing(*row)


def release_document(house: House, release: ReleaseListing) -> bytes:
    """The documents of a release in their canonical spelling, whose SHA-256 is the release's digest.

    Refuses with ``ReleaseSpoilt`` when the two part: a file that fails its own check is worse than none.
    """
    content = house.session.scalars(select(Release.content).where(Release.number == release.number)).one()
    document = canonical(content["documents"])
    if hashlib.sha256(document).hexdigest() != release.digest:
        raise ReleaseSpoilt(f"release {release.number} has another digest than {release.digest}")
    return document


def is_due(source: Source, *, on: date) -> bool:
    """Whether a source was last read so long ago that it should be read again."""
    return add_months(source.last_read_on, STALE_AFTER_MONTHS) <= on


def targets_resting_on(rulebook: Rulebook) -> dict[str, dict[str, Confidence]]:
    """For each source the targets that cite it, in any version, each with the surest reading."""
    found: dict[str, dict[str, Confidence]] = {}
    for target in rulebook.targets.values():
        for clause in _clauses_of(target):
            for cite in clause.cites:
                resting = found.setdefault(cite.source, {})
                known = resting.get(target.id)
                if known is None or known.rank < cite.confidence.rank:
                    resting[target.id] = cite.confidence
    return found


def _clauses_of(target: Target) -> Iterable[Clause]:
    for version in target.ruleset.versions:
        names = reachable(version)
        yield from (clause for name, clause in version.clauses.items() if name in names)


def named_in(version: RuleVersion) -> tuple[str, ...]:
    """The qualifications a version names, each once, in the order of the rule."""
    names = reachable(version)
    codes: dict[str, None] = {}
    for name, clause in version.clauses.items():
        if name not in names:
            continue
        if isinstance(clause, Leaf):
            codes.update(dict.fromkeys(qualifications_in(clause.test, clause.parameters)))
        if clause.applies_when:
            asked = clause.applies_when
            codes.update(dict.fromkeys(qualifications_in(asked.test, asked.parameters)))
    return tuple(codes)


def qualifications_in(test: str, parameters: Parameters) -> tuple[str, ...]:
    """The qualifications one test asks for."""
    found: list[str] = []
    for name, rule in PREDICATES[test].parameters.items():
        value = parameters.get(name)
        if not isinstance(value, tuple):
            continue
        if rule.kind is ParameterKind.QUALIFICATIONS:
            found.extend(str(code) for code in value)
        elif rule.kind is ParameterKind.PAPERS:
            found.extend(str(code) for codes in value for code in codes)
    return tuple(found)


def clause_changes(target: Target, before: RuleVersion, after: RuleVersion) -> tuple[Difference, ...]:
    """What changed from one version of a target's rule to another, clause by clause.

    Both are read as if they began on one day, which is how the comparison of rulebooks pairs them.
    """
    old, new = (
        _OneRule({target.id: replace(target, ruleset=RuleSet((version,)))})
        for version in (replace(before, in_force_from=after.in_force_from), after)
    )
    told = reachable(before) | reachable(after)
    return tuple(one for one in compare(old, new) if one.shelf == "clauses" and one.name[-1] in told)


@dataclass(frozen=True, slots=True)
class _OneRule:
    """A rulebook of one rule and nothing on its shelves."""

    targets: Mapping[str, Target]
    digest: str = ""
    tracks: Mapping[str, Track] = field(default_factory=dict)
    qualifications: Mapping[str, Qualification] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    authorities: Mapping[str, Authority] = field(default_factory=dict)
