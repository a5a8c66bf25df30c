"""What a predicate is: a name, the parameters it takes, and how to make a check of them.

Owns the shapes shared by all families of predicates. It must not know any one
predicate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, cast

from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts, Reads
from portal.domain.rules.reasons import Because
from portal.domain.rules.vocabulary import Outcome

NOTHING: Final[tuple[str, ...]] = ()


class Finding(NamedTuple):
    """What a check found for one leaf on one day."""

    outcome: Outcome
    because: Because
    evidence: tuple[str, ...] = NOTHING
    lapses_on: date | None = None
    met_on: date | None = None
    pending: bool = False


Check = Callable[[Facts, date], Finding]


class ParameterKind(StrEnum):
    """The type of a parameter, and the list its values must come from."""

    QUALIFICATIONS = "qualifications"
    PAPERS = "papers"
    MONTHS = "months"
    FLAG = "flag"
    DAY = "day"
    ATTRIBUTE_VALUES = "attribute_values"
    ATTRIBUTE_NUMBERS = "attribute_numbers"
    LEVEL = "level"
    FIELDS = "fields"
    PLACES = "places"
    FUNCTIONS = "functions"
    EMPLOYER_KINDS = "employer_kinds"
    FACT = "fact"
    YEARS = "years"
    QUESTION = "question"
    TARGET = "target"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class ParameterRule:
    """One parameter: its kind, and whether a clause must give it."""

    kind: ParameterKind
    required: bool = False


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named question. ``build`` makes the check once; it runs for every dossier.

    ``build`` also receives the clause's id, because an officer's finding is
    recorded against it. ``reads`` says which facts the check looks at; to a
    person who has none of them it is not even put.
    """

    name: str
    parameters: Mapping[str, ParameterRule]
    build: Callable[[Parameters, str], Check]
    reads: Callable[[Parameters, str], Reads]


def texts_of(parameters: Parameters, name: str) -> tuple[str, ...]:
    """A list of codes, empty when the clause does not give it."""
    return cast("tuple[str, ...]", parameters.get(name, ()))


def number_of(parameters: Parameters, name: str) -> int | None:
    """A whole number, none when the clause does not give it."""
    return cast("int | None", parameters.get(name))


def day_of(parameters: Parameters, name: str) -> date | None:
    """A day, none when the clause does not give it."""
    return cast("date | None", parameters.get(name))


def met(because: Because, evidence: tuple[str, ...] = NOTHING, lapses_on: date | None = None) -> Finding:
    """The clause is met."""
    return Finding(Outcome.MET, because, evidence, lapses_on)


def not_met(because: Because, evidence: tuple[str, ...] = NOTHING, met_on: date | None = None) -> Finding:
    """The clause is not met on the facts known."""
    return Finding(Outcome.NOT_MET, because, evidence, None, met_on)


def undetermined(because: Because, evidence: tuple[str, ...] = NOTHING) -> Finding:
    """Something that would settle the clause is not known."""
    return Finding(Outcome.UNDETERMINED, because, evidence)


def settle_pending(
    counted: Finding, hoped: Callable[[], Finding], awaits: Callable[[Finding], Because]
) -> Finding:
    """Set what verified facts say beside what every declared fact would say.

    A fact that awaits verification never makes a clause not met: where it would
    settle the clause the answer is undetermined and pending.
    """
    if counted.outcome is Outcome.MET:
        return counted
    declared = hoped()
    if declared.outcome is Outcome.MET:
        return Finding(Outcome.UNDETERMINED, awaits(declared), declared.evidence, None, None, True)
    return declared
