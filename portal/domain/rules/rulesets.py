"""Targets and the dated versions of their rules.

Owns the choice of the version that binds on a day. It must not know facts
about people; ``programs`` holds each version compiled, and is opaque here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.domain.errors import Refused
from portal.domain.places import Jurisdiction
from portal.domain.rules.clauses import Clause
from portal.domain.rules.facts import Facts
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.vocabulary import RecognitionKind
from portal.domain.texts import Text

Program = Callable[[Facts, date], ClauseResult]


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The text of a rule that binds from its first day until the next version begins.

    ``in_force_until`` is the last day of a rule that ended with nothing after it.
    """

    in_force_from: date
    root: str
    clauses: Mapping[str, Clause]
    change_note: Text | None = None
    in_force_until: date | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All versions of one target's rule, oldest first."""

    versions: tuple[RuleVersion, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """What a person can be recognised for in one jurisdiction."""

    id: str
    family: str
    instance: str | None
    jurisdiction: Jurisdiction
    authority: str
    recognition: RecognitionKind
    title: Text
    summary: Text
    remains: Text
    check_elsewhere: Text
    ruleset: RuleSet
    origin: str
    programs: Mapping[date, Program] = field(default_factory=dict)

    def in_force(self, on: date) -> RuleVersion:
        """The version that binds on a day."""
        return version_in_force(self.ruleset, on=on)


def version_in_force(ruleset: RuleSet, *, on: date) -> RuleVersion:
    """Choose the text of the rule that bound people on a given day.

    A version binds from its first day, at midnight, until the next one begins.
    Refuses with ``rules.not_yet_in_force`` before the first version, because
    guessing an older law would be worse than giving no answer, and with
    ``rules.no_longer_in_force`` after the last day of a rule that ended.
    """
    for version in reversed(ruleset.versions):
        if version.in_force_from <= on:
            if version.in_force_until is not None and version.in_force_until < on:
                raise Refused("rules.no_longer_in_force", on=on)
            return version
    raise Refused("rules.not_yet_in_force", on=on)
