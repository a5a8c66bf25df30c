"""What a rulebook holds besides rules: qualifications, measures, sources, authorities, tracks, cases.

Owns their shape. ``origin`` names the file an entry came from, so that a fault
can be found again; ``more`` keeps what an entry says beyond what the engine reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.domain.dossier import Dossier
from portal.domain.rules.clauses import Value
from portal.domain.rules.vocabulary import Outcome
from portal.domain.texts import Text

More = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Qualification:
    """A kind of award, licence, paper or degree a person can hold."""

    code: str
    kind: str
    jurisdiction: str
    authority: str
    title: Text
    abbreviations: tuple[str, ...]
    attributes: tuple[str, ...]
    ask: Text | None
    origin: str
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """Anything that closes a clause: a module, a paper, a course, a registration, time served."""

    id: str
    title: Text
    origin: str
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """What somebody read, and when they last read it. ``url`` only for a page that may be linked."""

    id: str
    publisher: Text
    title: Text
    last_read_on: date
    date: str
    url: str | None
    origin: str
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Authority:
    """A body that sets requirements or makes awards."""

    id: str
    title: Text
    short: Text | None
    origin: str
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Track:
    """The targets on both banks that make a person dual-qualified."""

    id: str
    title: Text
    hk: tuple[str, ...]
    sz: tuple[str, ...]
    note: Text | None
    origin: str


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case worked by hand: facts, a day, and what must come out of them."""

    name: Text
    target: str
    on: date
    story: Text | None
    dossier: Dossier
    outcome: Outcome | None
    clauses: Mapping[str, Outcome]
    reasons: Mapping[str, str]
    lapses: Mapping[str, date]
    origin: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One member of a family: the values its clauses take."""

    id: str
    title: Text
    values: Mapping[str, Value]


# Section of the vocabulary -> code -> title.
Vocabulary = Mapping[str, Mapping[str, Text]]
